// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayServer

@Suite("Request work")
struct RequestWorkTests {
    private static let replies: [RESPValue] = [
        RESPValue(kind: .bulkString, payload: ByteBuffer(string: "value")),
        RESPValue(kind: .bulkString, payload: ByteBuffer()),
        RESPValue(kind: .null, payload: ByteBuffer()),
        RESPValue(kind: .integer, payload: ByteBuffer(string: "1")),
        RESPValue(kind: .integer, payload: ByteBuffer(string: "-1")),
        RESPValue(kind: .integer, payload: ByteBuffer(string: "0")),
        RESPValue(kind: .simpleString, payload: ByteBuffer(string: "OK")),
        RESPValue(kind: .simpleError, payload: ByteBuffer(string: "WRONGTYPE Operation against a key")),
        RESPValue(kind: .simpleError, payload: ByteBuffer(string: "LOADING Redis is loading")),
        RESPValue(kind: .bulkError, payload: ByteBuffer(string: "ERR no")),
        RESPValue(kind: .array, count: 0, payload: ByteBuffer()),
    ]

    /// Every pair of replies, after every pair of earlier ones whose request was sent again.
    @Test("whatever Redis says, a direct request is answered as its plan would be", arguments: [Method.get, .put])
    func sameAnswers(method: Method) throws {
        let fields = RequestFields()
        defer { fields.deallocate() }
        fields.set(.method, value: Array(method.name.utf8).span)
        fields.set(.path, value: Array("/v1/strings/a:b".utf8).span)
        var cache = AuthenticationCache()
        let gateway = Gateway(configuration: GatewayConfiguration())
        var direct = try #require(gateway.direct(fields, cache: &cache))
        if direct.isWrite { direct.value = ByteBuffer(string: "written") }
        var random = SeededGenerator(seed: 7)
        for first in Self.replies {
            for second in Self.replies {
                let history = Bool.random(using: &random) ? [Self.replies[Int.random(in: 0..<11, using: &random)]] : []
                let came = [history, [first, second]]
                let ours = Self.answer(came, fields) { $0.start(direct) }
                let theirs = Self.answer(came, fields) { $0.start(direct.plan(fields)) }
                #expect(ours == theirs)
            }
        }
    }

    /// The response to the last of several runs of the same commands.
    private static func answer(
        _ runs: [[RESPValue]], _ fields: RequestFields, _ start: (inout RequestWork) -> Void
    ) -> String {
        var work = RequestWork()
        defer { work.deallocate() }
        start(&work)
        var isLast = false
        for replies in runs {
            for (ordinal, reply) in replies.enumerated() {
                isLast = work.received(reply, ordinal: ordinal, fields: fields)
            }
        }
        guard isLast else { return "not the last" }
        let response = work.finish(requestID: .made(1), fields: fields)
        return "\(response.status) \(String(describing: response.contentType)) \(response.fields) "
            + "\(String(describing: response.tag)) \(String(buffer: response.body))"
    }

    @Test("the replies of a request whose caller has gone are counted, whatever they are")
    func abandoned() throws {
        let fields = RequestFields()
        defer { fields.deallocate() }
        fields.set(.method, value: Array("GET".utf8).span)
        fields.set(.path, value: Array("/v1/strings/a".utf8).span)
        var cache = AuthenticationCache()
        let direct = try #require(Gateway(configuration: GatewayConfiguration()).direct(fields, cache: &cache))
        for first in Self.replies {
            for second in Self.replies {
                var work = RequestWork()
                defer { work.deallocate() }
                work.start(direct)
                let isFirstLast = work.received(first, ordinal: 0, fields: nil)
                let isSecondLast = work.received(second, ordinal: 1, fields: nil)
                #expect(!isFirstLast && isSecondLast)
            }
        }
    }
}
