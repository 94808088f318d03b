// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import Testing

@testable import RedisCore

@Suite("Subscriptions")
struct SubscriptionMachineTests {
    private static let news = SubscriptionKey(.channel, ByteBuffer(string: "news"))
    private static let other = SubscriptionKey(.pattern, ByteBuffer(string: "o*"))
    private static let first = ConnectionID(1)
    private static let second = ConnectionID(2)

    private static func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(milliseconds) }

    private static func message(_ text: String) -> SubscriptionPush {
        .message(Self.news, channel: Self.news.name, payload: ByteBuffer(string: text))
    }

    private static func delivery(_ text: String) -> [SubscriptionOrder] {
        [.deliver(Self.news, channel: Self.news.name, payload: ByteBuffer(string: text))]
    }

    /// A machine with one key, served and confirmed.
    private static func served() -> SubscriptionMachine {
        var machine = SubscriptionMachine()
        #expect(machine.subscribe(Self.news) == [])
        #expect(machine.ready(Self.first) == [.send(Self.first, isSubscribe: true, Self.news)])
        #expect(!machine.isConfirmed(Self.news))
        #expect(machine.received(.subscribed(Self.news), from: Self.first, now: Self.at(1)) == [.confirmed(Self.news)])
        #expect(machine.isConfirmed(Self.news))
        return machine
    }

    @Test("a key is subscribed to once, for any number of listeners, and until the last has gone")
    func counting() {
        var machine = Self.served()
        #expect(machine.subscribe(Self.news) == [])
        #expect(machine.received(Self.message("a"), from: Self.first, now: Self.at(2)) == Self.delivery("a"))
        #expect(machine.unsubscribe(Self.news) == [])
        #expect(machine.unsubscribe(Self.news) == [.send(Self.first, isSubscribe: false, Self.news)])
        #expect(machine.received(Self.message("b"), from: Self.first, now: Self.at(3)) == [])
        #expect(machine.unsubscribe(Self.news) == [] && machine.isEmpty)
    }

    @Test("a lost connection leaves a gap, which is told when its successor has confirmed")
    func gap() {
        var machine = Self.served()
        #expect(machine.closed(Self.first, now: Self.at(10)) == [])
        #expect(!machine.isConfirmed(Self.news))
        #expect(machine.subscribe(Self.other) == [])
        let sent = machine.ready(Self.second)
        #expect(sent.count == 2 && sent.contains(.send(Self.second, isSubscribe: true, Self.news)))
        #expect(
            machine.received(.subscribed(Self.news), from: Self.second, now: Self.at(25))
                == [.gap(Self.news, from: Self.at(10), to: Self.at(25)), .confirmed(Self.news)])
        // Nothing was missed of what is new.
        #expect(
            machine.received(.subscribed(Self.other), from: Self.second, now: Self.at(26)) == [.confirmed(Self.other)])
        #expect(machine.received(Self.message("late"), from: Self.first, now: Self.at(27)) == [])
    }

    @Test("a move: the old connection serves until all has come, then what the new one has beyond it, once")
    func move() {
        var machine = Self.served()
        #expect(machine.moved(to: Self.second, now: Self.at(1)) == [.send(Self.second, isSubscribe: true, Self.news)])
        #expect(machine.isConfirmed(Self.news))
        #expect(machine.received(Self.message("a"), from: Self.first, now: Self.at(2)) == Self.delivery("a"))
        #expect(machine.received(.subscribed(Self.news), from: Self.second, now: Self.at(3)) == [.fence(Self.first)])
        // The new one is faster, and kept back.
        #expect(machine.received(Self.message("c"), from: Self.second, now: Self.at(4)) == [])
        #expect(machine.received(Self.message("b"), from: Self.first, now: Self.at(5)) == Self.delivery("b"))
        #expect(machine.received(Self.message("c"), from: Self.first, now: Self.at(6)) == Self.delivery("c"))
        #expect(machine.received(Self.message("d"), from: Self.first, now: Self.at(7)) == Self.delivery("d"))
        #expect(machine.fenced(Self.first, now: Self.at(8)) == [.retire(Self.first), .fence(Self.second)])
        #expect(machine.closed(Self.first, now: Self.at(9)) == [])
        #expect(machine.received(Self.message("d"), from: Self.second, now: Self.at(9)) == [])
        #expect(machine.received(Self.message("e"), from: Self.second, now: Self.at(9)) == [])
        #expect(machine.fenced(Self.second, now: Self.at(10)) == Self.delivery("e"))
        #expect(machine.received(Self.message("a"), from: Self.second, now: Self.at(10)) == Self.delivery("a"))
    }

    @Test("a move whose old connection closes early leaves a gap, and one whose new connection is lost leaves none")
    func brokenMove() {
        var machine = Self.served()
        _ = machine.moved(to: Self.second, now: Self.at(1))
        #expect(machine.closed(Self.first, now: Self.at(5)) == [])
        #expect(
            machine.received(.subscribed(Self.news), from: Self.second, now: Self.at(7))
                == [.gap(Self.news, from: Self.at(5), to: Self.at(7)), .confirmed(Self.news)])
        var confirmed = Self.served()
        _ = confirmed.moved(to: Self.second, now: Self.at(1))
        _ = confirmed.received(.subscribed(Self.news), from: Self.second, now: Self.at(2))
        #expect(confirmed.received(Self.message("x"), from: Self.second, now: Self.at(3)) == [])
        #expect(
            confirmed.closed(Self.first, now: Self.at(4))
                == [.gap(Self.news, from: Self.at(4), to: Self.at(4))] + Self.delivery("x"))
        var other = Self.served()
        _ = other.moved(to: Self.second, now: Self.at(1))
        #expect(other.closed(Self.second, now: Self.at(5)) == [])
        #expect(other.isConfirmed(Self.news) && other.current == Self.first)
        #expect(other.received(Self.message("x"), from: Self.first, now: Self.at(6)) == Self.delivery("x"))
    }

    @Test("a second move before the first one is over: what nobody serves any more is a gap")
    func secondMove() {
        var machine = Self.served()
        _ = machine.moved(to: Self.second, now: Self.at(1))
        let third = ConnectionID(3)
        let orders = machine.moved(to: third, now: Self.at(2))
        #expect(orders == [.retire(Self.first), .send(third, isSubscribe: true, Self.news)])
        #expect(
            machine.received(.subscribed(Self.news), from: third, now: Self.at(4))
                == [.gap(Self.news, from: Self.at(2), to: Self.at(4)), .confirmed(Self.news), .fence(Self.second)])
    }

    @Test("messages are delivered exactly once and in order, however the connections interleave", arguments: 0..<300)
    func exact(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed) &+ 1000)
        let total = Int.random(in: 1...60, using: &generator)
        // The old connection brings 0..<fenced, the new one confirmed..<total.
        let confirmed = Int.random(in: 0...total, using: &generator)
        let fenced = Int.random(in: confirmed...total, using: &generator)
        var machine = Self.served()
        _ = machine.moved(to: Self.second, now: Self.at(1))
        var seen: [Int] = []
        func take(_ orders: [SubscriptionOrder]) {
            for case .deliver(_, _, let payload) in orders { seen.append(Int(String(buffer: payload)) ?? -1) }
        }
        var old = 0
        var new = confirmed
        var isConfirmed = false
        while old < fenced || !isConfirmed || new < total {
            if old < fenced, Bool.random(using: &generator) {
                take(machine.received(Self.message("\(old)"), from: Self.first, now: Self.at(1)))
                old += 1
            } else if !isConfirmed {
                take(machine.received(.subscribed(Self.news), from: Self.second, now: Self.at(1)))
                isConfirmed = true
            } else if new < fenced || old == fenced, new < total {
                if new == fenced { take(machine.fenced(Self.first, now: Self.at(1))) }
                take(machine.received(Self.message("\(new)"), from: Self.second, now: Self.at(1)))
                new += 1
            } else if old < fenced {
                take(machine.received(Self.message("\(old)"), from: Self.first, now: Self.at(1)))
                old += 1
            }
        }
        take(machine.fenced(Self.first, now: Self.at(2)))
        take(machine.fenced(Self.second, now: Self.at(3)))
        #expect(seen == Array(0..<total))
    }

    @Test(
        "what a move keeps back is bounded in number and in bytes, and what is too much is a gap",
        arguments: [
            (Overlap.countLimit - 1, 1, false), (Overlap.countLimit, 1, false), (Overlap.countLimit + 1, 1, true),
            (3, Overlap.byteLimit / 4, false), (4, Overlap.byteLimit / 4, false), (5, Overlap.byteLimit / 4, true),
        ])
    func bounds(count: Int, bytes: Int, isGap: Bool) {
        var overlap = Overlap()
        let message = Overlap.Message(channel: ByteBuffer(), payload: ByteBuffer(repeating: 0x61, count: bytes))
        for _ in 0..<count { overlap.noteNew(message) }
        #expect(overlap.isIncomplete == isGap)
        #expect(isGap ? overlap.rest.count < count : overlap.rest.count == count)
        #expect(overlap.rest.reduce(0) { $0 + $1.bytes } <= Overlap.byteLimit)
    }

    @Test("no push traps, whatever its elements", arguments: 0..<8)
    func randomPushes(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "$7|message|", "$8|pmessage|", "$9|subscribe|", "$12|sunsubscribe|", "$1|c|", "$0||", ":5|", "_|", "#t|",
            ",1.5|",
            "*0|", "*1|:1|", "%1|$1|a|:1|", "+OK|", "-ERR x|", "$-1|",
        ]
        for _ in 0..<2000 {
            let count = Int.random(in: 0...5, using: &generator)
            let elements = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
            var decoder = RESPDecoder()
            decoder.feed(ByteBuffer(string: (">\(count)|" + elements.joined()).replacing("|", with: "\r\n")))
            guard let push = try decoder.next(), let read = SubscriptionPush(push) else { continue }
            var machine = Self.served()
            _ = machine.received(read, from: Self.first, now: Self.at(5))
            #expect(count >= 2)
        }
    }

    @Test("pushes are read, and others are none of these")
    func pushes() throws {
        func read(_ text: String) throws -> SubscriptionPush? {
            var decoder = RESPDecoder()
            decoder.feed(ByteBuffer(string: text.replacing("|", with: "\r\n")))
            return try decoder.next().flatMap { SubscriptionPush($0) }
        }
        #expect(try read(">3|$7|message|$4|news|$1|a|") == Self.message("a"))
        let shard = SubscriptionKey(.shardChannel, ByteBuffer(string: "s"))
        #expect(try read(">3|$8|smessage|$1|s|$0||") == .message(shard, channel: shard.name, payload: ByteBuffer()))
        #expect(
            try read(">4|$8|pmessage|$2|o*|$2|ox|$1|a|")
                == .message(Self.other, channel: ByteBuffer(string: "ox"), payload: ByteBuffer(string: "a")))
        #expect(try read(">3|$9|subscribe|$4|news|:1|") == .subscribed(Self.news))
        #expect(try read(">3|$12|punsubscribe|$2|o*|:0|") == .unsubscribed(Self.other))
        for text in [
            ">3|$6|MOVING|:1|:2|", ">1|$7|message|", ">2|$7|message|$1|c|", ">3|$7|message|:1|:2|", ">0|",
            "*3|$7|message|$1|c|$1|x|",
        ] {
            #expect(try read(text) == nil)
        }
    }
}
