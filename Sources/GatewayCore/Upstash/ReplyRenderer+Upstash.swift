// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of the Upstash-compatible surface: what RESP2 would have said, as JSON or in its wire form.
extension ReplyRenderer {
    private var format: UpstashFormat {
        if case .upstash(let format) = self.modifier { format } else { [] }
    }

    /// The one reply of a command.
    mutating func takeUpstashResult(_ reply: RESPValue) {
        if reply.isError {
            let context = CommandView(self.subject, at: 0).context(index: nil, retryClass: self.retryClass)
            let problem = Problem(redisError: reply.payload, context)
            // What Redis says of itself, and not of the command, is a problem of the gateway's.
            if problem.status >= 500 {
                self.problem = problem
                return
            }
            self.number = 400
        }
        self.writeUpstash(reply, at: 0)
    }

    /// A reply of a pipeline.
    mutating func takeUpstashPipelineResult(_ reply: RESPValue, ordinal: Int) {
        if ordinal == 0 { self.beginUpstashResults() }
        self.writeUpstash(reply, at: self.offset(of: ordinal, for: reply))
        if ordinal == self.expectedResults - 1, !self.format.contains(.resp2) { self.writer.endArray() }
    }

    /// A reply of a transaction: MULTI's, one for each queued command, EXEC's.
    mutating func takeUpstashTransactionReply(_ reply: RESPValue, ordinal: Int) {
        guard ordinal == self.expectedResults + 1 else {
            // Of a server that cannot do anything, EXEC says less.
            guard reply.isError, self.problem == nil else { return }
            let problem = Problem(redisError: reply.payload, CommandContext(retryClass: self.retryClass))
            if ordinal == 0 {
                // Without MULTI the commands behind it run one by one.
                self.problem = problem.with { $0.outcome = .unknown }
            } else if problem.status >= 500 {
                self.problem = problem
            }
            return
        }
        guard self.problem == nil else { return }
        switch reply.kind {
        case .array:
            self.beginUpstashResults()
            var elements = reply.elements
            var index = 0
            while let element = elements.next() {
                self.writeUpstash(element, at: self.offset(of: index, for: element))
                index += 1
            }
            self.writer.endArray()
        case .null: self.problem = Problem.transactionConflict
        case .simpleError, .bulkError:
            let problem = Problem(redisError: reply.payload, CommandContext(name: "EXEC", retryClass: self.retryClass))
            if problem.status >= 500 {
                self.problem = problem
            } else {
                self.number = 400
                self.writeUpstash(reply, at: 0)
            }
        default: self.mistype("EXEC")
        }
    }

    /// The response, once every reply was taken.
    func upstashResponse() -> Response {
        let type: ContentType = self.format.contains(.resp2) ? .octetStream : .json
        return Response(
            status: self.number == 0 ? 200 : Int(self.number), contentType: type, body: self.writer.buffer)
    }

    private mutating func beginUpstashResults() {
        if self.format.contains(.resp2) {
            self.writer.buffer.writeString("*\(self.expectedResults)\r\n")
        } else {
            self.writer.beginArray()
        }
    }

    /// Where the command of a reply lies; it is looked for only if its name makes a difference.
    private mutating func offset(of index: Int, for reply: RESPValue) -> Int {
        guard reply.kind.isAggregate || reply.isNull else { return 0 }
        return self.cursor.offset(of: index, in: self.subject.readableBytesUInt8Span)
    }

    private mutating func writeUpstash(_ reply: RESPValue, at offset: Int) {
        let isShaped = reply.kind.isAggregate || reply.isNull
        let shape = isShaped ? RESP2Shape(self.subject.readableBytesUInt8Span, at: offset) : RESP2Shape()
        if self.format.contains(.resp2) {
            var sink = RESP2WireSink(buffer: self.takeBuffer())
            shape.write(reply, into: &sink)
            self.writer.buffer = sink.buffer
            return
        }
        self.writer.beginObject()
        if reply.isError {
            self.writer.name("error")
            self.writer.string(replacing: reply.payload)
        } else {
            self.writer.name("result")
            var sink = RESP2JSONSink(writer: self.takeWriter(), isBase64: self.format.contains(.base64))
            shape.write(reply, into: &sink)
            self.writer = sink.writer
        }
        self.writer.endObject()
    }

    /// The writer, for a while: two references to its memory would mean a copy.
    private mutating func takeWriter() -> JSONWriter {
        var taken = JSONWriter()
        swap(&taken, &self.writer)
        return taken
    }

    private mutating func takeBuffer() -> ByteBuffer {
        var taken = ByteBuffer()
        swap(&taken, &self.writer.buffer)
        return taken
    }
}
