// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@testable import GatewayCore

@Suite("Admission")
struct AdmissionTests {
    let gateway = openGateway()

    @Test(
        "Accept chooses octets or JSON of a string",
        arguments: [
            ("", "406"), ("*/*", "octets"), ("application/*", "octets"), ("application/octet-stream", "octets"),
            ("application/json", "json"), ("APPLICATION/JSON", "json"), ("application/json;charset=utf-8", "json"),
            ("application/json, text/plain, */*", "json"), ("text/html, */*;q=0.1", "octets"),
            ("application/json;q=0.5, application/octet-stream;q=0.4", "json"),
            ("application/json;q=0.4, application/octet-stream;q=0.5", "octets"),
            ("application/json;q=0, */*", "octets"), ("*/*;q=0", "406"), ("text/html", "406"),
            ("application/octet-stream;q=0", "406"), ("application/octet-stream;q=0, */*;q=0.1", "json"),
            ("application/json ; q=1.000 , application/octet-stream;q=0.999", "json"),
            ("application/json;v=1;q=0.001", "json"), ("application/jsonx", "406"), ("text/*", "406"), (",,", "406"),
        ])
    func accept(accept: String, expected: String) {
        let came = self.gateway.take(fields("GET", "/v1/strings/k", [.accept: accept]))
        switch came {
        case .plan(let plan): #expect((plan.shape == .readStringJSON ? "json" : "octets") == expected)
        default: #expect(came.refusal == "406 not-acceptable" && expected == "406")
        }
    }

