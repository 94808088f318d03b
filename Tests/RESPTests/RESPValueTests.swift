// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RESP

@Suite("RESP value")
struct RESPValueTests {
    private func value(_ wire: String) throws -> RESPValue {
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: wire))
        return try #require(try decoder.next())
    }

    @Test(
        "integers are exact",
        arguments: [
            (":0\r\n", 0), (":-0\r\n", 0), (":+12\r\n", 12), (":9223372036854775807\r\n", Int64.max),
            (":-9223372036854775808\r\n", .min),
        ])
    func integers(wire: String, number: Int64) throws {
        #expect(try self.value(wire).integer == number)
    }

    @Test("a value of another kind has no number, no truth and no elements")
    func otherKinds() throws {
        let text = try self.value("$1\r\n1\r\n")
        #expect(text.integer == nil)
        #expect(text.boolean == nil)
        #expect(Array(text.elements.map(\.string)).isEmpty)
        #expect(try self.value("#t\r\n").boolean == true)
        #expect(try self.value("#f\r\n").boolean == false)
        #expect(try self.value("_\r\n").isNull)
    }

    @Test("an error's code is its whole first word")
    func errorCodes() throws {
        let loading = try self.value("-LOADING Redis is loading\r\n")
        #expect(loading.isError)
        #expect(loading.hasErrorCode("LOADING"))
        #expect(!loading.hasErrorCode("LOAD"))
        #expect(!loading.hasErrorCode("LOADINGS"))
        #expect(try self.value("-ERR\r\n").hasErrorCode("ERR"))
        #expect(try self.value("!9\r\nBUSY long\r\n").hasErrorCode("BUSY"))
        #expect(try !self.value("+BUSY\r\n").hasErrorCode("BUSY"))
    }

    @Test("a value made by hand of bytes that are no elements has none")
    func handMade() {
        let value = RESPValue(kind: .array, count: 3, payload: ByteBuffer(string: "nonsense"))
        #expect(Array(value.elements.map(\.string)).isEmpty)
    }
}
