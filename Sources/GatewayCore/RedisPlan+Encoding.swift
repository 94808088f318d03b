// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
package import RESP

extension RedisPlan {
    /// Writes the commands; the same bytes each time.
    package func encode(into encoder: inout RESPEncoder) {
        switch self.shape {
        case .readString, .readStringJSON:
            self.subject.withSpan { encoder.keyed("*2\r\n$3\r\nGET\r\n", "*2\r\n$4\r\nPTTL\r\n", $0) }
        case .checkString:
            encoder.raw("*2\r\n$3\r\nGET\r\n")
            encoder.bulk(self.subject)
        case .command, .commandRESP, .pipeline, .resource, .upstashCommand, .upstashPipeline, .conditionalWrite,
            .checkTransaction:
            encoder.raw(self.subject)
        case .transaction, .resourceTransaction, .upstashTransaction:
            encoder.raw("*1\r\n$5\r\nMULTI\r\n")
            encoder.raw(self.subject)
            encoder.raw("*1\r\n$4\r\nEXEC\r\n")
        case .measureString, .readStringPart, .writeString, .swapString, .swapStringJSON:
            self.encodeString(into: &encoder)
        case .info:
            guard let section = self.value, section.readableBytes > 0 else {
                encoder.raw("*1\r\n$4\r\nINFO\r\n")
                return
            }
            encoder.raw("*2\r\n$4\r\nINFO\r\n")
            encoder.bulk(section)
        case .topology: encoder.raw("*2\r\n$4\r\nINFO\r\n$11\r\nreplication\r\n")
        case .deleteKey, .describeKey, .readTTL, .writeTTL, .removeTTL:
            self.encodeKey(into: &encoder)
        }
    }

    private func encodeString(into encoder: inout RESPEncoder) {
        switch self.shape {
        case .measureString:
            self.subject.withSpan { encoder.keyed("*2\r\n$6\r\nSTRLEN\r\n", "*2\r\n$4\r\nPTTL\r\n", $0) }
        case .readStringPart:
            encoder.raw("*1\r\n$5\r\nMULTI\r\n*2\r\n$6\r\nSTRLEN\r\n")
            encoder.bulk(self.subject)
            encoder.raw("*4\r\n$8\r\nGETRANGE\r\n")
            encoder.bulk(self.subject)
            if case .range(let first, let last) = self.modifier {
                encoder.bulk(first)
                encoder.bulk(last)
            }
            encoder.raw("*2\r\n$4\r\nPTTL\r\n")
            encoder.bulk(self.subject)
            encoder.raw("*1\r\n$4\r\nEXEC\r\n")
        case .writeString:
            self.subject.withSpan {
                encoder.keyed(
                    "*2\r\n$6\r\nEXISTS\r\n", Self.setHead(self.modifier), $0, value: self.value ?? ByteBuffer())
            }
            self.encodeExpiry(into: &encoder)
        default:
            encoder.raw(Self.swapHead(self.modifier))
            encoder.bulk(self.subject)
            encoder.bulk(self.value ?? ByteBuffer())
            self.encodeExpiry(into: &encoder)
            encoder.raw("$3\r\nGET\r\n")
        }
    }

    /// SET up to its key, by the number of its arguments.
    private static func setHead(_ modifier: Modifier) -> StaticString {
        switch modifier {
        case .none, .range, .upstash: "*3\r\n$3\r\nSET\r\n"
        case .keepTTL: "*4\r\n$3\r\nSET\r\n"
        case .ttl, .expireAt: "*5\r\n$3\r\nSET\r\n"
        }
    }

    /// SET with one argument more, which is GET.
    private static func swapHead(_ modifier: Modifier) -> StaticString {
        switch modifier {
        case .none, .range, .upstash: "*4\r\n$3\r\nSET\r\n"
        case .keepTTL: "*5\r\n$3\r\nSET\r\n"
        case .ttl, .expireAt: "*6\r\n$3\r\nSET\r\n"
        }
    }

    /// SET behind its value.
    private func encodeExpiry(into encoder: inout RESPEncoder) {
        switch self.modifier {
        case .ttl(let milliseconds):
            encoder.raw("$2\r\nPX\r\n")
            encoder.bulk(milliseconds)
        case .expireAt(let milliseconds):
            encoder.raw("$4\r\nPXAT\r\n")
            encoder.bulk(milliseconds)
        case .keepTTL: encoder.raw("$7\r\nKEEPTTL\r\n")
        case .none, .range, .upstash: break
        }
    }

    private func encodeKey(into encoder: inout RESPEncoder) {
        switch self.shape {
        case .deleteKey:
            encoder.raw("*2\r\n$6\r\nUNLINK\r\n")
            encoder.bulk(self.subject)
        case .describeKey:
            for head in Self.describingHeads {
                encoder.raw(head)
                encoder.bulk(self.subject)
            }
        case .writeTTL:
            self.encodeExpire(into: &encoder)
            encoder.raw("*2\r\n$4\r\nPTTL\r\n")
            encoder.bulk(self.subject)
        case .removeTTL:
            encoder.raw("*2\r\n$7\r\nPERSIST\r\n")
            encoder.bulk(self.subject)
            encoder.raw("*2\r\n$6\r\nEXISTS\r\n")
            encoder.bulk(self.subject)
        default:
            encoder.raw("*2\r\n$4\r\nPTTL\r\n")
            encoder.bulk(self.subject)
        }
    }

    private func encodeExpire(into encoder: inout RESPEncoder) {
        let hasCondition = self.condition != .always
        encoder.array(count: hasCondition ? 4 : 3)
        if case .expireAt(let milliseconds) = self.modifier {
            encoder.raw("$9\r\nPEXPIREAT\r\n")
            encoder.bulk(self.subject)
            encoder.bulk(milliseconds)
        } else if case .ttl(let milliseconds) = self.modifier {
            encoder.raw("$7\r\nPEXPIRE\r\n")
            encoder.bulk(self.subject)
            encoder.bulk(milliseconds)
        }
        switch self.condition {
        case .always: break
        case .nx: encoder.raw("$2\r\nNX\r\n")
        case .xx: encoder.raw("$2\r\nXX\r\n")
        case .gt: encoder.raw("$2\r\nGT\r\n")
        case .lt: encoder.raw("$2\r\nLT\r\n")
        }
    }

    /// The commands that describe a key, without the key; from the fourth on the length by type, in the order of
    /// ``KeyType``.
    static let describingHeads: [StaticString] = [
        "*2\r\n$4\r\nTYPE\r\n", "*2\r\n$4\r\nPTTL\r\n", "*3\r\n$6\r\nOBJECT\r\n$8\r\nENCODING\r\n",
        "*2\r\n$6\r\nSTRLEN\r\n", "*2\r\n$4\r\nLLEN\r\n", "*2\r\n$5\r\nSCARD\r\n", "*2\r\n$5\r\nZCARD\r\n",
        "*2\r\n$4\r\nHLEN\r\n", "*2\r\n$4\r\nXLEN\r\n",
    ]
}
