// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewayCore
import GatewayServer
import HTTP1Engine
import HTTP2Engine
import NIOCore
import RedisClient
import RedisCore

/// Makes the configuration of a draft whose values are each allowed, and finds what does not go together.
struct SettingsAssembly {
    private let draft: SettingsDraft
    private let origins: [String: String]
    private(set) var server: ServerConfiguration
    private(set) var faults: [SettingsError.Fault] = []

    init(draft: SettingsDraft, origins: [String: String]) {
        self.draft = draft
        self.origins = origins
        self.server = draft.server
    }

    mutating func assemble() {
        self.assembleLimits()
        self.assembleListen()
        self.assembleRedis()
        self.assembleMaintenance()
        self.assembleTokens()
        self.assembleHosts()
        self.assembleOrigins()
        self.assembleTLS()
        self.server.gateway.allowedCommands = Set(self.draft.allowedCommands.map { $0.uppercased() })
    }

    /// One setting serves both protocol versions, and both sides of a deadline.
    private mutating func assembleLimits() {
        self.server.http1.bodyBytes = self.server.http2.bodyBytes
        self.server.http1.headerBytes = self.server.http2.headerBytes
        self.server.http1.headerFields = self.server.http2.headerFields
        self.server.http1.targetBytes = self.server.http2.targetBytes
        self.server.redis.commandTimeout = self.server.gateway.commandTimeout
        self.server.redis.blockingTimeoutMaximum = self.server.gateway.blockingTimeoutMaximum
        if self.server.redis.reconnectDelayMinimum > self.server.redis.reconnectDelayMaximum {
            self.faults.append(
                .conflict("redis-reconnect-delay-minimum: must not be larger than redis-reconnect-delay-maximum"))
        }
    }

    private mutating func assembleListen() {
        self.server.listen = []
        for text in self.draft.listen {
            guard let address = ListenText.parse(text) else {
                self.badValue("listen", "HOST:PORT, as in 127.0.0.1:6380 or [::1]:6380")
                continue
            }
            self.server.listen.append(address)
            if self.draft.tokenFile.isEmpty, !ListenText.isLoopback(address.host) {
                self.faults.append(
                    .conflict(
                        "listen: \(text) can be reached from other machines, and without token-file everybody could use the "
                            + "Redis behind it. Set token-file, or listen on 127.0.0.1, [::1] or localhost."))
            }
        }
    }

    private mutating func assembleRedis() {
        self.server.redis.tlsVerify =
            switch self.draft.redisTLSVerify {
            case "chain": .chain
            case "none": .none
            default: .full
            }
        if !self.draft.redisTLSCA.isEmpty { self.server.redis.tlsCAFile = self.draft.redisTLSCA }
        guard !self.draft.redis.isEmpty else { return }
        do {
            self.server.redis.endpoint = try RedisEndpoint(url: self.draft.redis)
            self.server.gateway.database = self.server.redis.endpoint.database
        } catch {
            self.badValue("redis", "a URL of Redis: \(error)")
        }
    }

    private mutating func assembleMaintenance() {
        self.server.redis.maintenance.mode = MaintenanceMode(rawValue: self.draft.maintenanceNotifications) ?? .auto
        self.server.redis.maintenance.movingEndpointType =
            MovingEndpointType(rawValue: self.draft.movingEndpointType) ?? .auto
        self.server.redis.maintenance.portPolicy = PortPolicy(rawValue: self.draft.handoffPortPolicy) ?? .any
        for text in self.draft.handoffTargets {
            guard let rule = TargetRule(text) else {
                self.badValue(
                    "handoff-target-allow-list",
                    "a block of addresses, an address or a domain, as in 10.0.0.0/8, 192.0.2.1 or example.com, not \(text)"
                )
                continue
            }
            self.server.redis.maintenance.targetAllowList.append(rule)
        }
    }

    private mutating func assembleTokens() {
        guard !self.draft.tokenFile.isEmpty else { return }
        self.server.tokenFile = self.draft.tokenFile
        guard let text = try? String(contentsOfFile: self.draft.tokenFile, encoding: .utf8) else {
            return self.unusable("token-file", "the file cannot be read")
        }
        do {
            self.server.gateway.tokens = try TokenTable(parsing: text)
        } catch {
            self.unusable("token-file", "\(error)")
        }
    }

    /// Where no token is asked for, a page of a browser on this machine must not get in under a name of its own.
    private mutating func assembleHosts() {
        var hosts = self.draft.allowedHosts
        if hosts.isEmpty {
            guard self.draft.tokenFile.isEmpty else { return }
            hosts = ["localhost", "127.0.0.1", "[::1]"] + self.server.listen.map(\.host)
        }
        guard !hosts.contains("*") else { return }
        guard let list = HostList(hosts) else {
            return self.badValue("allowed-hosts", "host names or addresses without a port, or *")
        }
        self.server.gateway.allowedHosts = list
    }

    private mutating func assembleOrigins() {
        guard !self.draft.origins.isEmpty else { return }
        guard let origins = OriginPolicy(self.draft.origins) else {
            return self.badValue(
                "cors-origins", "origins, as in https://app.example or http://localhost:3000, or * alone")
        }
        if origins.isAny, self.draft.tokenFile.isEmpty {
            self.faults.append(
                .conflict(
                    "cors-origins: with * and without token-file every page that is open on this machine could use the Redis "
                        + "behind Baton. Set token-file, or name the origins."))
        }
        self.server.gateway.origins = origins
    }

    private mutating func assembleTLS() {
        let files = [self.draft.tlsCertificate, self.draft.tlsKey]
        guard files.contains(where: { !$0.isEmpty }) else {
            if !self.draft.tlsClientCA.isEmpty {
                self.faults.append(.conflict("tls-client-ca: needs tls-certificate and tls-key"))
            }
            return
        }
        guard !files.contains("") else {
            return self.faults.append(.conflict("tls-certificate and tls-key: give both or neither"))
        }
        for (name, file) in [
            ("tls-certificate", files[0]), ("tls-key", files[1]), ("tls-client-ca", self.draft.tlsClientCA),
        ] where !file.isEmpty && !FileManager.default.isReadableFile(atPath: file) {
            self.unusable(name, "the file cannot be read")
        }
        self.server.tls = ServerConfiguration.TLS(
            certificateFile: files[0], keyFile: files[1],
            clientCAFile: self.draft.tlsClientCA.isEmpty ? nil : self.draft.tlsClientCA)
    }

    private mutating func badValue(_ name: String, _ allowed: String) {
        self.faults.append(.badValue(name: name, source: self.origins[name] ?? "default", allowed: allowed))
    }

    private mutating func unusable(_ name: String, _ reason: String) {
        self.faults.append(.unusableFile(name: name, source: self.origins[name] ?? "default", reason: reason))
    }
}
