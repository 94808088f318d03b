// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP

extension Gateway {
    /// Translates a GET whose answer goes on: all keys, or the entries of a stream.
    func feed(_ match: RouteMatch, fields: RequestFields) -> Translation {
        if case .head = match.method {
            return .response(Response(status: 200, contentType: match.answer))
        }
        do throws(Problem) {
            let (request, operation) = try self.resourceRequest(match, fields: fields, body: ByteBuffer())
            let timeout = self.timeout(match.requestedTimeout)
            guard match.route == .streamEntries else {
                var scan = request
                try operation.translate(&scan)
                return .feed(.keys(KeyFeed(scan.commands.buffer, timeout: timeout)))
            }
            for parameter in [Parameter.end, .count, .reversed] {
                guard try request.parameters.bytes(parameter) != nil else { continue }
                throw Parameters.problem(parameter.name.description, "is not for events, which have no end")
            }
            var last = try Self.lastID(fields)
            if last == nil { last = try Self.start(request.parameters) }
            return .feed(
                .entries(
                    EntryFeed(key: match.key, after: last, timeout: timeout, wait: min(self.waitLimit(match), 10_000))))
        } catch {
            return .refused(error)
        }
    }

    private static func lastID(_ fields: RequestFields) throws(Problem) -> StreamID? {
        guard fields.contains(.lastEventID), let text = fields.slice(.lastEventID), text.readableBytes > 0 else {
            return nil
        }
        guard let id = StreamID(text.readableBytesUInt8Span) else {
            throw Problem(.invalidHeader, detail: "Last-Event-ID must be the id of an entry.")
        }
        return id
    }

    /// Where to begin without an entry to go on from: `start` names the first that is wanted.
    private static func start(_ parameters: Parameters) throws(Problem) -> StreamID? {
        guard let text = try parameters.bytes(.start) else { return nil }
        if text.readableBytesUInt8Span.equals("-") { return .zero }
        guard let id = StreamID(text.readableBytesUInt8Span) else {
            throw Parameters.problem("start", "must be the id of an entry, or -")
        }
        return id.predecessor
    }
}
