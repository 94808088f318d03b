// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Answers that go on")
struct FeedTests {
    private let lines = [FieldName.accept: "application/x-ndjson"]
    private let events = [FieldName.accept: "text/event-stream"]

    private func take(_ target: String, _ headers: [FieldName: String]) -> Came {
        openGateway().take(fields("GET", target, headers))
    }

    private func reply(_ wire: String) throws -> RESPValue {
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: wire.replacing("|", with: "\r\n")))
        return try #require(try decoder.next())
    }

    private func feed(_ target: String, _ headers: [FieldName: String]) throws -> Feed {
        guard case .feed(let feed) = self.take(target, headers) else { throw RESPError.malformedLine }
        return feed
    }

    @Test("ids are compared as numbers, and have a predecessor")
    func ids() {
        func id(_ text: String) -> StreamID? { StreamID(Array(text.utf8).span) }
        #expect(id("5-7") == StreamID(5, 7) && id("5") == StreamID(5, 0))
        #expect(id("18446744073709551615-18446744073709551615") == StreamID(.max, .max))
        for text in ["", "-", "5-", "-5", "5-7-9", "a", "5 ", "18446744073709551616", "1-18446744073709551616", "$"] {
            #expect(id(text) == nil, "\(text)")
        }
        #expect(StreamID(9, 9) < StreamID(10, 0) && StreamID(9, 9) < StreamID(9, 10))
        #expect(StreamID(5, 7).predecessor == StreamID(5, 6) && StreamID(5, 0).predecessor == StreamID(4, .max))
        #expect(StreamID.zero.predecessor == .zero)
    }

    @Test("a scan asks page by page, until the cursor is 0, and writes a line for each key")
    func keys() throws {
        var feed = try self.feed("/v1/keys?match=a%2A&count=50&type=hash", self.lines)
        let options = "$5|MATCH|$2|a*|$5|COUNT|$2|50|$4|TYPE|$4|hash|"
        #expect(feed.plan.wire == "*8|$4|SCAN|$1|0|" + options)
        let step = feed.take(try self.reply("*2|$2|17|*2|$1|a|$1|\"|"))
        #expect(String(buffer: step.bytes) == "{\"key\":\"a\"}\n{\"key\":\"\\\"\"}\n" && step.problem == nil)
        #expect(feed.stage == .ask && feed.plan.wire == "*8|$4|SCAN|$2|17|" + options)
        #expect(feed.take(try self.reply("*2|$2|18|*0|")).parts.isEmpty)
        #expect(feed.take(try self.reply("*2|$1|0|*0|")).parts.isEmpty)
        #expect(feed.stage == .end)
        #expect(feed.take(try self.reply("-NOPERM x|")).problem?.status == 403)
        #expect(feed.take(try self.reply("*1|:1|")).problem?.status == 502)
        #expect(String(buffer: feed.ending(Problem.overloaded)).hasPrefix("{\"error\":{\"type\":"))
        #expect(try self.feed("/v1/keys?cursor=5", self.lines).plan.wire == "*2|$4|SCAN|$1|5|")
    }

    @Test("entries: what there is, then what comes; each event has its entry's id")
    func entries() throws {
        var feed = try self.feed("/v1/streams/s/entries?start=5", self.events)
        #expect(feed.plan.commands == ["XRANGE s (4-18446744073709551615 + COUNT 100"])
        let step = feed.take(try self.reply("*2|*2|$3|5-0|*2|$1|a|$2|b\n|*2|$3|5-1|*2|$1|c|$1|d|"))
        #expect(
            String(buffer: step.bytes) == """
                id: 5-0
                event: message
                data: {"id":"5-0","fields":[["a","b\\n"]]}

                id: 5-1
                event: message
                data: {"id":"5-1","fields":[["c","d"]]}


                """)
        #expect(String(buffer: step.bytes(after: StreamID(5, 0))).hasPrefix("id: 5-1\n"))
        #expect(step.bytes(after: StreamID(5, 1)).readableBytes == 0)
        #expect(feed.stage == .wait && feed.plan.needsLease && feed.plan.retryClass == .readOnly)
        #expect(feed.plan.commands == ["XREAD COUNT 100 BLOCK 10000 STREAMS s 5-1"])
        #expect(feed.take(try self.reply("_|")).parts.isEmpty && feed.stage == .wait)
        #expect(feed.take(try self.reply("%1|$1|s|*1|*2|$3|6-0|*2|$1|a|$1|b|")).parts.map(\.id) == [StreamID(6, 0)])
        #expect(feed.plan.commands == ["XREAD COUNT 100 BLOCK 10000 STREAMS s 6-0"])
        #expect(feed.take(try self.reply("-WRONGTYPE x|")).problem?.status == 409)
    }

    @Test("a full page is followed by another")
    func pages() throws {
        var feed = try self.feed("/v1/streams/s/entries", self.events.merging([.lastEventID: "7-1"]) { $1 })
        #expect(feed.plan.commands == ["XRANGE s (7-1 + COUNT 100"])
        let page = "*100|" + (1...100).map { "*2|$\("8-\($0)".utf8.count)|8-\($0)|*2|$1|a|$1|b|" }.joined()
        #expect(feed.take(try self.reply(page)).parts.count == 100)
        #expect(feed.stage == .ask && feed.plan.commands == ["XRANGE s (8-100 + COUNT 100"])
        _ = feed.take(try self.reply("*0|"))
        #expect(feed.stage == .wait)
    }

    @Test("without a place to begin at it is the newest entry, whose id is found out")
    func newest() throws {
        for (reply, last) in [("*1|*2|$3|5-2|*2|$1|a|$1|b|", "5-2"), ("*0|", "0-0")] {
            var feed = try self.feed("/v1/streams/s/entries", self.events)
            #expect(feed.plan.commands == ["XREVRANGE s + - COUNT 1"])
            #expect(feed.take(try self.reply(reply)).parts.isEmpty)
            #expect(feed.stage == .wait && feed.plan.commands[0].hasSuffix(" \(last)"))
        }
    }

    @Test("bad places, and parameters that events do not have")
    func refused() {
        #expect(self.take("/v1/streams/s/entries?start=x", self.events).refusal == "400 invalid-parameter")
        #expect(self.take("/v1/streams/s/entries?count=5", self.events).refusal == "400 invalid-parameter")
        let bad = self.events.merging([.lastEventID: "x"]) { $1 }
        #expect(self.take("/v1/streams/s/entries", bad).refusal == "400 invalid-header")
        #expect(self.take("/v1/keys?start=1", self.lines).refusal == "400 invalid-parameter")
        #expect(self.take("/v1/keys?cursor=x", self.lines).refusal == "400 invalid-parameter")
        #expect(openGateway().take(fields("HEAD", "/v1/keys", self.lines)).wire == "response 200")
        #expect(self.take("/v1/keys", [.accept: "*/*"]).plan != nil)
        #expect(self.take("/v1/streams/s/entries", [.accept: "application/json"]).plan != nil)
    }
}
