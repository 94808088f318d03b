// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The form of an answer on the Upstash-compatible surface.
package struct UpstashFormat: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Strings in base64 (`Upstash-Encoding: base64`).
    static let base64 = UpstashFormat(rawValue: 1)
    /// The bytes of a RESP2 reply (`Upstash-Response-Format: resp2`).
    static let resp2 = UpstashFormat(rawValue: 2)

    /// Reads what the header section asks for.
    init(_ fields: RequestFields, _ request: Span<UInt8>) throws(Problem) {
        self = []
        if fields.contains(.upstashEncoding),
            request.extracting(fields.range(.upstashEncoding)).equalsIgnoringCase("base64")
        {
            self.insert(.base64)
        }
        guard fields.contains(.upstashResponseFormat) else { return }
        let format = request.extracting(fields.range(.upstashResponseFormat))
        if format.equalsIgnoringCase("json") { return }
        guard format.equalsIgnoringCase("resp2") else {
            throw Problem(.invalidHeader, detail: "Upstash-Response-Format must be json or resp2.")
        }
        guard !self.contains(.base64) else {
            throw Problem(.invalidHeader, detail: "Upstash-Response-Format: resp2 allows no Upstash-Encoding.")
        }
        self.insert(.resp2)
    }
}
