// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Testing

@testable import GatewayServer

@Suite("Connection counter")
struct ConnectionCounterTests {
    @Test("admits the limit, refuses one more, admits again after a release", arguments: [1, 2, 100])
    func limit(maximum: Int) {
        let counter = ConnectionCounter(maximum: maximum)
        for _ in 0..<maximum {
            #expect(counter.acquire())
        }
        #expect(!counter.acquire())
        #expect(!counter.acquire())
        counter.release()
        #expect(counter.acquire())
        #expect(!counter.acquire())
    }
}
