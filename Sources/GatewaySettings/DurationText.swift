// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Times as people write them: a whole number and a unit.
enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
    ]

    /// `1h`, `2m`, `1s`, `250ms`, `500us`; nil for anything else, a number without a unit included.
    static func parse(_ text: String) -> TimeAmount? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int64(digits), let unit = self.units.first(where: { $0.name == suffix }) else { return nil }
        let (nanoseconds, isOverflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
        return isOverflow ? nil : .nanoseconds(nanoseconds)
    }

    /// The shortest exact form.
    static func format(_ time: TimeAmount) -> String {
        guard time.nanoseconds != 0 else { return "0s" }
        for unit in self.units where time.nanoseconds % unit.nanoseconds == 0 {
            return "\(time.nanoseconds / unit.nanoseconds)\(unit.name)"
        }
        return "\(time.nanoseconds)ns"
    }
}
