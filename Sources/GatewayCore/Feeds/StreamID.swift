// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The id of a stream's entry: a time in milliseconds and a number, both unsigned (https://redis.io/docs/latest/develop/data-types/streams/).
package struct StreamID: Sendable, Equatable, Comparable {
    package var milliseconds: UInt64
    package var sequence: UInt64

    package init(_ milliseconds: UInt64, _ sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// Before every entry.
    package static let zero = StreamID(0, 0)

    /// Reads `<milliseconds>-<sequence>`, or the milliseconds alone, which mean number 0. nil for anything else.
    /// - Parameter text: Decimal digits, with one hyphen at most.
    package init?(_ text: Span<UInt8>) {
        var parts: (UInt64, UInt64) = (0, 0)
        var digits = 0
        var isSecond = false
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "-"), !isSecond, digits > 0 {
                isSecond = true
                digits = 0
                continue
            }
            guard byte &- UInt8(ascii: "0") < 10 else { return nil }
            let digit = UInt64(byte &- UInt8(ascii: "0"))
            let (product, isOverflow) = (isSecond ? parts.1 : parts.0).multipliedReportingOverflow(by: 10)
            let (sum, isCarry) = product.addingReportingOverflow(digit)
            guard !isOverflow, !isCarry else { return nil }
            if isSecond { parts.1 = sum } else { parts.0 = sum }
            digits += 1
        }
        guard digits > 0 else { return nil }
        self.init(parts.0, parts.1)
    }

    /// The id before this one; ``zero`` is before itself.
    package var predecessor: StreamID {
        if self.sequence > 0 { return StreamID(self.milliseconds, self.sequence - 1) }
        return self.milliseconds > 0 ? StreamID(self.milliseconds - 1, .max) : .zero
    }

    /// As Redis writes it.
    package var text: String { "\(self.milliseconds)-\(self.sequence)" }

    package static func < (left: StreamID, right: StreamID) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
