// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("The tour")
    struct TourTests {
        @Test("strings, keys, commands and batches over HTTP/1.1, to the status and the byte")
        func http1() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let binary: [UInt8] = [0, 255, 13, 10, 0x80]
            #expect(client.request("GET", "/v1/strings/a%2Fb%00%FF")?.status == 404)
            #expect(client.request("PUT", "/v1/strings/a%2Fb%00%FF", body: binary)?.status == 201)
            #expect(client.request("PUT", "/v1/strings/a%2Fb%00%FF", body: binary)?.status == 204)
            #expect(client.request("GET", "/v1/strings/a%2Fb%00%FF")?.body == binary)
            #expect(gateway.redis.command("STRLEN", "a/b\0") == ":0\r\n", "the key is the three bytes and 0xFF")
            let head = try #require(client.request("HEAD", "/v1/strings/a%2Fb%00%FF"))
            #expect(head.status == 200 && head.fields["content-length"] == "5" && head.body.isEmpty)
            let part = try #require(client.request("GET", "/v1/strings/a%2Fb%00%FF", fields: ["Range": "bytes=1-2"]))
            #expect(part.status == 206 && part.body == [255, 13] && part.fields["content-range"] == "bytes 1-2/5")
            #expect(client.request("GET", "/v1/strings/a%2Fb%00%FF", fields: ["Range": "bytes=9-"])?.status == 416)
            #expect(client.request("DELETE", "/v1/strings/a%2Fb%00%FF")?.status == 204)
            #expect(client.request("DELETE", "/v1/strings/a%2Fb%00%FF")?.status == 404)

            #expect(client.request("PUT", "/v1/strings/t?ttl_ms=60000", body: [0x31])?.status == 201)
            let ttl = client.request("GET", "/v1/strings/t")?.fields["redis-ttl-ms"].flatMap { Int($0) } ?? 0
            #expect((1...60_000).contains(ttl))
            #expect(client.request("DELETE", "/v1/keys/t/ttl")?.status == 204)
            #expect(client.request("GET", "/v1/keys/t/ttl")?.text == "{\"ttl_ms\":null}")
            #expect(client.request("GET", "/v1/keys/t")?.member("type") == "string")

            let incr = client.request(
                "POST", "/v1/commands", fields: Gateway.jsonFields, body: Gateway.json(["INCR", "n"]))
            #expect(incr?.text == "{\"result\":1}")
            let batch = Array("{\"commands\":[[\"INCR\",\"n\"],[\"LPUSH\",\"n\",\"x\"],[\"GET\",\"n\"]]}".utf8)
            let pipeline = try #require(
                client.request("POST", "/v1/pipelines", fields: Gateway.jsonFields, body: batch))
            #expect(
                pipeline.status == 200
                    && pipeline.text.hasPrefix(
                        "{\"results\":[{\"result\":2},{\"error\":{\"type\":\"/problems/wrong-type\"")
            )
            #expect(pipeline.text.hasSuffix("{\"result\":\"2\"}]}"))
            let transaction = Array("{\"commands\":[[\"INCR\",\"n\"],[\"GET\",\"n\"]]}".utf8)
            let both = client.request("POST", "/v1/transactions", fields: Gateway.jsonFields, body: transaction)
            #expect(both?.text == "{\"results\":[{\"result\":3},{\"result\":\"3\"}]}")
            let aborted = Array("{\"commands\":[[\"INCR\",\"n\"],[\"GET\"]]}".utf8)
            #expect(
                client.request("POST", "/v1/transactions", fields: Gateway.jsonFields, body: aborted)?.status == 422)
            #expect(gateway.redis.command("GET", "n") == "$1\r\n3\r\n", "nothing of an aborted transaction ran")
        }

        @Test("the same over HTTP/2 by an independent stack, many at once, with large values")
        func http2() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            #expect(try await client.request("PUT", "/v1/strings/large", body: large).status == 201)
            #expect(try await client.request("GET", "/v1/strings/large").body == large)
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<200 {
                    tasks.addTask {
                        let key = "/v1/strings/k\(number)"
                        let put = try await client.request("PUT", key, body: Array("v\(number)".utf8)).status
                        let text = try await client.request("GET", key).text
                        return put == 201 && text == "v\(number)"
                    }
                }
                for try await isRight in tasks { #expect(isRight) }
            }
            let echoed = try await client.request("GET", "/livez", fields: [("x-request-id", "mine-1")])
            #expect(echoed.fields["x-request-id"] == "mine-1")
            let wrong = try await client.request("PATCH", "/v1/strings/k1")
            #expect(wrong.status == 405 && wrong.fields["allow"] == "GET, HEAD, PUT, DELETE, OPTIONS")
            #expect(
                wrong.fields["content-type"] == "application/problem+json" && wrong.member("outcome") == "not-executed")
            client.close()
        }

        @Test(
            "a large value flows at once to a peer whose windows are wide, and in turns to one whose are not",
            arguments: [true, false])
        func largeValues(isWide: Bool) throws {
            let gateway = try Gateway()
            let size = 8 << 20
            let client = try gateway.http1()
            #expect(client.request("PUT", "/v1/strings/large", body: [UInt8](repeating: 7, count: size))?.status == 201)
            let peer = try #require(RawConnection(port: gateway.baton.port))
            let window: UInt32 = 1 << 30
            var hello = HTTP2Bytes.preface
            if isWide {
                hello += HTTP2Bytes.frame(4, 0, 0, [0, 4] + HTTP2Bytes.bytes(window))
                hello += HTTP2Bytes.frame(8, 0, 0, HTTP2Bytes.bytes(window))
            } else {
                hello += HTTP2Bytes.settings
            }
            peer.send(hello + HTTP2Bytes.headers(1, "/v1/strings/large"))
            var received = 0
            var credited = 0
            let end = Wait.now() + 10
            while received < size, Wait.now() < end, let bytes = peer.receive(seconds: 5), !bytes.isEmpty {
                received += bytes.count
                guard !isWide, received - credited > 32_768 else { continue }
                let credit = HTTP2Bytes.bytes(UInt32(received - credited))
                peer.send(HTTP2Bytes.frame(8, 0, 0, credit) + HTTP2Bytes.frame(8, 0, 1, credit))
                credited = received
            }
            #expect(received >= size, "\(received) bytes came")
        }

        @Test("hundreds of uploads at once on one connection, and a refused one writes nothing")
        func uploads() async throws {
            let gateway = try Gateway("--buffered-bodies-per-loop", "1MiB")
            let client = try await gateway.http2()
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<100 {
                    tasks.addTask {
                        let body = [UInt8](repeating: UInt8(number), count: 4_000)
                        return try await client.request("PUT", "/v1/strings/u\(number)", body: body).status == 201
                    }
                }
                for try await isRight in tasks { #expect(isRight) }
            }
            let tooMuch = [UInt8](repeating: 1, count: 2 << 20)
            let refused = try await client.request("PUT", "/v1/strings/refused", body: tooMuch)
            #expect(refused.status == 503 && refused.member("outcome") == "not-executed")
            // All of it in one read: what is behind a refusal is dropped.
            let peer = try #require(RawConnection(port: gateway.baton.port))
            let data = HTTP2Bytes.frame(0, 1, 1, [0x78])
            let head = HTTP2Bytes.frame(1, 4, 1, HTTP2Bytes.block("/v1/strings/refused", method: 0x83))
            peer.send(HTTP2Bytes.preface + HTTP2Bytes.settings + head + data)
            let answer = peer.receive() ?? []
            #expect(!answer.isEmpty)
            #expect(try await client.request("GET", "/livez").status == 200)
            #expect(gateway.redis.command("EXISTS", "refused") == ":0\r\n")
            #expect(gateway.redis.command("STRLEN", "u99") == ":4000\r\n")
            client.close()
        }

        @Test("curl and nghttp agree, in cleartext and over TLS", arguments: [false, true])
        func clients(isTLS: Bool) throws {
            let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: directory) }
            var arguments: [String] = []
            if isTLS {
                let made = try run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "2",
                        "-subj", "/CN=localhost", "-keyout", "\(directory)/k.pem", "-out", "\(directory)/c.pem",
                    ])
                #expect(made.status == 0)
                arguments = ["--tls-certificate", "\(directory)/c.pem", "--tls-key", "\(directory)/k.pem"]
            }
            let redis = try RedisServerProcess()
            let baton = try BatonProcess(["--redis", redis.url] + arguments)
            let url = "\(isTLS ? "https" : "http")://127.0.0.1:\(baton.port)/v1/strings/greeting"
            for (version, name) in [("--http1.1", "1.1"), (isTLS ? "--http2" : "--http2-prior-knowledge", "2")] {
                let put = try run(
                    "curl",
                    [
                        "-sk", version, "-X", "PUT", "--data-binary", "hello \(name)", "-o", "/dev/null", "-w",
                        "%{http_code} %{http_version}", url,
                    ])
                #expect(put.output.hasSuffix(" \(name)") && put.output.hasPrefix("20"))
                #expect(try run("curl", ["-sk", version, url]).output == "hello \(name)")
            }
            #expect(try run("nghttp", [url]).output.contains("hello 2"))
        }

        @Test("errors are problems with the right status, on both versions")
        func errors() async throws {
            let gateway = try Gateway("--body-maximum", "1KiB", "--target-maximum", "100B")
            let http1 = try gateway.http1()
            let http2 = try await gateway.http2()
            let json = Gateway.jsonFields
            let big = [UInt8](repeating: 0x61, count: 1025)
            let long = "/v1/strings/" + String(repeating: "k", count: 100)
            let cases: [(String, String, [String: String], [UInt8], Int)] = [
                ("GET", "/v1/nowhere", [:], [], 404), ("POST", "/v1/strings/k", [:], [1], 405),
                ("GET", "/v1/strings/%zz", [:], [], 400),
                ("GET", "/v1/strings/k?x=1", [:], [], 400), ("PUT", "/v1/strings/k?ttl_ms=0", [:], [1], 400),
                ("GET", "/v1/keys/k", ["Accept": "text/html"], [], 406),
                ("POST", "/v1/commands", ["Content-Type": "text/plain"], [0x5B], 415),
                ("POST", "/v1/commands", json, Array("[\"GET\",".utf8), 400),
                ("POST", "/v1/commands", json, Array("[]".utf8), 400),
                ("POST", "/v1/commands", json, Gateway.json(["NOSUCH"]), 403),
                ("POST", "/v1/commands", json, Gateway.json(["GET"]), 400),
                ("PUT", "/v1/strings/k", [:], big, 413), ("GET", long, [:], [], 414),
                ("GET", "/livez", ["Request-Timeout-Ms": "x"], [], 400),
            ]
            for (method, target, fields, body, status) in cases {
                let pairs = fields.map { ($0.key.lowercased(), $0.value) }
                let second = try await http2.request(method, target, fields: pairs, body: body)
                #expect(
                    second.status == status && second.fields["content-type"] == "application/problem+json",
                    "\(method) \(target)")
                let fresh = try gateway.http1()
                let first = fresh.request(method, target, fields: fields, body: body)
                #expect(first?.status == status && first?.member("status") == "\(status)", "\(method) \(target)")
            }
            let fields = [("x-large", String(repeating: "x", count: 17_000))]
            #expect(try await http2.request("GET", "/livez", fields: fields).status == 431)
            #expect(http1.request("GET", "/livez", fields: ["X-Large": fields[0].1])?.status == 431)
            http2.close()
        }

        @Test("the description of the API is served, in YAML and in JSON")
        func description() async throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let yaml = try #require(client.request("GET", "/openapi.yaml"))
            #expect(yaml.status == 200 && yaml.fields["content-type"] == "application/yaml")
            #expect(yaml.text.hasPrefix("openapi: 3.1.0\n"))
            let json = try await gateway.http2().request("GET", "/openapi.json")
            #expect(json.status == 200 && json.member("openapi") == "3.1.0")
        }

        @Test(
            "tokens: none is 401, a read token may not write, health needs none; without tokens only loopback is served"
        )
        func tokens() throws {
            // The digests of `reader` and `writer`.
            let lines = """
                reader:3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30:read
                writer:b93006774cbdd4b299389a03ac3d88c3a76b460d538795bc12718011a909fba5:read,write
                """
            let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
            let redis = try RedisServerProcess()
            let baton = try BatonProcess(["--redis", redis.url, "--token-file", path])
            let client = try #require(HTTP1TestClient(port: baton.port))
            let none = client.request("GET", "/v1/strings/k")
            #expect(none?.status == 401 && none?.fields["www-authenticate"] == "Bearer")
            #expect(client.request("GET", "/livez")?.status == 200)
            #expect(client.request("GET", "/v1/strings/k", fields: ["Authorization": "Bearer reader"])?.status == 404)
            #expect(
                client.request("PUT", "/v1/strings/k", fields: ["Authorization": "Bearer reader"], body: [1])?.status
                    == 403
            )
            let writer = try #require(HTTP1TestClient(port: baton.port))
            #expect(
                writer.request("PUT", "/v1/strings/k", fields: ["Authorization": "Bearer writer"], body: [1])?.status
                    == 201
            )
            #expect(writer.request("GET", "/v1/strings/k", fields: ["Authorization": "Bearer other"])?.status == 401)
            // SIGHUP: a good file counts at once, on open connections too; a bad one changes nothing.
            func status(_ token: String) -> Int? {
                writer.request("GET", "/v1/strings/k", fields: ["Authorization": "Bearer \(token)"])?.status
            }
            func reload(_ text: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                baton.signal(SIGHUP)
            }
            let other = "other:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa:read\n"
            try reload(other)
            #expect(Wait.until(seconds: 5) { status("other") == 200 } && status("writer") == 401)
            try reload("nonsense\n")
            for _ in 0..<20 { #expect(status("other") == 200) }
            try reload(other + lines)
            #expect(Wait.until(seconds: 5) { status("writer") == 200 } && status("other") == 200)
            let open = try run(BatonProcess.executable.path, ["serve", "--listen", "0.0.0.0:0", "--redis", redis.url])
            #expect(open.status == 1)
        }
    }
}
