// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// A response as a test sees it.
package struct TestResponse: Sendable {
    package var status: Int
    package var fields: [String: String]
    package var body: [UInt8]

    package init(status: Int, fields: [String: String], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package var text: String { String(decoding: self.body, as: UTF8.self) }

    /// A member of a JSON object; nil if there is none.
    package func member(_ name: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(self.body)) as? [String: Any]
        return object?[name].map { "\($0)" }
    }
}
