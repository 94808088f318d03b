// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewaySettings
import Testing

/// With `BATON_WRITE_EXAMPLE=1` in the environment the file is written instead of compared.
@Suite("The example of the settings file")
struct SettingsExampleTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["BATON_WRITE_EXAMPLE"] != nil

    @Test("deploy/baton.yaml lists every setting")
    func example() throws {
        let file = SettingsExample.file
        guard Self.isUpdating else {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text == SettingsExample.text, "run BATON_WRITE_EXAMPLE=1 swift test --filter SettingsExample")
            return
        }
        try SettingsExample.text.write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("the example's values are accepted, and they are the defaults")
    func exampleValues() async throws {
        let withDefault = Set(Setting.all.filter { !$0.defaultText.isEmpty }.map(\.name))
        let lines = SettingsExample.text.split(separator: "\n").compactMap { line -> Substring? in
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