    @Test("no Accept means the route's own form; routes with one form need it")
    func otherAccepts() {
        #expect(self.gateway.take(fields("GET", "/v1/strings/k")).plan?.shape == .readString)
        for (method, path, body) in [
            ("GET", "/v1/keys/k", ""), ("GET", "/v1/keys/k/ttl", ""), ("PUT", "/v1/keys/k/ttl", "{\"ttl_ms\":1}"),
            ("POST", "/v1/commands", "[\"PING\"]"), ("POST", "/v1/pipelines", "[[\"PING\"]]"),
        ] {
            #expect(
                self.gateway.take(fields(method, path, [.accept: "text/html"]), body).refusal == "406 not-acceptable")
            #expect(self.gateway.take(fields(method, path, [.accept: "application/json"]), body).plan != nil)
        }
    }

    @Test("what answers without a body needs no acceptable form")
    func bodiless() {
        for method in ["PUT", "DELETE"] {
            #expect(self.gateway.take(fields(method, "/v1/strings/k", [.accept: "text/html"])).plan != nil)
        }
        #expect(
            self.gateway.take(
                fields("PUT", "/v1/strings/k", [.accept: "text/html", .prefer: "return=representation"])
            ).refusal == "406 not-acceptable")
    }

    @Test(
        "what a string's value may come as",
        arguments: [
            ("application/octet-stream", true), ("text/plain", true), ("text/plain; charset=utf-8", true),
            ("TEXT/CSV", true), ("application/json", true), ("multipart/form-data; boundary=x", false),
            ("application/x-www-form-urlencoded", true), ("image/png", true), ("", true), ("Multipart/mixed", false),
            ("nonsense", true),
        ])
    func octetTypes(type: String, isTaken: Bool) {
        let came = self.gateway.take(fields("PUT", "/v1/strings/k", [.contentType: type]), "v")
        if isTaken {
            #expect(came.plan != nil)
        } else {
            #expect(came.refusal == "415 unsupported-media-type")
        }
    }

    @Test(
        "JSON routes take JSON, or a body without a type",
        arguments: [
            ("application/json", true), ("application/json; charset=utf-8", true), ("Application/JSON", true),
            ("application/vnd.x+json", true), ("text/plain", false), ("application/+json", false),
            ("application/x-www-form-urlencoded", false), ("application/octet-stream", false), ("text/x+json", false),
        ])
    func jsonTypes(type: String, isTaken: Bool) {
        for (path, body) in [("/v1/commands", "[\"PING\"]"), ("/v1/pipelines", "[[\"PING\"]]")] {
            let came = self.gateway.take(fields("POST", path, [.contentType: type]), body)
            if isTaken {
                #expect(came.plan != nil)
            } else {
                #expect(came.refusal == "415 unsupported-media-type")
            }
            #expect(self.gateway.take(fields("POST", path), body).plan != nil)
        }
    }

    @Test("compressed bodies are 415; a body's fields mean nothing where no body is taken")
    func contentEncoding() {
        for coding in ["gzip", "br", "identity, gzip", ""] {
            #expect(
                self.gateway.take(fields("PUT", "/v1/strings/k", [.contentEncoding: coding]), "v").refusal
                    == "415 unsupported-content-encoding")
        }
        #expect(self.gateway.take(fields("PUT", "/v1/strings/k", [.contentEncoding: "Identity"]), "v").plan != nil)
        #expect(
            self.gateway.take(
                fields("GET", "/v1/strings/k", [.contentEncoding: "gzip", .contentType: "image/png"]), "v"
            ).plan != nil)
    }

    @Test("whether a body is taken")
    func takesBody() {
        for (method, path, expected) in [
            ("GET", "/v1/strings/k", false), ("PUT", "/v1/strings/k", true), ("DELETE", "/v1/strings/k", false),
            ("PUT", "/v1/keys/k/ttl", true), ("DELETE", "/v1/keys/k/ttl", false), ("POST", "/v1/commands", true),
            ("GET", "/livez", false), ("OPTIONS", "/v1/commands", false),
        ] {
            var cache = AuthenticationCache()
            guard case .accepted(let match) = self.gateway.admit(fields(method, path), cache: &cache) else {
                Issue.record("\(method) \(path) was refused")
                continue
            }
            #expect(match.takesBody == expected)
        }
    }

    @Test("a page of another site may read but not write")
    func crossSite() {
        for site in ["cross-site", "same-site", "Cross-Site"] {
            for (method, path) in [("PUT", "/v1/strings/k"), ("DELETE", "/v1/keys/k"), ("POST", "/v1/commands")] {
                #expect(
                    self.gateway.take(fields(method, path, [.secFetchSite: site]), "[\"PING\"]").refusal
                        == "403 cross-site-request")
            }
            #expect(self.gateway.take(fields("GET", "/v1/strings/k", [.secFetchSite: site])).plan != nil)
        }
        for site in ["same-origin", "none"] {
            #expect(self.gateway.take(fields("DELETE", "/v1/keys/k", [.secFetchSite: site])).plan != nil)
        }
    }

    @Test("Request-Timeout-Ms lowers the deadline, and never raises it")
    func timeout() {
        for (text, expected) in [
            ("1", TimeAmount.milliseconds(1)), ("250", .milliseconds(250)), ("1000", .seconds(1)),
            ("60000", .seconds(1)), ("9223372036854775807", .seconds(1)),
        ] {
            #expect(
                self.gateway.take(fields("GET", "/v1/strings/k", [.requestTimeout: text])).plan?.timeout == expected)
        }
        for text in ["0", "-1", "", "1.5", "1s", " 5", "9223372036854775808", "+5"] {
            #expect(
                self.gateway.take(fields("GET", "/v1/strings/k", [.requestTimeout: text])).refusal
                    == "400 invalid-header")
        }
    }

    @Test(
        "Prefer: timing is a word of its own in the list",
        arguments: [
            ("timing", true), ("return=representation, Timing", true), ("wait=3;timing", true), ("timing=1", false),
            ("timings", false), ("\"timing\"", false), ("", false),
        ])
    func timing(field: String, isWanted: Bool) {
        #expect(Prefer.wantsTiming(Array(field.utf8).span) == isWanted)
    }
}
