// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Conditions of a transaction")
struct TransactionConditionTests {
    private func take(_ body: String, limit: Int = 8) -> Came {
        openGateway { $0.argumentsPerCommand = limit }.take(fields("POST", "/v1/transactions"), body)
    }

    @Test("keys are watched and read first, on a connection that is kept")
    func check() throws {
        let plan = try #require(
            self.take(
                #"{"if_match":{"a":"\"0123456789abcdef\"","b":"*"},"commands":[["INCR","n"],["GET","a"]],"if_none_match":["c"]}"#
            ).plan)
        #expect(plan.commands == ["WATCH a b c", "GET a", "EXISTS b", "EXISTS c"])
        #expect(plan.replyCount == 4 && plan.needsLease && plan.keepsLease && plan.mayContinue && !plan.isTransaction)
        #expect(plan.retryClass == .readOnly)
        let next = plan.checkedTransaction
        #expect(next.commands == ["MULTI", "INCR n", "GET a", "EXEC"])
        #expect(next.replyCount == 4 && next.needsLease && !next.keepsLease && next.retryClass == .bound)
    }

    @Test("keys can be any bytes")
    func binaryKeys() throws {
        let plan = try #require(
            self.take(#"{"if_match":[[{"base64":"/w=="},"*"]],"if_none_match":[{"base64":""}],"commands":[["PING"]]}"#)
                .plan)
        #expect(plan.replyCount == 3)
        #expect(plan.commands[2] == "EXISTS ")
    }

    @Test("without conditions it is an ordinary transaction")
    func none() throws {
        let plan = try #require(self.take(#"{"if_match":{},"if_none_match":[],"commands":[["PING"]]}"#).plan)
        #expect(plan.commands == ["MULTI", "PING", "EXEC"])
    }

    @Test(
        "what is no condition is 400",
        arguments: [
            #"{"if_match":"a","commands":[["PING"]]}"#, #"{"if_match":{"a":1},"commands":[["PING"]]}"#,
            #"{"if_match":{"a":"x"},"commands":[["PING"]]}"#, #"{"if_match":{"a":"\"x\", *"},"commands":[["PING"]]}"#,
            #"{"if_match":[["a"]],"commands":[["PING"]]}"#, #"{"if_match":[["a","*","b"]],"commands":[["PING"]]}"#,
            #"{"if_match":["a"],"commands":[["PING"]]}"#, #"{"if_none_match":"a","commands":[["PING"]]}"#,
            #"{"if_none_match":[1],"commands":[["PING"]]}"#, #"{"if_none_match":["a"]}"#,
            #"{"if_none_match":["a"],"if_none_match":["b"],"commands":[["PING"]]}"#,
            #"{"if_match":{"a":"*"},"commands":[]}"#,
        ])
    func malformed(body: String) {
        #expect(self.take(body).refusal == "400 invalid-command")
    }

    @Test("as many conditions as a command may have arguments")
    func limit() {
        func body(_ count: Int) -> String {
            let keys = (0..<count).map { "\"k\($0)\"" }.joined(separator: ",")
            return "{\"if_none_match\":[\(keys)],\"commands\":[[\"PING\"]]}"
        }
        #expect(self.take(body(7)).plan != nil)
        #expect(self.take(body(8)).plan != nil)
        #expect(self.take(body(9)).refusal == "400 invalid-command")
    }

    @Test("a pipeline has none")
    func pipeline() {
        let body = #"{"if_none_match":["a"],"commands":[["PING"]]}"#
        #expect(openGateway().take(fields("POST", "/v1/pipelines"), body).refusal == "400 invalid-command")
    }
}
