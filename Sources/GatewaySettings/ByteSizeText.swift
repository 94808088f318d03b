// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Sizes as people write them: a whole number and a binary unit.
enum ByteSizeText {
    private static let units: [(name: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1), ("", 1),
    ]

    /// `16KiB`, `32MiB`, `1GiB`, `512B` or `512`; nil for anything else.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int(digits), let unit = self.units.first(where: { $0.name == suffix }) else { return nil }
        let (bytes, isOverflow) = number.multipliedReportingOverflow(by: unit.bytes)
        return isOverflow ? nil : bytes
    }

    /// The shortest exact form.
    static func format(_ bytes: Int) -> String {
        for unit in self.units where bytes != 0 && bytes % unit.bytes == 0 {
            return "\(bytes / unit.bytes)\(unit.name)"
        }
        return "\(bytes)B"
    }
}
