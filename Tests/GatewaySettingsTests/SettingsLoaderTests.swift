// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewayCore
import GatewayServer
import Logging
import NIOCore
import RedisClient
import RedisCore
import Testing

@testable import GatewaySettings

@Suite("Settings")
struct SettingsLoaderTests {
    private func load(_ arguments: [String] = [], _ environment: [String: String] = [:]) async throws -> Settings {
        try await SettingsLoader.load(arguments: arguments, environment: environment, eventLoops: 3)
    }

    private func faults(_ arguments: [String], _ environment: [String: String] = [:]) async -> [SettingsError.Fault] {
        do {
            _ = try await self.load(arguments, environment)
            return []
        } catch let error as SettingsError {
            return error.faults
        } catch {
            return [.conflict("\(error)")]
        }
    }

    private func file(_ text: String, _ name: String = "file") throws -> String {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let url = directory.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    @Test("without any setting the defaults hold, on loopback, with a private Redis")
    func defaults() async throws {
        let settings = try await self.load()
        #expect(settings.server.listen == [.init(host: "127.0.0.1", port: 6380)])
        #expect(settings.server.eventLoops == 3)
        #expect(settings.redisURL == nil)
        #expect(settings.server.redis.commandTimeout == .seconds(1))
        #expect(settings.effective.allSatisfy { $0.source == "default" })
        #expect(settings.effective.count == Setting.all.count)
    }

    @Test("a flag wins over the environment, that over the file, that over the default")
    func precedence() async throws {
        let path = try self.file("command-timeout: 3s\nevent-loops: 5\nlog-level: debug\nunready-after: 9s\n", "b.yaml")
        let environment = ["BATON_COMMAND_TIMEOUT": "2s", "BATON_EVENT_LOOPS": "4", "BATON_CONFIG": path, "HOME": "/"]
        let settings = try await self.load(["--command-timeout", "250ms"], environment)
        #expect(settings.server.gateway.commandTimeout == .milliseconds(250))
        #expect(settings.server.redis.commandTimeout == .milliseconds(250))
        #expect(settings.server.eventLoops == 4)
        #expect(settings.logLevel == .debug)
        #expect(settings.server.unreadyAfter == .seconds(9))
        let sources = Dictionary(uniqueKeysWithValues: settings.effective.map { ($0.name, $0.source) })
        #expect(sources["command-timeout"] == "flag --command-timeout")
        #expect(sources["event-loops"] == "environment variable BATON_EVENT_LOOPS")
        #expect(sources["log-level"] == "file \(path), key log-level")
    }

    @Test("of a flag that is given twice the last one holds")
    func twice() async throws {
        let settings = try await self.load(["--event-loops", "1", "--log-level=debug", "--event-loops=7"])
        #expect(settings.server.eventLoops == 7)
        #expect(settings.logLevel == .debug)
        #expect(await self.faults(["--event-loops", "7", "--event-loops"]) == [.badArgument("--event-loops")])
    }

    @Test("lists come by repeated flags, commas in the environment, and YAML lists")
    func lists() async throws {
        let expected = [ServerConfiguration.ListenAddress(host: "127.0.0.1", port: 1), .init(host: "::1", port: 2)]
        #expect(try await self.load(["--listen", "127.0.0.1:1", "--listen=[::1]:2"]).server.listen == expected)
        #expect(try await self.load([], ["BATON_LISTEN": "127.0.0.1:1,[::1]:2"]).server.listen == expected)
        let path = try self.file("listen:\n  - \"127.0.0.1:1\"\n  - \"[::1]:2\"\n")
        #expect(try await self.load(["--config", path]).server.listen == expected)
    }

    @Test("unknown names are faults that name their source and what may have been meant")
    func unknownNames() async throws {
        let path = try self.file("comand-timeout: 1s\nlisten: [\"127.0.0.1:0\"]\n")
        let faults = await self.faults(
            ["--event-lops", "2", "--config", path], ["BATON_REDISS": "x", "BATON_ZZZZZZZZZZ": "1"])
        #expect(faults.contains(.unknown(name: "--event-lops", source: "flag", nearest: "--event-loops")))
        #expect(faults.contains(.unknown(name: "BATON_REDISS", source: "environment variable", nearest: "BATON_REDIS")))
        #expect(faults.contains(.unknown(name: "BATON_ZZZZZZZZZZ", source: "environment variable", nearest: nil)))
        #expect(faults.contains(.unknown(name: "comand-timeout", source: "file \(path)", nearest: "command-timeout")))
        #expect(faults.count == 4)
    }

    @Test(
        "a flag without a value, and a word without a flag",
        arguments: [["--event-loops"], ["--event-loops", "--access-log", "true"], ["word"], ["-x"]])
    func badArguments(arguments: [String]) async {
        let faults = await self.faults(arguments)
        #expect(faults.contains { if case .badArgument = $0 { true } else { false } })
    }

    @Test(
        "every number is allowed at the ends of its range and refused beyond them", arguments: Setting.all.map(\.name))
    func ranges(name: String) throws {
        let setting = try #require(Setting.all.first { $0.name == name })
        func isAllowed(_ text: String) -> Bool {
            var draft = SettingsDraft()
            return setting.apply([text], to: &draft)
        }
        switch setting.kind {
        case .integer(let range, _):
            #expect(isAllowed("\(range.lowerBound)") && isAllowed("\(range.upperBound)"))
            #expect(!isAllowed("\(range.lowerBound - 1)") && !isAllowed("\(range.upperBound + 1)"))
            #expect(!isAllowed("") && !isAllowed("x") && !isAllowed("1.5") && !isAllowed("1s"))
        case .bytes(let range, _):
            #expect(isAllowed("\(range.lowerBound)") && isAllowed("\(range.upperBound)B"))
            #expect(!isAllowed("\(range.lowerBound - 1)") && !isAllowed("\(range.upperBound + 1)"))
            #expect(!isAllowed("") && !isAllowed("KiB") && !isAllowed("1KB") && !isAllowed("-1"))
        case .duration(let range, _):
            #expect(
                isAllowed(DurationText.format(range.lowerBound)) && isAllowed(DurationText.format(range.upperBound)))
            #expect(!isAllowed("\(range.upperBound.nanoseconds / 1_000_000 + 1)ms"))
            #expect(range.lowerBound == .zero || !isAllowed("\(range.lowerBound.nanoseconds / 1_000 - 1)us"))
            #expect(!isAllowed("1") && !isAllowed("") && !isAllowed("s") && !isAllowed("-1s") && !isAllowed("1.5s"))
        case .seconds(let range, _):
            #expect(isAllowed("\(range.lowerBound)s") && isAllowed("\(range.upperBound)s"))
            #expect(
                !isAllowed("\(range.lowerBound - 1)s") && !isAllowed("\(range.upperBound + 1)s") && !isAllowed("500ms"))
        case .flag:
            #expect(isAllowed("true") && isAllowed("false") && !isAllowed("yes") && !isAllowed(""))
        case .choice(let choices, _):
            #expect(choices.allSatisfy(isAllowed) && !isAllowed("") && !isAllowed("other"))
        case .text, .list:
            #expect(isAllowed("x") && !isAllowed(""))
        }
        #expect(setting.defaultText.isEmpty || setting.name == "event-loops" || isAllowed(setting.defaultText))
    }

    @Test(
        "without tokens only loopback may be listened on",
        arguments: [
            ("127.0.0.1:0", true), ("127.8.9.1:0", true), ("[::1]:0", true), ("localhost:0", true),
            ("0.0.0.0:0", false), ("[::]:0", false), ("10.0.0.1:0", false), ("example.com:0", false),
        ])
    func loopback(address: String, isAllowed: Bool) async throws {
        let faults = await self.faults(["--listen", address])
        #expect(faults.isEmpty == isAllowed)
        let digest = String(repeating: "a", count: 64)
        let tokens = try self.file("app:\(digest):read,write\n")
        #expect(await self.faults(["--listen", address, "--token-file", tokens]).isEmpty)
    }

    @Test(
        "addresses that are none",
        arguments: ["127.0.0.1", ":80", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x", "::1:80", "[::1]", ""])
    func badAddresses(address: String) async {
        #expect(await !self.faults(["--listen=\(address)"]).isEmpty)
    }

    @Test("without tokens the hosts of this machine are served, with tokens any; the setting names others")
    func hosts() async throws {
        let digest = String(repeating: "a", count: 64)
        let tokens = try self.file("app:\(digest):read,write\n")
        #expect(
            try await self.load(["--listen", "127.0.0.2:0"]).server.gateway.allowedHosts
                == HostList(["localhost", "127.0.0.1", "[::1]", "127.0.0.2"]))
        #expect(try await self.load(["--token-file", tokens]).server.gateway.allowedHosts == nil)
        #expect(try await self.load(["--allowed-hosts", "*"]).server.gateway.allowedHosts == nil)
        #expect(
            try await self.load(["--token-file", tokens, "--allowed-hosts", "a.example,::2"]).server.gateway
                .allowedHosts
                == HostList(["a.example", "[::2]"]))
        #expect(await self.faults(["--allowed-hosts", "a.example:80"]).count == 1)
    }

    @Test("no page of another origin is let in but those that are named; all of them only with tokens")
    func origins() async throws {
        let digest = String(repeating: "a", count: 64)
        let tokens = try self.file("app:\(digest):read,write\n")
        #expect(try await self.load().server.gateway.origins == nil)
        let two = "https://app.example,http://localhost:3000"
        #expect(
            try await self.load(["--cors-origins", two]).server.gateway.origins
                == OriginPolicy(["https://app.example", "http://localhost:3000"]))
        #expect(await self.faults(["--cors-origins", "*"]).count == 1)
        #expect(await self.faults(["--cors-origins", "*", "--token-file", tokens]).isEmpty)
        #expect(await self.faults(["--cors-origins", "app.example"]).count == 1)
        #expect(await self.faults(["--cors-origins", "*,https://app.example", "--token-file", tokens]).count == 1)
    }

    @Test("maintenance settings reach the upstream's configuration")
    func maintenance() async throws {
        let settings = try await self.load([
            "--maintenance-notifications", "enabled", "--moving-endpoint-type", "internal-fqdn",
            "--proactive-reconnect", "false", "--relaxed-timeout", "0s", "--handoff-port-policy", "same",
            "--handoff-parallel-dials", "64", "--handoff-target-allow-list", "10.0.0.0/8",
            "--handoff-target-allow-list", "2001:db8::1", "--handoff-target-allow-list", ".example.com",
        ])
        let maintenance = settings.server.redis.maintenance
        #expect(maintenance.mode == .enabled)
        #expect(maintenance.movingEndpointType == .internalFQDN)
        #expect(!maintenance.proactiveReconnect)
        #expect(maintenance.relaxedTimeout == .zero)
        #expect(maintenance.portPolicy == .same)
        #expect(maintenance.parallelDialsMaximum == 64)
        let expected = ["10.0.0.0/8", "2001:db8::1", "example.com"].compactMap(TargetRule.init)
        #expect(maintenance.targetAllowList == expected)
    }

    @Test("without settings, maintenance is met as the client's defaults say")
    func maintenanceDefaults() async throws {
        let maintenance = try await self.load().server.redis.maintenance
        let defaults = MaintenanceConfiguration()
        #expect(maintenance.mode == defaults.mode)
        #expect(maintenance.movingEndpointType == defaults.movingEndpointType)
        #expect(maintenance.portPolicy == defaults.portPolicy)
        #expect(maintenance.targetAllowList.isEmpty)
    }

    @Test(
        "entries of the list of targets that are none",
        arguments: ["10.0.0.0/33", "2001:db8::/129", "example.com/8", "a b", "example.com:6379", "/8"])
    func badTargets(entry: String) async {
        let faults = await self.faults(["--handoff-target-allow-list", "10.0.0.0/8,example.com,\(entry)"])
        #expect(faults.count == 1)
        #expect(SettingsError(faults: faults).description.contains("as in 10.0.0.0/8, 192.0.2.1 or example.com"))
        #expect(SettingsError(faults: faults).description.contains(entry))
    }

    @Test("everything that is wrong is said at once, and no secret with it")
    func allAtOnce() async throws {
        let tokens = try self.file("app:nothex:read\n")
        let arguments = [
            "--redis", "redis://user:hunter2@", "--event-loops", "0", "--tls-key", "/nowhere", "--token-file", tokens,
        ]
        do {
            _ = try await self.load(arguments)
            Issue.record("the settings were accepted")
        } catch let error as SettingsError {
            #expect(error.faults.count == 4)
            #expect(!error.description.contains("hunter2"))
            #expect(!error.description.contains("nothex"))
            #expect(error.description.contains("event-loops: must be a whole number from 1 to 1024"))
        }
    }

    @Test("the password is not among the effective settings")
    func credentials() async throws {
        let settings = try await self.load(["--redis", "rediss://user:hunter2@host:1/2"])
        #expect(settings.effective.allSatisfy { !$0.value.contains("hunter2") })
        #expect(settings.redisURL == "rediss://user:hunter2@host:1/2")
        #expect(settings.server.gateway.database == 2)
        #expect(SettingsLoader.withoutCredentials("unix:///tmp/x") == "unix:///tmp/x")
    }

    @Test("a file that is not there, or is no YAML, is a fault")
    func badFiles() async throws {
        #expect(await self.faults(["--config", "/nowhere/baton.yaml"]).count == 1)
        let path = try self.file("listen: [\"127.0.0.1:0\"\n")
        #expect(await self.faults(["--config", path]).count == 1)
        #expect(await self.faults(["--tls-certificate", "/nowhere/c", "--tls-key", "/nowhere/k"]).count == 2)
        #expect(await self.faults(["--tls-client-ca", "/nowhere/c"]).count == 1)
    }

    @Test("the README's table is the table of the settings")
    func readme() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("README.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        let start = try #require(text.range(of: "<!-- settings -->\n"))
        let end = try #require(text.range(of: "<!-- /settings -->"))
        // BATON_WRITE_README=1 brings it up to date.
        if ProcessInfo.processInfo.environment["BATON_WRITE_README"] != nil {
            let updated = text[..<start.upperBound] + Setting.markdownTable + text[end.lowerBound...]
            try Data(updated.utf8).write(to: url)
        } else {
            #expect(text[start.upperBound..<end.lowerBound] == Setting.markdownTable)
        }
    }
}
