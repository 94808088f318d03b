// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

@testable import RESP

/// What a decoder makes of some chunks: the replies in order, then the error if there was one.
struct Reading: Equatable, CustomStringConvertible {
    var replies: [String] = []
    var error: RESPError?

    init(_ chunks: [ByteBuffer], limits: RESPLimits = RESPLimits()) {
        var decoder = RESPDecoder(limits: limits)
        for chunk in chunks {
            decoder.feed(chunk)
            do throws(RESPError) {
                while let value = try decoder.next() { self.replies.append(Reading.describe(value)) }
            } catch {
                self.error = error
                return
            }
        }
    }

    init(_ text: String, limits: RESPLimits = RESPLimits()) {
        self.init([ByteBuffer(string: text)], limits: limits)
    }

    init(replies: [String], error: RESPError? = nil) {
        self.replies = replies
        self.error = error
    }

    var description: String {
        "\(self.replies) \(self.error.map { "\($0)" } ?? "")"
    }

    /// A value with everything in it, as text.
    static func describe(_ value: RESPValue) -> String {
        guard value.kind.isAggregate else { return "\(value.kind)(\(value.string))" }
        let elements = value.elements.map { describe($0) }
        precondition(elements.count == value.count)
        return "\(value.kind)[\(elements.joined(separator: ", "))]"
    }
}
