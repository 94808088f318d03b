// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Problems")
struct ProblemTests {
    @Test("every kind has a status of its class, its own slug, and texts")
    func kinds() {
        var slugs: Set<String> = []
        for kind in ProblemKind.allCases {
            #expect((400...599).contains(kind.status))
            #expect(slugs.insert(kind.slug.description).inserted, "\(kind.slug)")
            #expect(kind.slug.description.allSatisfy { $0.isLowercase || $0 == "-" })
            #expect(kind.detail.description.hasSuffix("."))
            #expect(!kind.title.description.isEmpty)
        }
    }

    @Test("the body has the members of RFC 9457 and the gateway's own")
    func body() {
        var details = Problem.Details()
        details.detail = "Because \"so\"."
        details.redisError = "WRONGTYPE x"
        details.command = "GET"
        details.commandIndex = 3
        details.outcome = .unknown
        details.isRetryable = true
        let response = Problem(.wrongType, details: details).response(requestID: .made(0xAB), fields: RequestFields())
        #expect(response.status == 409)
        #expect(response.contentType == .problem)
        #expect(
            response.text == """
                {"type":"/problems/wrong-type","title":"Wrong type","status":409,"detail":"Because \\"so\\".",\
                "instance":"00000000000000ab","redis_error":"WRONGTYPE x","command":"GET","command_index":3,\
                "outcome":"unknown","retryable":true}
                """)
    }

    @Test("a request id that was taken is named as it came")
    func takenID() {
        let request = fields("GET", "/", [.requestID: "abc/1=:+"])
        let response = Problem(kind: .routeNotFound).response(requestID: .taken, fields: request)
        #expect(
            response.text == """
                {"type":"/problems/route-not-found","title":"Route not found","status":404,\
                "detail":"There is nothing at this path.","instance":"abc/1=:+","outcome":"not-executed",\
                "retryable":false}
                """)
    }

    @Test("what an engine refuses")
    func rejections() {
        for rejection in [RequestRejection.malformed, .headerFieldsTooLarge, .targetTooLong, .bodyTooLarge] {
            #expect(Problem(rejection).status == rejection.status)
        }
        #expect(Problem.overloaded.status == 503)
        #expect(Problem.requestTimeout.status == 408)
        let response = Problem.overloaded.response(requestID: .made(1), fields: RequestFields())
        #expect(response.field(.retryAfter) == "1")
    }

    @Test(
        "why Redis did not answer",
        arguments: [
            (RedisFailure.deadlinePassed(written: false), RetryClass.unsafe, 504, Outcome.notExecuted, true),
            (.deadlinePassed(written: true), .unsafe, 504, .unknown, false),
            (.deadlinePassed(written: true), .idempotent, 504, .unknown, true),
            (.deadlinePassed(written: true), .readOnly, 504, .unknown, true),
            (.connectionLost, .unsafe, 502, .unknown, false), (.connectionLost, .readOnly, 502, .unknown, true),
            (.overloaded, .unsafe, 503, .notExecuted, true), (.shuttingDown, .unsafe, 503, .notExecuted, true),
            (.refused(reason: "WRONGPASS x"), .readOnly, 502, .notExecuted, false),
            (.badReply, .unsafe, 502, .unknown, false), (.badReply, .readOnly, 502, .unknown, true),
        ])
    func failures(failure: RedisFailure, retryClass: RetryClass, status: Int, outcome: Outcome, retryable: Bool) {
        let problem = Problem(failure, retryClass: retryClass)
        #expect(problem.status == status)
        #expect(problem.details.outcome == outcome)
        #expect(problem.details.isRetryable == retryable)
        let response = problem.response(requestID: .made(1), fields: RequestFields())
        #expect((response.field(.retryAfter) == "1") == (status == 503))
    }
}
