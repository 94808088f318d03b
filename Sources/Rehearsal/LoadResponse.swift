// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A response as a caller sees it; without one, the status is 0.
struct LoadResponse {
    var status = 0
    var body = ByteBuffer()

    var text: String { String(buffer: self.body) }

    /// The string behind a name in a flat JSON object, as problems are.
    func member(_ name: String) -> String? {
        let text = self.text
        guard let found = text.firstRange(of: "\"\(name)\":\"") else { return nil }
        return String(text[found.upperBound...].prefix { $0 != "\"" })
    }

    /// The integer behind `"result":`.
    var integerResult: Int? {
        let text = self.text
        guard let found = text.firstRange(of: "\"result\":") else { return nil }
        return Int(text[found.upperBound...].prefix { $0.isNumber || $0 == "-" })
    }
}
