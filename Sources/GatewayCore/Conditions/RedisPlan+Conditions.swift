// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore

extension RedisPlan {
    /// What a key must be for a conditional write.
    enum Expectation {
        case exists
        case absent
        case equals(ByteBuffer)
    }

    /// Writes if the key is as expected, and answers `{1}` if there was a value, `{2}` if there was none; else `{0}`, with the value
    /// that there is.
    private static let script: StaticString = """
        local v = redis.call('GET', KEYS[1])
        local e = ARGV[1]
        if e == 'exists' and not v or e == 'absent' and v or e == 'equals' and v ~= ARGV[2] then return {0, v} end
        redis.call(ARGV[3], KEYS[1], unpack(ARGV, 4))
        return {v and 1 or 2}
        """

    /// The write of a plan that has read the value to judge it.
    func conditionalWrite(_ expectation: Expectation) -> RedisPlan {
        var arguments: [ByteBuffer] = [self.subject]
        switch expectation {
        case .exists: arguments += [ByteBuffer(staticString: "exists"), ByteBuffer()]
        case .absent: arguments += [ByteBuffer(staticString: "absent"), ByteBuffer()]
        case .equals(let value): arguments += [ByteBuffer(staticString: "equals"), value]
        }
        if let value = self.value {
            arguments += [ByteBuffer(staticString: "SET"), value]
            switch self.modifier {
            case .ttl(let milliseconds):
                arguments += [ByteBuffer(staticString: "PX"), ByteBuffer(string: "\(milliseconds)")]
            case .expireAt(let milliseconds):
                arguments += [ByteBuffer(staticString: "PXAT"), ByteBuffer(string: "\(milliseconds)")]
            case .keepTTL: arguments.append(ByteBuffer(staticString: "KEEPTTL"))
            case .none, .range, .upstash: break
            }
        } else {
            arguments.append(ByteBuffer(staticString: "UNLINK"))
        }
        var encoder = RESPEncoder()
        encoder.array(count: arguments.count + 3)
        encoder.bulk("EVAL")
        encoder.bulk(Self.script)
        encoder.bulk("1")
        for argument in arguments { encoder.bulk(argument) }
        return RedisPlan(
            .conditionalWrite, commands: encoder.buffer, count: 1, retryClass: .unsafe, timeout: self.timeout,
            modifier: self.modifier)
    }

    /// Argument number `index` of a conditional write: 3 is the key, 6 the command, 7 the value; empty if there is none.
    static func argument(_ index: Int, of commands: ByteBuffer) -> ByteBuffer {
        let bytes = commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0) else { return ByteBuffer() }
        for _ in 0..<index { _ = cursor.next(bytes) }
        guard let argument = cursor.next(bytes) else { return ByteBuffer() }
        return commands.getSlice(at: commands.readerIndex + argument.content.lowerBound, length: argument.content.count)
            ?? ByteBuffer()
    }

    /// Whether there is more to do when the replies have come, if these allow it.
    package var mayContinue: Bool {
        switch self.shape {
        case .checkString, .checkTransaction: true
        case .resource: self.invokesScript
        default: false
        }
    }
}
