// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import HTTPCore
import Testing

@testable import GatewayCore

@Suite("The API's description")
struct OpenAPITests {
    /// The paths of `openapi/openapi.yaml` and their methods, by the document's indentation. QUERY is no operation of OpenAPI 3.1: a path
    /// has it whose own description begins with it.
    private static func described() throws -> [String: MethodSet] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "openapi/openapi.yaml"), encoding: .utf8)
        var paths: [String: MethodSet] = [:]
        var path: String?
        for line in text.split(separator: "\n") {
            if line.hasPrefix("components:") { break }
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                path = String(line.dropFirst(2).dropLast())
            } else if let path, line.hasPrefix("      `QUERY` ") {
                paths[path, default: []].formUnion(.query)
            } else if let path, line.hasPrefix("    "), !line.hasPrefix("     "), line.hasSuffix(":") {
                let method = Method(token: Array(line.dropFirst(4).dropLast().uppercased().utf8).span)
                if method != .other { paths[path, default: []].formUnion(MethodSet(method)) }
            }
        }
        return paths
    }

    @Test("it has the routes of the table, with their methods, and no others")
    func routes() throws {
        let described = try Self.described()
        for rule in RouteTable.rules {
            #expect(described[rule.template.description] == rule.methods, "\(rule.template)")
        }
        #expect(described.count == RouteTable.rules.count)
    }
}
