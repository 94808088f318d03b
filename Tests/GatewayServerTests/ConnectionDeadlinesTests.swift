// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisClient
import Testing

@testable import GatewayServer

@Suite("Connection deadlines")
struct ConnectionDeadlinesTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private static func make(age: TimeAmount = .zero) -> ConnectionDeadlines {
        var configuration = ServerConfiguration(
            redis: RedisConfiguration(endpoint: .init(address: .unix(path: "/tmp/r"))))
        configuration.headerTimeout = .seconds(10)
        configuration.bodyTimeout = .seconds(10)
        configuration.idleTimeout = .seconds(300)
        configuration.writeTimeout = .seconds(30)
        configuration.connectionAge = age
        return ConnectionDeadlines(timeouts: ConnectionTimeouts(configuration), now: Self.start)
    }

    private func expect(
        _ deadlines: inout ConnectionDeadlines, at now: NIODeadline, isIdle: Bool, next: NIODeadline?,
        _ expected: ConnectionDeadlines.Verdict, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let verdict = deadlines.check(now: now, isIdle: isIdle, next: next)
        #expect(verdict == expected, sourceLocation: sourceLocation)
    }

    @Test("an idle connection expires at the idle timeout, and not a nanosecond earlier")
    func idle() {
        var deadlines = Self.make()
        let end = Self.start + .seconds(300)
        self.expect(&deadlines, at: end - .nanoseconds(1), isIdle: true, next: nil, .wait(until: end))
        self.expect(&deadlines, at: end, isIdle: true, next: nil, .expired(.idleTime))
    }

    @Test("a request restarts the idle clock, a running one stops it")
    func idleIsCountedFromTheLastRequest() {
        var deadlines = Self.make()
        deadlines.requestSeen(now: Self.start + .seconds(100))
        let end = Self.start + .seconds(400)
        self.expect(&deadlines, at: Self.start + .seconds(300), isIdle: true, next: nil, .wait(until: end))
        self.expect(&deadlines, at: end, isIdle: false, next: nil, .wait(until: end + .seconds(300)))
        self.expect(&deadlines, at: end + .seconds(299), isIdle: true, next: nil, .wait(until: end + .seconds(300)))
    }

    @Test("the header clock starts once, whatever comes in drips, and ends with the header section")
    func header() {
        var deadlines = Self.make()
        let isStarted = deadlines.received(now: Self.start, isReceivingHeaders: true)
        #expect(isStarted)
        let isStartedAgain = deadlines.received(now: Self.start + .seconds(9), isReceivingHeaders: true)
        #expect(!isStartedAgain)
        let end = Self.start + .seconds(10)
        self.expect(&deadlines, at: end - .nanoseconds(1), isIdle: true, next: nil, .wait(until: end))
        self.expect(&deadlines, at: end, isIdle: true, next: nil, .expired(.headerTime))
        let isStartedByEnd = deadlines.received(now: end, isReceivingHeaders: false)
        #expect(!isStartedByEnd)
        self.expect(&deadlines, at: end, isIdle: true, next: nil, .wait(until: Self.start + .seconds(300)))
    }

    @Test("a peer that takes nothing expires, one that takes a little does not")
    func write() {
        var deadlines = Self.make()
        let isStarted = deadlines.outputBlocked(now: Self.start, progressed: true)
        #expect(isStarted)
        let isStartedAgain = deadlines.outputBlocked(now: Self.start + .seconds(20), progressed: true)
        #expect(!isStartedAgain)
        let end = Self.start + .seconds(50)
        self.expect(&deadlines, at: Self.start + .seconds(30), isIdle: false, next: nil, .wait(until: end))
        _ = deadlines.outputBlocked(now: Self.start + .seconds(40), progressed: false)
        self.expect(&deadlines, at: end, isIdle: false, next: nil, .expired(.writeTime))
        deadlines.outputDone()
        self.expect(&deadlines, at: end, isIdle: false, next: nil, .wait(until: end + .seconds(300)))
    }

    @Test("an old connection is retired once")
    func age() {
        var deadlines = Self.make(age: .seconds(60))
        let end = Self.start + .seconds(60)
        self.expect(&deadlines, at: Self.start, isIdle: true, next: nil, .wait(until: end))
        self.expect(&deadlines, at: end, isIdle: true, next: nil, .expired(.connectionAge))
        self.expect(&deadlines, at: end, isIdle: true, next: nil, .wait(until: Self.start + .seconds(300)))
    }

    @Test("the driver's own next look is kept")
    func next() {
        var deadlines = Self.make()
        let next = Self.start + .seconds(3)
        self.expect(&deadlines, at: Self.start, isIdle: false, next: next, .wait(until: next))
    }
}
