// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import Testing

@testable import GatewayCore

@Suite("Plans with scripts")
struct ScriptPlanTests {
    private let gateway = Gateway(configuration: GatewayConfiguration())

    @Test(
        "a script may have run in part, any other command has run or has not",
        arguments: [
            ("/v1/commands", "[\"EVAL\",\"return 1\",\"0\"]", true), ("/v1/commands", "[\"INCR\",\"k\"]", false),
            ("/v1/commands", "[\"evalsha\",\"x\",\"0\"]", true),
            ("/v1/commands", "[\"EVAL_RO\",\"return 1\",\"0\"]", false),
            ("/v1/pipelines", "{\"commands\":[[\"INCR\",\"k\"],[\"FCALL\",\"f\",\"0\"]]}", true),
            ("/v1/pipelines", "{\"commands\":[[\"INCR\",\"k\"],[\"SET\",\"FCALL\",\"EVAL\"]]}", false),
        ])
    func scripts(path: String, body: String, mayRunPartly: Bool) throws {
        let plan = try #require(self.gateway.take(fields("POST", path, [.contentType: "application/json"]), body).plan)
        #expect(plan.mayRunPartly == mayRunPartly)
    }

    @Test("scripts are kept by their digest, up to so many bytes; the oldest go first")
    func store() {
        #expect(
            String(buffer: ScriptStore.digest(ByteBuffer(string: "return 1")))
                == "e0e1f9fabfc9d4800c877a703b823ac0578ff8db")
        let store = ScriptStore(limit: 10)
        func has(_ text: String) -> Bool { store.script(ScriptStore.digest(ByteBuffer(string: text))) != nil }
        for text in ["a12345678", "b123456789", "c1234567890", "d"] { store.insert(ByteBuffer(string: text)) }
        #expect(!has("a12345678") && !has("b123456789") && !has("c1234567890") && has("d"))
        store.insert(ByteBuffer(string: "e12345678"))
        store.insert(ByteBuffer(string: "d"))
        #expect(has("d") && has("e12345678"))
        store.insert(ByteBuffer(string: "f"))
        #expect(!has("d") && has("e12345678") && has("f"))
        let upper = ByteBuffer(string: String(buffer: ScriptStore.digest(ByteBuffer(string: "f"))).uppercased())
        #expect(store.script(upper) != nil)
        let none = ScriptStore(limit: 0)
        none.insert(ByteBuffer(string: "x"))
        #expect(none.script(ScriptStore.digest(ByteBuffer(string: "x"))) == nil)
    }

    @Test("a script that the server does not know is sent with its text; any other error is the answer")
    func reloading() throws {
        #expect(self.gateway.take(fields("POST", "/v1/scripts"), "return 1").plan?.mayContinue == false)
        let sha = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db"
        for (readOnly, name) in [("false", "EVAL"), ("true", "EVAL_RO")] {
            for (error, goesOn) in [("NOSCRIPT No matching script.", true), ("ERR x", false)] {
                let body = "{\"keys\":[\"k\"],\"arguments\":[\"a\",\"b\"],\"read_only\":\(readOnly)}"
                let request = fields("POST", "/v1/scripts/\(sha.uppercased())/invocations")
                let plan = try #require(self.gateway.take(request, body).plan)
                #expect(plan.mayContinue)
                var renderer = ReplyRenderer(plan: plan)
                renderer.received(RESPValue(kind: .simpleError, payload: ByteBuffer(string: error)), ordinal: 0)
                let next = renderer.continuation(of: plan, fields: request, scripts: self.gateway.scripts)
                #expect(next?.commands == (goesOn ? ["\(name) return 1 1 k a b"] : nil))
                #expect(renderer.continuation(of: plan, fields: request, scripts: ScriptStore(limit: 9)) == nil)
            }
        }
        let function = self.gateway.take(fields("POST", "/v1/functions/f/invocations"), "{}")
        #expect(function.plan?.mayContinue == false)
    }
}
