// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewaySettings
import Testing

/// With `UPDATE_DOCUMENTS=1` in the environment the files are written instead of compared.
@Suite("Documents of the settings")
struct SettingsDocumentTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_DOCUMENTS"] == "1"

    @Test("the README's tables are those of the settings")
    func readme() throws {
        let file = SettingsDocument.root.appendingPathComponent("README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let opening = try #require(text.range(of: SettingsDocument.opening))
        let closing = try #require(text.range(of: SettingsDocument.closing))
        let tables = text[opening.upperBound..<closing.lowerBound]
        guard Self.isUpdating else {
            #expect(tables == SettingsDocument.tables, "run UPDATE_DOCUMENTS=1 swift test --filter SettingsDocument")
            return
        }
        let updated = text.replacingCharacters(
            in: opening.upperBound..<closing.lowerBound, with: SettingsDocument.tables)
        try updated.write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("deploy/baton.yaml lists every setting")
    func example() throws {
        let file = SettingsDocument.root.appendingPathComponent("deploy/baton.yaml")
        guard Self.isUpdating else {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text == SettingsDocument.example, "run UPDATE_DOCUMENTS=1 swift test --filter SettingsDocument")
            return
        }
        try SettingsDocument.example.write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("the example's values are accepted, and they are the defaults")
    func exampleValues() async throws {
        let withDefault = Set(Setting.all.filter { !$0.defaultText.isEmpty }.map(\.name))
        let lines = SettingsDocument.example.split(separator: "\n").compactMap { line -> Substring? in
            let content = line.dropFirst()
            guard let colon = content.firstIndex(of: ":"), withDefault.contains(String(content[..<colon])) else {
                return nil
            }
            return content
        }
        #expect(lines.count == withDefault.count)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = try await SettingsLoader.load(
            arguments: ["--config", file.path], environment: [:], eventLoops: 2)
        let defaults = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.name, $0.defaultText) })
        for setting in settings.effective where withDefault.contains(setting.name) {
            #expect(setting.source.hasPrefix("file"), "\(setting.name) comes from \(setting.source)")
            #expect(setting.value == (setting.name == "event-loops" ? "2" : defaults[setting.name]))
        }
    }
}
