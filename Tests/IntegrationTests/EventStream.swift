// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import TestKit
import Testing

/// A stream of events over HTTP/1.1.
final class EventStream {
    private let connection: RawConnection
    private(set) var text = ""

    init(_ port: Int, _ target: String, fields: [String: String] = [:]) throws {
        self.connection = try #require(RawConnection(port: port))
        let lines = fields.map { "\($0): \($1)\r\n" }.joined()
        self.connection.send("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n")
        try self.read(until: "retry: 1000")
    }

    /// Reads until the text holds something, and if wanted the whole event that holds it; fails after 10 s.
    func read(until part: String, isWhole: Bool = false) throws {
        while !self.holds(part, isWhole: isWhole) {
            let bytes = try #require(
                self.connection.receive(seconds: 10), "no \(part) in \(self.text.suffix(500))")
            try #require(!bytes.isEmpty, "closed without \(part): \(self.text.suffix(500))")
            self.text += String(decoding: bytes, as: UTF8.self)
        }
    }

    private func holds(_ part: String, isWhole: Bool) -> Bool {
        guard let range = self.text.firstRange(of: part) else { return false }
        return !isWhole || self.text[range.upperBound...].contains("\n\n")
    }

    /// The numbers of all messages `{"channel":...,"message":"n"}`.
    var numbers: [Int] {
        self.text.split(separator: "\"message\":\"").dropFirst().compactMap { Int($0.prefix { $0 != "\"" }) }
    }

    /// The numbers of all entries `{"id":...,"fields":[["n","5"]]}`.
    var entries: [Int] {
        self.text.split(separator: "[[\"n\",\"").dropFirst().compactMap { Int($0.prefix { $0 != "\"" }) }
    }

    /// The newest `id:`.
    var lastID: String? {
        self.text.split(separator: "\n").last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }
}
