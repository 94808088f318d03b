// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore

extension RequestRecord {
    /// Whether the query has the parameter `name`, with or without a value.
    func asks(_ name: StaticString) -> Bool {
        let storage = self.fields.storage
        let query = storage.readableBytesUInt8Span.extracting(self.match.query)
        var start = 0
        for index in 0...query.count where index == query.count || query[index] == UInt8(ascii: "&") {
            let parameter = query.extracting(start..<index)
            start = index + 1
            guard parameter.starts(with: name) else { continue }
            let length = name.utf8CodeUnitCount
            if parameter.count == length || parameter[length] == UInt8(ascii: "=") { return true }
        }
        return false
    }
}
