// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Testing

@testable import GatewayServer

@Suite("The served description")
struct OpenAPITextTests {
    @Test("it is openapi/openapi.yaml, and the same in JSON")
    func text() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "openapi/openapi.yaml"), encoding: .utf8)
        #expect(OpenAPIText.yaml.description == text, "run openapi/embed")
        let json = try JSONSerialization.jsonObject(with: Data(OpenAPIText.json.description.utf8)) as? [String: Any]
        let paths = try #require(json?["paths"] as? [String: Any])
        let described = text.split(separator: "\n").filter { $0.hasPrefix("  /") && $0.hasSuffix(":") }
        #expect(Set(paths.keys) == Set(described.map { String($0.dropFirst(2).dropLast()) }), "run openapi/embed")
    }
}
