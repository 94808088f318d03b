// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Numbers as decimal text.
enum Decimal {
    /// Reads `-?[0-9]+`, nothing else: no sign but a minus, no space.
    /// - Returns: nil for anything else, and for a number outside of Int64.
    static func int64(_ text: Span<UInt8>) -> Int64? {
        guard text.count > 0, text.count <= 20 else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var index = isNegative ? 1 : 0
        guard index < text.count else { return nil }
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let step = isNegative ? -Int64(digit) : Int64(digit)
            let (sum, overflow) = product.addingReportingOverflow(step)
            guard !tooLarge, !overflow else { return nil }
            value = sum
            index &+= 1
        }
        return value
    }
}
