// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Configuration
import Foundation
import SystemPackage

/// Where values are looked for: flags, then environment variables, then the file (swift-configuration's providers).
struct SettingsSources {
    /// One place with everything that it says.
    struct Source {
        var provider: any ConfigProvider
        /// The key in this place.
        var key: (Setting) -> AbsoluteConfigKey
        /// Names the place for people.
        var describe: (Setting) -> String
    }

    var sources: [Source] = []
    var faults: [SettingsError.Fault] = []

    /// - Parameters:
    ///   - arguments: The words behind the subcommand.
    ///   - environment: The process's environment.
    init(arguments: [String], environment: [String: String]) async {
        self.addFlags(arguments)
        self.addEnvironment(environment)
        let file = Self.configurationFile(arguments, environment)
        if let file { await self.addFile(file) }
    }

    private static var names: [String] { Setting.all.map(\.name) }

    private static var listNames: [String] {
        Setting.all.filter { if case .list = $0.kind { true } else { false } }.map(\.name)
    }

    /// Of a flag that is given twice the last one holds, as with most programs, so that a script may append its own; all
    /// values of a list hold.
    private mutating func addFlags(_ arguments: [String]) {
        var flags: [(name: String, words: ArraySlice<String>)] = []
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            guard word.hasPrefix("--"), word.count > 2 else {
                self.faults.append(.badArgument(word))
                index += 1
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if name != "config", !Self.names.contains(name) {
                let nearest = NearestName.of(name, among: Self.names + ["config"])
                self.faults.append(.unknown(name: "--\(name)", source: "flag", nearest: nearest.map { "--\($0)" }))
            }
            let hasValue = parts.count == 2 || index + 1 < arguments.count && !arguments[index + 1].hasPrefix("--")
            if !hasValue { self.faults.append(.badArgument(word)) }
            let next = index + (parts.count == 2 || !hasValue ? 1 : 2)
            if !Self.listNames.contains(name) { flags.removeAll { $0.name == name } }
            flags.append((name, arguments[index..<next]))
            index = next
        }
        self.sources.append(
            Source(
                provider: CommandLineArgumentsProvider(arguments: ["baton"] + flags.flatMap(\.words)),
                key: { AbsoluteConfigKey([$0.name]) }, describe: { "flag --\($0.name)" }))
    }

    private mutating func addEnvironment(_ environment: [String: String]) {
        let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.variable, $0.name) })
        for variable in environment.keys.sorted() where variable.hasPrefix("BATON_") {
            guard known[variable] == nil, variable != "BATON_CONFIG" else { continue }
            let nearest = NearestName.of(variable, among: known.keys.sorted())
            self.faults.append(.unknown(name: variable, source: "environment variable", nearest: nearest))
        }
        self.sources.append(
            Source(
                provider: EnvironmentVariablesProvider(environmentVariables: environment),
                key: { AbsoluteConfigKey(["baton", $0.name]) }, describe: { "environment variable \($0.variable)" }))
    }

    private mutating func addFile(_ path: String) async {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for name in Self.topLevelKeys(text) where !Self.names.contains(name) {
                let nearest = NearestName.of(name, among: Self.names)
                self.faults.append(.unknown(name: name, source: "file \(path)", nearest: nearest))
            }
            let provider = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
            self.sources.append(
                Source(
                    provider: provider, key: { AbsoluteConfigKey([$0.name]) },
                    describe: { "file \(path), key \($0.name)" }))
        } catch {
            self.faults.append(
                .unusableFile(name: "config", source: path, reason: "the file cannot be read as YAML"))
        }
    }

    /// The file is flat: its keys stand at the start of a line. (swift-configuration does not list the keys it has read.)
    static func topLevelKeys(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard let first = line.first, first.isLetter || first == "_" || first == "\"" || first == "'",
                let colon = line.firstIndex(of: ":")
            else { return nil }
            return line[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "\"' "))
        }
    }

    private static func configurationFile(_ arguments: [String], _ environment: [String: String]) -> String? {
        for (index, word) in arguments.enumerated() {
            if word.hasPrefix("--config=") { return String(word.dropFirst("--config=".count)) }
            if word == "--config", index + 1 < arguments.count { return arguments[index + 1] }
        }
        return environment["BATON_CONFIG"]
    }

    /// What a source says about a setting; nil if nothing.
    static func value(of setting: Setting, in source: Source) -> [String]? {
        if case .list = setting.kind {
            let result = try? source.provider.value(forKey: source.key(setting), type: .stringArray)
            if case .stringArray(let values)? = result?.value?.content { return values }
        }
        let result = try? source.provider.value(forKey: source.key(setting), type: .string)
        if case .string(let value)? = result?.value?.content { return [value] }
        return nil
    }
}
