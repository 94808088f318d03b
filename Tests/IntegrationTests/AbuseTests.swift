// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOConcurrencyHelpers
import Synchronization
import TestKit
import Testing

extension Integration {
    @Suite("Abuse")
    struct AbuseTests {
        /// Another caller, who must not notice.
        final class Bystander: Sendable {
            private let latencies = NIOLockedValueBox<[Double]>([])
            private let isOver = Synchronization.Atomic<Bool>(false)
            private let isDone = Synchronization.Atomic<Bool>(false)

            init(port: Int) {
                Thread.detachNewThread { self.run(port) }
            }

            private func run(_ port: Int) {
                let client = HTTP1TestClient(port: port)
                while !self.isOver.load(ordering: .relaxed) {
                    let started = Wait.now()
                    let isRight = client?.request("GET", "/v1/strings/bystander")?.text == "here"
                    let seconds = isRight ? Wait.now() - started : .infinity
                    self.latencies.withLockedValue { $0.append(seconds) }
                }
                self.isDone.store(true, ordering: .releasing)
            }

            /// Ends it; the latency that 99 of 100 requests kept within.
            func p99() -> Double {
                _ = Wait.until(seconds: 5) { self.latencies.withLockedValue { $0.count } >= 100 }
                self.isOver.store(true, ordering: .relaxed)
                _ = Wait.until(seconds: 5) { self.isDone.load(ordering: .acquiring) }
                let sorted = self.latencies.withLockedValue { $0.sorted() }
                return sorted.isEmpty ? .infinity : sorted[sorted.count * 99 / 100]
            }
        }

        static let attacks: [String] = [
            "rapid reset", "continuation flood", "ping flood", "settings flood", "header bomb", "zero window",
            "empty data",
            "window update flood", "priority flood", "garbage",
        ]

