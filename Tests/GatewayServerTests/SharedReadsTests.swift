// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayServer

@Suite("Shared reads")
struct SharedReadsTests {
    /// Makes submitted requests of a table of its own, whose fields it frees.
    private final class Requests {
        private var table = RequestTable()
        private var fields: [RequestFields] = []
        private var cache = AuthenticationCache()
        private let gateway = Gateway(configuration: GatewayConfiguration())

        deinit {
            for fields in self.fields { fields.deallocate() }
        }

        func make(_ key: String, method: String = "GET", at time: NIODeadline = .uptimeNanoseconds(0)) throws
            -> RequestRecord
        {
            let fields = RequestFields()
            self.fields.append(fields)
            fields.set(.method, value: Array(method.utf8).span)
            fields.set(.path, value: Array("/v1/strings/\(key)".utf8).span)
            let record = self.table.take(fields: fields, arrived: time)
            // Safety: an owner that is never used.
            unsafe record.owner = .http1(.fromOpaque(Unmanaged.passUnretained(self).toOpaque()))
            record.work.start(try #require(self.gateway.direct(fields, cache: &self.cache)))
            record.isSubmitted = true
            return record
        }

        func end(_ record: RequestRecord) { self.table.release(record) }
    }

    @Test("a read of the same key in the same epoch has a leader, which stays the first one")
    func sameKey() throws {
        let requests = Requests()
        var reads = SharedReads()
        let first = try requests.make("k")
        #expect(try Self.leader(&reads, first) == nil)
        for _ in 0..<3 { #expect(try Self.leader(&reads, requests.make("k")) == first.ticket) }
        #expect(try Self.leader(&reads, requests.make("k"), epoch: 2) == nil)
        #expect(try Self.leader(&reads, requests.make("k"), epoch: 1) == nil)
    }

    @Test("another key has none, though its last eight bytes and its length are the same")
    func otherKey() throws {
        let requests = Requests()
        var reads = SharedReads()
        _ = try Self.leader(&reads, requests.make("a:commonend"))
        #expect(try Self.leader(&reads, requests.make("b:commonend")) == nil)
        #expect(try Self.leader(&reads, requests.make("commonend")) == nil)
        #expect(try Self.leader(&reads, requests.make("a:commonend")) == nil)
    }

    @Test("a request that is over, was used again, or whose caller has gone leads nobody")
    func gone() throws {
        let requests = Requests()
        var reads = SharedReads()
        let over = try requests.make("k")
        _ = try Self.leader(&reads, over)
        requests.end(over)
        let again = try requests.make("k")
        #expect(again.index == over.index)
        #expect(try Self.leader(&reads, again) == nil)
        again.isSubmitted = false
        let third = try requests.make("k")
        #expect(try Self.leader(&reads, third) == nil)
        third.abandoned = DispatchWindow()
        let fourth = try requests.make("k")
        #expect(try Self.leader(&reads, fourth) == nil)
        fourth.owner = .none
        #expect(try Self.leader(&reads, requests.make("k")) == nil)
    }

    @Test("a request that has more time, or less, asks for itself", arguments: [-1, 0, 1] as [Int64])
    func time(over: Int64) throws {
        let requests = Requests()
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        let difference = SharedReads.deadlineSlack + .nanoseconds(over)
        for time in [start + difference, start - difference] {
            var reads = SharedReads()
            let first = try requests.make("k", at: start)
            _ = try Self.leader(&reads, first)
            #expect(try Self.leader(&reads, requests.make("k", at: time)) == (over > 0 ? nil : first.ticket))
        }
    }

    @Test("a write is not for it")
    func write() throws {
        let requests = Requests()
        let record = try requests.make("k", method: "PUT")
        #expect(record.work.readMark(record.fields) == nil)
    }

    private static func leader(_ reads: inout SharedReads, _ record: RequestRecord, epoch: UInt64 = 1) throws
        -> RequestTicket?
    {
        let mark = try #require(record.work.readMark(record.fields))
        return reads.leader(for: record, mark: mark, epoch: epoch)?.ticket
    }
}
