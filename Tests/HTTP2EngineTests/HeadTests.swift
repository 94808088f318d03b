// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Heads of responses")
struct HeadTests {
    @Test(
        "Status, type, identity, length and tag, in this order",
        arguments: [0, 1, 9, 10, 99, 100, 123_456, 4_294_967_296, Int.max])
    func wholeHead(count: Int) throws {
        let peer = try HeadPeer()
        let tag = ValueTag(digest: 0x0123_4567_89AB_CDEF)
        let response = Response(status: 200, contentType: .octetStream, contentLength: count, tag: tag)
        for _ in 0..<3 {
            #expect(
                try peer.head(of: response) == [
                    ":status: 200", "content-type: application/octet-stream", "x-request-id: 0123456789abcdef",
                    "content-length: \(count)", "etag: \"0123456789abcdef\"",
                ])
        }
        #expect(
            try peer.head(of: Response(status: 204, tag: ValueTag(digest: 1, isJSON: true))) == [
                ":status: 204", "x-request-id: 0123456789abcdef", "etag: \"0000000000000001-json\"",
            ])
    }

    @Test("Every status has its three digits")
    func statuses() throws {
        let peer = try HeadPeer()
        for status in 200...599 {
            #expect(try peer.head(of: Response(status: status)).first == ":status: \(status)")
        }
    }

    @Test("What was sent before is an index: a usual head has less than 60 bytes")
    func indexes() throws {
        let peer = try HeadPeer()
        let response = Response(
            status: 200, contentType: .octetStream, body: ByteBuffer(string: "value"), tag: ValueTag(digest: .max))
        _ = try peer.head(of: response)
        let first = peer.blockBytes
        _ = try peer.head(of: response)
        #expect(first > 80 && peer.blockBytes < 60)
    }

    @Test("Further response fields go out in order, empty and long values included")
    func responseFields() throws {
        let connection = try Connection.established()
        let long = String(repeating: "é", count: 3000)
        for stream: Int32 in [1, 3] {
            try connection.request(stream)
            let fields = [
                ResponseField(.etag, "\"abc\""), ResponseField(.allow, ""), ResponseField(.location, long),
                ResponseField(.redisTTL, "12"),
            ]
            try connection.respond(stream, Response(status: 201, fields: fields))
            let head = try connection.decode(#require(connection.frames().first))
            #expect(head["etag"] == "\"abc\"")
            #expect(head["allow"] == "")
            #expect(head["location"] == long)
            #expect(head["redis-ttl-ms"] == "12")
        }
    }

    @Test(
        "A browser is told not to sniff what has a type",
        arguments: [
            ("origin", "null", ContentType.octetStream, "nosniff"), ("sec-fetch-site", "none", .problem, "nosniff"),
            ("sec-fetch-site", "cross-site", nil, nil), ("accept", "*/*", .octetStream, nil),
        ])
    func sniffing(name: String, value: String, type: ContentType?, expected: String?) throws {
        let connection = try Connection.established()
        try connection.request(1, "GET", "/", [(name, value)])
        try connection.respond(1, Response(status: 200, contentType: type, body: ByteBuffer(string: "<script>")))
        let head = try connection.decode(try #require(try connection.frames().first))
        #expect(head["x-content-type-options"] == expected)
    }

    @Test("A request's own X-Request-Id is returned as it came")
    func takenRequestID() throws {
        let connection = try Connection.established()
        let identity = String(repeating: "a-Z0", count: 32)
        try connection.request(1, "GET", "/", [("x-request-id", identity)])
        let stream = try #require(connection.streams[1])
        try connection.session.respond(to: stream, with: Response(status: 200), requestID: .taken)
        let head = try connection.decode(#require(connection.frames().first))
        #expect(head["x-request-id"] == identity)
    }

    @Test(
        "A head that needs more than a frame goes on in CONTINUATION frames",
        arguments: [16_383, 16_384, 16_385, 32_767, 32_768, 32_769, 50_000])
    func continuation(bytes: Int) throws {
        let peer = try HeadPeer()
        let response = { (count: Int) in
            Response(status: 200, fields: [ResponseField(.link, String(repeating: "v", count: count))])
        }
        _ = try peer.head(of: response(bytes - 100))
        _ = try peer.head(of: response(bytes - 100))
        let count = bytes - (peer.blockBytes - (bytes - 100))
        #expect(try peer.head(of: response(count)).last == "link: \(String(repeating: "v", count: count))")
        #expect(peer.blockBytes == bytes)
        #expect(peer.frameCount == (bytes + 16_383) / 16_384)
    }

    @Test("100 (Continue) goes before the head, and once")
    func interim() throws {
        let connection = try Connection.established()
        try connection.request(1, "PUT", end: false)
        let stream = try #require(connection.streams[1])
        try connection.session.sendContinue(to: stream)
        try connection.session.sendContinue(to: stream)
        try connection.send(.data(1, ByteBuffer(string: "x"), end: true))
        try connection.respond(1)
        let frames = try connection.frames().filter { $0.kind == .headers || $0.kind == .data }
        #expect(frames.map(\.kind) == [.headers, .headers, .data])
        #expect(try connection.decode(frames[0]) == [":status": "100"])
        #expect(!frames[0].endsStream)
        #expect(try connection.decode(frames[1])[":status"] == "200")
    }

    @Test(
        "A peer without a compression table gets literals",
        arguments: [0, 31, 67, 68, 69, 127, 128, 129, 4095, 4096, .max])
    func smallTables(size: UInt32) throws {
        let peer = try HeadPeer(tableBytes: size)
        // Octets take 68 bytes of the table, the name of the identity 60.
        let response = Response(status: 200, contentType: .octetStream, body: ByteBuffer(string: "value"))
        let first = try peer.head(of: response)
        #expect(try peer.head(of: response) == first && first.count == 4)
        #expect(peer.tableEntries == (size < 60 ? 0 : size < 68 ? 1 : size < 128 ? 1 : 2))
    }

    @Test("A table that the peer makes smaller and larger is emptied", arguments: 0..<300 as Range<UInt64>)
    func changingTables(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let peer = try HeadPeer()
        for _ in 0..<60 {
            if Int.random(in: 0..<4, using: &random) == 0 {
                let sizes: [UInt32] = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    [0, 60, 100, 200, 1000, 4096, 65_536].randomElement(using: &random) ?? 0
                }
                try peer.limitTable(sizes)
            }
            let type = Bool.random(using: &random) ? ContentType.allCases.randomElement(using: &random) : nil
            var response = Response(status: Int.random(in: 200...599, using: &random), contentType: type)
            var expected = [":status: \(response.status)"]
            if let type { expected.append("content-type: \(type.value)") }
            let isBrowser = Int.random(in: 0..<3, using: &random) == 0
            if isBrowser, type != nil { expected.append("x-content-type-options: nosniff") }
            expected.append("x-request-id: 0123456789abcdef")
            if !response.isBodiless { expected.append("content-length: 0") }
            for name in ResponseField.Name.allCases where Int.random(in: 0..<10, using: &random) == 0 {
                let value = String(repeating: "v", count: Int.random(in: 0..<300, using: &random))
                response.fields.append(ResponseField(name, value))
                expected.append("\(name.value): \(value)")
            }
            #expect(try peer.head(of: response, isBrowser: isBrowser) == expected)
        }
    }
}
