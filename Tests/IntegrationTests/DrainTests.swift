// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import TestKit
import Testing

extension Integration {
    @Suite("The end")
    struct DrainTests {
        private static let blocked =
            "POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n[\"BLPOP\",\"list\",\"10\"]"

        @Test("SIGTERM: readyz turns 503 while the listener is open, what runs finishes, exit status 0")
        func drain() throws {
            let gateway = try Gateway("--drain-delay", "700ms")
            let running = try #require(RawConnection(port: gateway.baton.port))
            running.send(Self.blocked)
            #expect(Wait.until(seconds: 5) { gateway.redis.command("INFO", "clients").contains("blocked_clients:1") })
            gateway.baton.signal(SIGTERM)
            let port = gateway.baton.port
            #expect(Wait.until(seconds: 0.6) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 503 })
            #expect(Wait.until(seconds: 5) { RawConnection(port: port) == nil }, "the listener closes")
            #expect(gateway.redis.command("RPUSH", "list", "one") == ":1\r\n")
            let answer = String(decoding: running.receiveAll() ?? [], as: UTF8.self)
            #expect(answer.contains("connection: close") && answer.hasSuffix("{\"result\":[\"list\",\"one\"]}"))
            #expect(gateway.baton.exitStatus() == 0)
        }

        @Test("HTTP/2 peers get a GOAWAY, and Baton ends")
        func goAway() throws {
            let gateway = try Gateway()
            let peer = try #require(RawConnection(port: gateway.baton.port))
            peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            peer.send([0, 0, 0, 4, 0, 0, 0, 0, 0])
            #expect(peer.receive() != nil)
            gateway.baton.signal(SIGTERM)
            let rest = try #require(peer.receiveAll())
            let goAway = [UInt8]([7, 0, 0, 0, 0, 0])
            #expect(rest.firstRange(of: goAway) != nil)
            #expect(gateway.baton.exitStatus() == 0)
        }

        @Test("a second signal and the drain timeout end with status 1", arguments: [true, false])
        func impatience(isSecondSignal: Bool) throws {
            let gateway = try Gateway("--drain-timeout", isSecondSignal ? "60s" : "300ms")
            let running = try #require(RawConnection(port: gateway.baton.port))
            running.send(Self.blocked)
            #expect(Wait.until(seconds: 5) { gateway.redis.command("INFO", "clients").contains("blocked_clients:1") })
            gateway.baton.signal(SIGTERM)
            if isSecondSignal {
                let port = gateway.baton.port
                #expect(Wait.until(seconds: 5) { RawConnection(port: port) == nil })
                gateway.baton.signal(SIGTERM)
            }
            #expect(gateway.baton.exitStatus(seconds: 5) == 1)
        }

        @Test("the private Redis ends with Baton, killed or not, and leaves nothing", arguments: [SIGTERM, SIGKILL])
        func privateRedis(signal: Int32) throws {
            let baton = try BatonProcess([])
            let client = try #require(HTTP1TestClient(port: baton.port))
            #expect(client.request("PUT", "/v1/strings/k", body: [1])?.status == 201)
            let pid = baton.process.processIdentifier
            let shell = try run("pgrep", ["-P", "\(pid)"]).output.split(separator: "\n").first.map(String.init) ?? ""
            let server =
                try run("pgrep", ["-P", shell, "redis-server"]).output.split(separator: "\n").first.map(String.init)
                ?? ""
            #expect(!server.isEmpty)
            let line = (try? String(contentsOfFile: "/proc/\(server)/cmdline", encoding: .utf8)) ?? ""
            let socket = String(line.split(separator: ":").last?.prefix { $0 != "\0" && $0 != " " } ?? "")
            #expect(FileManager.default.fileExists(atPath: socket))
            baton.signal(signal)
            #expect(baton.exitStatus() != nil)
            #expect(Wait.until(seconds: 5) { !FileManager.default.fileExists(atPath: "/proc/\(server)") })
            #expect(
                Wait.until(seconds: 5) {
                    !FileManager.default.fileExists(atPath: (socket as NSString).deletingLastPathComponent)
                })
        }
    }
}
