// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// Turns commands in JSON (`["GET","k"]`) into their wire form, one behind the other.
struct CommandWriter {
    /// The commands so far.
    private(set) var encoder = RESPEncoder()
    /// The arguments of the current command: their number must be written before them.
    private var arguments = RESPEncoder()
    private let argumentLimit: Int

    init(argumentLimit: Int, capacity: Int) {
        self.argumentLimit = argumentLimit
        self.encoder.buffer.reserveCapacity(capacity)
    }

    /// Where the next command will begin.
    var offset: Int { self.encoder.buffer.writerIndex }

    /// Appends the command whose `[` has been read.
    mutating func append(_ reader: inout BodyReader, index: Int? = nil) throws(Problem) {
        guard try self.take(&reader, index: index, allowsBase64: true) > 0 else {
            throw Self.problem("A command needs a name.", index)
        }
    }

    /// Appends the command whose `[` has been read, and whose arguments are strings, numbers and booleans only.
    /// - Returns: The number of its arguments; with 0 nothing was appended.
    mutating func appendPlain(_ reader: inout BodyReader) throws(Problem) -> Int {
        try self.take(&reader, index: nil, allowsBase64: false)
    }

    private mutating func take(
        _ reader: inout BodyReader, index: Int?, allowsBase64: Bool
    ) throws(Problem) -> Int {
        self.arguments.buffer.clear()
        var count = 0
        while let argument = try self.argument(&reader, index: index, allowsBase64: allowsBase64) {
            guard count < self.argumentLimit else {
                throw Self.problem("A command has more than \(self.argumentLimit) arguments.", index)
            }
            self.arguments.bulk(argument)
            count += 1
        }
        guard count > 0 else { return 0 }
        self.encoder.array(count: count)
        self.encoder.raw(self.arguments.buffer)
        return count
    }

    /// Replaces everything from `offset` on by a command in its wire form.
    mutating func replace(from offset: Int, by command: StaticString) {
        self.encoder.buffer.moveWriterIndex(to: offset)
        self.encoder.raw(command)
    }

    /// The next argument of the command; nil at its end. Strings are their bytes, numbers and booleans their JSON text,
    /// and `{"base64":"..."}` any bytes.
    private func argument(
        _ reader: inout BodyReader, index: Int?, allowsBase64: Bool
    ) throws(Problem) -> ByteBuffer? {
        switch try reader.next() {
        case .string(let bytes): return bytes
        case .number(let text): return text
        case .bool(let value): return ByteBuffer(staticString: value ? "true" : "false")
        case .endArray: return nil
        case .beginObject where allowsBase64: return try Self.base64(&reader, index: index)
        case .null, .beginObject, .beginArray, .endObject, .name, .end:
            throw Self.problem("An argument must be a string, a number, a boolean or {\"base64\":\"...\"}.", index)
        }
    }

    private static func base64(_ reader: inout BodyReader, index: Int?) throws(Problem) -> ByteBuffer {
        guard let bytes = try reader.base64() else {
            throw Self.problem("An object must be {\"base64\":\"...\"} with base64 of RFC 4648 section 4.", index)
        }
        return bytes
    }

    private static func problem(_ detail: String, _ index: Int?) -> Problem {
        Problem(.invalidCommand, detail: detail, commandIndex: index)
    }
}
