// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc
import TestKit
import Testing

extension Integration {
    /// From when to when a request may take its time.
    @Suite("Deadlines of requests")
    struct DeadlineTests {
        @Test("the time of a slow upload is not the command's")
        func slowUpload() throws {
            let gateway = try Gateway("--command-timeout", "200ms")
            let first = try #require(RawConnection(port: gateway.baton.port))
            let second = try #require(HTTP2Batch(port: gateway.baton.port))
            let start = Wait.now()
            first.send("PUT /v1/strings/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234")
            let stream = second.add("PUT", "/v1/strings/b", body: Array("01234".utf8), isComplete: false)
            second.send()
            // What is waited for is that time passes.
            #expect(Wait.until(seconds: 5) { Wait.now() > start + 0.6 })
            first.send("56789")
            second.add(Array("56789".utf8), to: stream)
            second.send()
            let answer = String(decoding: first.receive() ?? [], as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 201 "))
            #expect(second.answer(stream)?.status == 201)
            #expect(gateway.redis.command("MGET", "a", "b") == "*2\r\n$10\r\n0123456789\r\n$10\r\n0123456789\r\n")
        }

        @Test("requests that wait for room in their connection's share of memory end when the others do")
        func waiting() throws {
            let gateway = try Gateway("--command-timeout", "1s", "--event-loops", "1")
            gateway.redis.kill(SIGSTOP)
            // So many that not all of them are asked at once: what they will bring is not known yet.
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let start = Wait.now()
            let streams = (0..<100).map { batch.add("GET", "/v1/strings/k\($0)") }
            batch.send()
            var outcomes: [String: Int] = [:]
            for stream in streams {
                let answer = try #require(batch.answer(stream))
                #expect(answer.status == 504)
                outcomes[answer.member("outcome") ?? "", default: 0] += 1
            }
            let time = Wait.now() - start
            #expect(0.9..<1.9 ~= time, "\(time)")
            #expect(outcomes["not-executed"] ?? 0 > 0 && outcomes["unknown"] ?? 0 > 0, "\(outcomes)")
            gateway.redis.kill(SIGCONT)
        }
    }
}
