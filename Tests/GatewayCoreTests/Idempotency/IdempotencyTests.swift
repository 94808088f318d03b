// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Idempotency-Key")
struct IdempotencyTests {
    private func take(
        _ method: String, _ target: String, _ body: String = "", key: String = "abc", _ more: [FieldName: String] = [:]
    ) -> Came {
        openGateway { $0.argumentsPerCommand = 5_000 }.take(
            fields(method, target, more.merging([.idempotencyKey: key]) { $1 }), body)
    }

    private struct Unexpected: Error {
        var came: String
    }

    /// The words of the EVAL that a request becomes, without the script.
    private func eval(_ came: Came) throws -> [String] {
        guard case .idempotent(_, let command) = came else { throw Unexpected(came: came.refusal) }
        let bytes = command.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0) else { return [] }
        var words: [String] = []
        while let word = cursor.next(bytes) {
            words.append(command.getString(at: word.content.lowerBound, length: word.content.count) ?? "")
        }
        #expect(cursor.count == words.count && words[0] == "EVAL" && words[2] == "1")
        return Array(words[3...])
    }

    @Test("keys are visible ASCII, in quotes or not, up to 255 bytes")
    func syntax() {
        for (key, isKey) in [
            ("a", true), ("\"a\"", true), ("", false), ("\"\"", false), ("a b", false), ("\"", false), ("a\"b", false),
            ("\u{7F}", false), ("é", false), (String(repeating: "k", count: 254), true),
            (String(repeating: "k", count: 255), true), (String(repeating: "k", count: 256), false),
            ("\"\(String(repeating: "k", count: 255))\"", true), ("\"\(String(repeating: "k", count: 256))\"", false),
        ] {
            #expect((IdempotencyKey(Array(key.utf8).span) != nil) == isKey, "\(key)")
            if !isKey { #expect(self.take("PUT", "/v1/strings/k", "v", key: key).refusal == "400 invalid-header") }
        }
    }

    @Test("the commands are words of the script, which is sent again if its reply is lost")
    func commands() throws {
        let words = try self.eval(self.take("POST", "/v1/strings/k/increment", #"{"by":5}"#))
        #expect(words[0].hasPrefix("baton:idempotency:{k}:") && words[0].utf8.count == 22 + 32)
        #expect(words[1].utf8.count >= 1)
        #expect(Array(words[2...]) == ["86400000", "0", "1", "0", "3", "INCRBY", "k", "5"])
        let transaction = try self.eval(
            self.take("POST", "/v1/transactions", #"[["SET","{t}k","v"],["MGET","a","b"],["GET","a"]]"#))
        #expect(transaction[0].hasPrefix("baton:idempotency:{t}:"))
        #expect(
            Array(transaction[2...]) == [
                "86400000", "1", "3", "0", "3", "SET", "{t}k", "v", "2", "3", "MGET", "a", "b", "0", "2", "GET", "a",
            ])
    }

    @Test("the record is the caller's, the fingerprint the request's")
    func identity() throws {
        let first = try self.eval(self.take("PUT", "/v1/strings/k", "v"))
        #expect(try self.eval(self.take("PUT", "/v1/strings/k", "v", key: "\"abc\"")) == first)
        let otherValue = try self.eval(self.take("PUT", "/v1/strings/k", "w"))
        #expect(otherValue[0] == first[0] && otherValue[1] != first[1])
        let otherForm = try self.eval(
            self.take("PUT", "/v1/strings/k", "v", [.prefer: "return=representation"]))
        #expect(otherForm[0] == first[0] && otherForm[1] != first[1])
        #expect(try self.eval(self.take("PUT", "/v1/strings/k", "v", key: "abd"))[0] != first[0])
        #expect(try self.eval(self.take("PUT", "/v1/strings/k", "v", [.authorization: "Bearer x"]))[0] != first[0])
    }

    @Test(
        "what a script cannot run, or whose reply it cannot hold, is refused",
        arguments: [
            #"["EVAL","return 1",0]"#, #"["SORT","k"]"#, #"["BITFIELD","k","INCRBY","i64",0,1]"#, #"["BLPOP","k",1]"#,
            #"["GEOPOS","k","m"]"#, #"["XREADGROUP","GROUP","g","c","STREAMS","s","0"]"#, #"["FUNCTION","FLUSH"]"#,
            #"["SCRIPT","LOAD","return 1"]"#, #"["XINFO","STREAM","s"]"#, #"["KEYS","*"]"#,
        ])
    func refused(command: String) {
        #expect(self.take("POST", "/v1/commands", command).refusal == "422 idempotency-not-possible")
        let batch = self.take("POST", "/v1/pipelines", "[[\"SET\",\"a\",\"b\"],\(command)]")
        if command.contains("BLPOP") {
            #expect(batch.refusal == "403 command-not-allowed")
        } else {
            #expect(batch.refusal == "422 idempotency-not-possible" && batch.problem?.details.commandIndex == 1)
        }
    }

    @Test("conditions, waits and other surfaces are refused; bad requests stay what they are")
    func notPossible() {
        for came in [
            self.take("PUT", "/v1/strings/k", "v", [.ifMatch: "*"]),
            self.take("POST", "/v1/transactions", #"{"if_none_match":["a"],"commands":[["PING"]]}"#),
            self.take("POST", "/v1/lists/k/pop", #"{"side":"left","wait_ms":1000}"#),
            self.take("POST", "/v1/maintenance/handoffs", #"{"upstream":"main","grace_ms":1000}"#),
            self.take("POST", "/", #"["INCR","k"]"#), self.take("POST", "/v1/scripts", "return 1"),
        ] {
            #expect(came.refusal == "422 idempotency-not-possible")
        }
        #expect(self.take("POST", "/v1/commands", "[").refusal == "400 invalid-json")
        #expect(self.take("POST", "/v1/commands", #"["MULTI"]"#).refusal == "403 command-not-allowed")
    }

    @Test("as many words as Lua can pass on")
    func wordLimit() throws {
        for (count, isTaken) in [(3_999, true), (4_000, true), (4_001, false)] {
            let body = "[" + (["\"DEL\""] + Array(repeating: "\"k\"", count: count - 1)).joined(separator: ",") + "]"
            let came = self.take("POST", "/v1/commands", body)
            #expect(isTaken == (came.refusal != "422 idempotency-not-possible"))
        }
    }

    @Test("answers of the script")
    func answers() {
        func read(_ wire: String, count: Int = 1) -> String {
            let payload = ByteBuffer(string: wire)
            switch IdempotentReply(RESPValue(kind: .bulkString, payload: payload), count: count) {
            case .replies(let replies, let isReplayed): return "\(replies.count) \(isReplayed)"
            case .problem(let problem): return "\(problem.status) \(problem.kind.slug)"
            }
        }
        #expect(read("N:1\r\n") == "1 false")
        #expect(read("F-ERR x\r\n") == "1 false")
        #expect(read("R:1\r\n*1\r\n$1\r\na\r\n", count: 2) == "2 true")
        #expect(read("X") == "422 idempotency-key-reused")
        for wire in ["", "R", "R:1\r\n:2\r\n", "R:1", "R$5\r\nab"] {
            #expect(read(wire) == "502 backend-protocol", "\(wire)")
        }
        let error = RESPValue(kind: .simpleError, payload: ByteBuffer(string: "OOM x"))
        guard case .problem(let problem) = IdempotentReply(error, count: 3) else {
            Issue.record("no problem")
            return
        }
        #expect(problem.status == 507)
    }
}
