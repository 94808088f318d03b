// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RedisCore

@Suite("Endpoint policy")
struct EndpointPolicyTests {
    @Test(
        "addresses are read as RFC 4291 and dotted quads, and have a scope",
        arguments: [
            ("10.1.2.3", .privateUse), ("172.16.0.1", .privateUse), ("172.32.0.1", .global),
            ("192.168.0.1", .privateUse), ("100.64.0.1", .sharedSpace), ("100.128.0.1", .global),
            ("127.0.0.2", .loopback), ("169.254.169.254", .linkLocal), ("0.0.0.0", .unusable),
            ("224.0.0.1", .unusable), ("255.255.255.255", .unusable), ("8.8.8.8", .global), ("::1", .loopback),
            ("::", .unusable), ("fe80::1", .linkLocal), ("fd00::1", .privateUse), ("fc00::1", .privateUse),
            ("ff02::1", .unusable), ("2001:db8::1", .global), ("::ffff:127.0.0.1", .loopback),
            ("::ffff:a9fe:a9fe", .linkLocal),
        ] as [(String, IPAddress.Scope)])
    func scopes(text: String, scope: IPAddress.Scope) throws {
        #expect(try #require(IPAddress(text)).scope == scope)
    }

    @Test(
        "what is no address",
        arguments: [
            "", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":::", "1::2::3", "12345::", "fe80::1%eth0", "1:2:3:4:5:6:7",
        ])
    func noAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("a range holds its addresses and no others")
    func ranges() throws {
        let range = try #require(AddressRange("10.1.0.0/16"))
        #expect(range.contains(try #require(IPAddress("10.1.255.255"))))
        #expect(!range.contains(try #require(IPAddress("10.2.0.0"))))
        #expect(!range.contains(try #require(IPAddress("::1"))))
        let wide = try #require(AddressRange("2001:db8::/65"))
        #expect(wide.contains(try #require(IPAddress("2001:db8::7fff:0:0:0"))))
        #expect(!wide.contains(try #require(IPAddress("2001:db8::8000:0:0:0"))))
        #expect(AddressRange("0.0.0.0/0")?.contains(IPAddress(ipv4: 7)) == true)
        #expect(AddressRange("10.0.0.0/33") == nil)
        #expect(AddressRange("x/8") == nil)
        #expect(AddressRange("10.0.0.0/") == nil)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var target: String
        var peer: String
        var host: String = "redis.c1.example.com"
        var list: [String] = []
        var ports = PortPolicy.any
        var verified = false
        var allowed: Bool
        var testDescription: String { "\(self.target) \(self.peer) \(self.list) \(self.verified)" }
    }

    static let cases: [Case] = [
        Case(target: "10.9.9.9:1", peer: "10.0.0.1", allowed: true),
        Case(target: "8.8.8.8:1", peer: "10.0.0.1", allowed: false),
        Case(target: "54.78.1.1:1", peer: "54.78.200.2", allowed: true),
        Case(target: "54.79.1.1:1", peer: "54.78.200.2", allowed: false),
        Case(target: "54.79.1.1:1", peer: "54.78.200.2", verified: true, allowed: true),
        Case(target: "169.254.169.254:80", peer: "10.0.0.1", verified: true, allowed: false),
        Case(target: "127.0.0.1:1", peer: "10.0.0.1", verified: true, allowed: false),
        Case(target: "127.0.0.1:1", peer: "127.0.0.1", allowed: true),
        Case(target: "[::1]:1", peer: "127.0.0.1", allowed: true),
        Case(target: "0.0.0.0:1", peer: "0.0.0.0", allowed: false),
        Case(target: "other.c1.example.com:1", peer: "10.0.0.1", allowed: true),
        Case(target: "redis.c1.example.com:2", peer: "10.0.0.1", allowed: true),
        Case(target: "evil.com:1", peer: "10.0.0.1", allowed: false),
        Case(target: "evilc1.example.com:1", peer: "10.0.0.1", allowed: false),
        Case(target: "evil.com:1", peer: "10.0.0.1", host: "redis.com", allowed: false),
        Case(target: "evil.com:1", peer: "10.0.0.1", verified: true, allowed: true),
        Case(target: "a.example.org:1", peer: "10.0.0.1", list: ["example.org"], allowed: true),
        Case(target: "A.EXAMPLE.ORG:1", peer: "10.0.0.1", list: [".example.org"], allowed: true),
        Case(target: "badexample.org:1", peer: "10.0.0.1", list: ["example.org"], verified: true, allowed: false),
        Case(target: "10.9.9.9:1", peer: "10.0.0.1", list: ["10.8.0.0/16"], allowed: false),
        Case(target: "127.0.0.1:1", peer: "10.0.0.1", list: ["127.0.0.0/8"], allowed: true),
        Case(target: "10.9.9.9:1", peer: "10.0.0.1", ports: .same, allowed: false),
        Case(target: "10.9.9.9:6379", peer: "10.0.0.1", ports: .same, allowed: true),
        Case(target: "10.9.9.9", peer: "10.0.0.1", ports: .same, allowed: true),
    ]

    @Test("a target is dialled only if it is listed, verified, or close to what is known", arguments: cases)
    func allows(example: Case) throws {
        var configuration = MaintenanceConfiguration()
        configuration.targetAllowList = try example.list.map { try #require(TargetRule($0)) }
        configuration.portPolicy = example.ports
        let policy = EndpointPolicy(configuration, host: example.host, port: 6379, isVerified: example.verified)
        let peer = PeerAddress(ip: IPAddress(example.peer), port: 6379)
        #expect(policy.allows(try #require(MovingTarget(example.target)), peer: peer) == example.allowed)
    }

    @Test("a name that leads to a metadata service is not spoken to")
    func connected() {
        let policy = EndpointPolicy(MaintenanceConfiguration(), host: "a.b.c", port: 1, isVerified: true)
        let metadata = PeerAddress(ip: IPAddress("169.254.169.254"), port: 80)
        #expect(!policy.allowsConnected(metadata, insteadOf: peer(1)))
        #expect(policy.allowsConnected(peer(2), insteadOf: peer(1)))
    }

    @Test(
        "the endpoint type follows the live peer and TLS",
        arguments: [
            ("10.0.0.1", false, .internalIP), ("10.0.0.1", true, .internalFQDN), ("127.0.0.1", false, .internalIP),
            ("fd00::1", false, .internalIP), ("fe80::1", true, .internalFQDN), ("8.8.8.8", false, .externalIP),
            ("8.8.8.8", true, .externalFQDN), ("100.64.0.1", false, .externalIP), ("2001:db8::1", true, .externalFQDN),
        ] as [(String, Bool, MovingEndpointType)])
    func endpointType(address: String, tls: Bool, expected: MovingEndpointType) {
        let peer = PeerAddress(ip: IPAddress(address), port: 1)
        #expect(MovingEndpointType.auto.resolved(peer: peer, usesTLS: tls) == expected)
        #expect(MovingEndpointType.none.resolved(peer: peer, usesTLS: tls) == .none)
        #expect(MovingEndpointType.auto.resolved(peer: nil, usesTLS: tls) == .none)
    }
}