        @Test("the process lives, memory stays, and another caller does not notice", arguments: attacks)
        func attack(name: String) throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            #expect(client.request("PUT", "/v1/strings/bystander", body: Array("here".utf8))?.status == 201)
            #expect(
                client.request("PUT", "/v1/strings/large", body: [UInt8](repeating: 7, count: 1 << 20))?.status == 201)
            let before = gateway.baton.residentBytes
            let bystander = Bystander(port: gateway.baton.port)
            var peers: [RawConnection] = []
            for _ in 0..<4 {
                let peer = try #require(RawConnection(port: gateway.baton.port))
                peer.send(HTTP2Bytes.preface)
                self.send(name, to: peer)
                peers.append(peer)
            }
            let p99 = bystander.p99()
            #expect(p99 < 0.1, "\(name): p99 \(p99) s")
            let growth = gateway.baton.residentBytes - before
            #expect(growth < 64 << 20, "\(name): grew by \(growth >> 20) MiB")
            #expect(gateway.baton.process.isRunning)
            #expect(try gateway.http1().request("GET", "/v1/strings/bystander")?.text == "here")
            peers.removeAll()
        }

        private func send(_ name: String, to peer: RawConnection) {
            let many: Range<UInt32> = 0..<5_000
            switch name {
            case "rapid reset":
                peer.send(HTTP2Bytes.settings)
                for number in many {
                    let stream = number * 2 + 1
                    let reset = HTTP2Bytes.frame(3, 0, stream, HTTP2Bytes.bytes(8))
                    guard peer.send(HTTP2Bytes.headers(stream, "/v1/strings/large") + reset) else { return }
                }
            case "continuation flood":
                peer.send(HTTP2Bytes.settings + HTTP2Bytes.frame(1, 0, 1, HTTP2Bytes.block("/")))
                for _ in many where !peer.send(HTTP2Bytes.frame(9, 0, 1, [0x00, 0x01, 0x78, 0x01, 0x79])) { return }
            case "ping flood":
                peer.send(HTTP2Bytes.settings)
                for _ in many where !peer.send(HTTP2Bytes.frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])) { return }
            case "settings flood":
                for _ in many where !peer.send(HTTP2Bytes.settings) { return }
            case "header bomb":
                // One field of 3,900 bytes goes into the table (0x40: with indexing); then a byte each refers to it.
                let value = [0x7F, 0xBD, 0x1D] + [UInt8](repeating: 0x61, count: 3_900)
                let block = HTTP2Bytes.block("/livez") + [0x40, 0x01, 0x78] + value
                peer.send(HTTP2Bytes.settings + HTTP2Bytes.frame(1, 5, 1, block))
                let references = [UInt8](repeating: 0xBE, count: 12_000)
                for stream in stride(from: UInt32(3), to: 60, by: 2) {
                    guard peer.send(HTTP2Bytes.frame(1, 5, stream, HTTP2Bytes.block("/livez") + references)) else {
                        return
                    }
                }
            case "zero window":
                peer.send(HTTP2Bytes.frame(4, 0, 0, [0, 4, 0, 0, 0, 0]))
                for number in UInt32(0)..<100 where !peer.send(HTTP2Bytes.headers(number * 2 + 1, "/v1/strings/large"))
                { return }
            case "empty data":
                peer.send(HTTP2Bytes.settings + HTTP2Bytes.headers(1, "/v1/commands", endsStream: false))
                for _ in many where !peer.send(HTTP2Bytes.frame(0, 0, 1, [])) { return }
            case "window update flood":
                peer.send(HTTP2Bytes.settings)
                for _ in many where !peer.send(HTTP2Bytes.frame(8, 0, 0, HTTP2Bytes.bytes(1))) { return }
            case "priority flood":
                peer.send(HTTP2Bytes.settings)
                for number in many where !peer.send(HTTP2Bytes.frame(2, 0, number * 2 + 1, [0, 0, 0, 0, 16])) { return }
            default:
                for number in many where !peer.send(HTTP2Bytes.frame(UInt8(number % 256), 0xFF, number, [1, 2, 3])) {
                    return
                }
            }
        }

        @Test("a header section and a body that do not come end in time, on both versions")
        func slowness() throws {
            let gateway = try Gateway("--header-timeout", "300ms", "--body-timeout", "300ms", "--idle-timeout", "60s")
            let port = gateway.baton.port
            let started = Wait.now()
            let heads = try #require(RawConnection(port: port))
            heads.send("GET /livez HTTP/1.1\r\nHost: ")
            let bodies = try #require(RawConnection(port: port))
            bodies.send("PUT /v1/strings/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc")
            let sniffed = try #require(RawConnection(port: port))
            sniffed.send("PRI * HT")
            let blocks = try #require(RawConnection(port: port))
            blocks.send(
                HTTP2Bytes.preface + HTTP2Bytes.settings + HTTP2Bytes.frame(1, 0, 1, HTTP2Bytes.block("/livez")))
            let data = try #require(RawConnection(port: port))
            let upload = HTTP2Bytes.frame(1, 4, 1, HTTP2Bytes.block("/v1/commands", method: 0x83))
            data.send(HTTP2Bytes.preface + HTTP2Bytes.settings + upload)

            #expect(String(decoding: heads.receiveAll() ?? [], as: UTF8.self).hasPrefix("HTTP/1.1 408"))
            #expect(String(decoding: bodies.receiveAll() ?? [], as: UTF8.self).hasPrefix("HTTP/1.1 408"))
            #expect(sniffed.receiveAll()?.isEmpty == true)
            #expect(blocks.receiveAll() != nil, "the connection ends")
            var answered: [UInt8] = []
            let problem = Array("request-timeout".utf8)
            #expect(
                Wait.until(seconds: 3) {
                    answered += data.receive(seconds: 0.1) ?? []
                    return answered.firstRange(of: problem) != nil
                })
            #expect(Wait.now() - started < 4)
        }

        @Test("an ambiguous request over HTTP/1.1 is 400, and what is behind it is never read")
        func smuggling() throws {
            let gateway = try Gateway()
            let peer = try #require(RawConnection(port: gateway.baton.port))
            let inner = "PUT /v1/strings/smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"
            peer.send(
                "POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + inner)
            let text = String(decoding: peer.receiveAll() ?? [], as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 400") && text.contains("connection: close"))
            #expect(gateway.redis.command("EXISTS", "smuggled") == ":0\r\n")
        }

        @Test("connections over the limit are closed at once, and room comes back")
        func connections() throws {
            let gateway = try Gateway("--connections", "8")
            let port = gateway.baton.port
            var open: [HTTP1TestClient] = []
            while open.count < 8, let client = HTTP1TestClient(port: port),
                client.request("GET", "/livez")?.status == 200
            {
                open.append(client)
            }
            #expect(open.count == 8)
            #expect(HTTP1TestClient(port: port)?.request("GET", "/livez") == nil)
            open.removeLast()
            #expect(Wait.until(seconds: 5) { HTTP1TestClient(port: port)?.request("GET", "/livez")?.status == 200 })
        }
    }
}
