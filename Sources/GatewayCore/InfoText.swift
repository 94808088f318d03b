// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// The reply of INFO: lines of `name:value` under lines of `# Section`.
struct InfoText {
    private let lines: [Substring]

    /// Reads a reply; bytes that are not UTF-8 are replaced.
    /// - Parameter text: The reply.
    init(_ text: ByteBuffer) {
        self.lines = String(buffer: text).split(whereSeparator: \.isNewline)
    }

    /// Writes an object of sections, their names in lower case as INFO takes them; each is an object of fields, whose values are
    /// strings as Redis writes them, since a field that looks like a number today may not tomorrow.
    /// - Parameter json: Where to.
    func write(into json: inout JSONWriter) {
        var isOpen = false
        json.beginObject()
        for line in self.lines {
            if line.hasPrefix("#") {
                if isOpen { json.endObject() }
                Self.begin(line.dropFirst().drop { $0 == " " }.lowercased(), &json)
                isOpen = true
            } else if let (name, value) = Self.field(line) {
                if !isOpen { Self.begin("default", &json) }
                isOpen = true
                json.name(String(name))
                json.string(String(value))
            }
        }
        if isOpen { json.endObject() }
        json.endObject()
    }

    /// The value of a field; nil if there is none.
    /// - Parameter name: Its name.
    /// - Returns: What stands behind the first `:`.
    func value(_ name: String) -> Substring? {
        self.fields { $0 == name }.first?.value
    }

    /// Writes what the replication section says of the server: its role, and whom it follows or who follows it.
    /// - Parameter json: Where to; an object is open.
    func writeReplication(into json: inout JSONWriter) {
        let isReplica = self.value("role") == "slave"
        json.name("role")
        json.string(isReplica ? "replica" : "master")
        if isReplica {
            json.name("master")
            json.beginObject()
            json.name("address")
            json.string(Self.address(self.value("master_host") ?? "", self.value("master_port") ?? ""))
            json.name("link")
            json.string(String(self.value("master_link_status") ?? "unknown"))
            json.endObject()
        }
        json.name("replicas")
        json.beginArray()
        let replicas = self.fields { $0.hasPrefix("slave") && Int($0.dropFirst(5)) != nil }
        for replica in replicas { Self.write(replica.value, into: &json) }
        json.endArray()
    }

    /// `ip=...,port=...,state=online,offset=...,lag=...`.
    private static func write(_ replica: Substring, into json: inout JSONWriter) {
        var parts: [Substring: Substring] = [:]
        for part in replica.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { parts[pair[0]] = pair[1] }
        }
        json.beginObject()
        json.name("address")
        json.string(Self.address(parts["ip"] ?? "", parts["port"] ?? ""))
        json.name("state")
        json.string(String(parts["state"] ?? "unknown"))
        if let offset = parts["offset"].flatMap({ Int64($0) }) {
            json.name("offset")
            json.integer(offset)
        }
        if let lag = parts["lag"].flatMap({ Int64($0) }) {
            json.name("lag_s")
            json.integer(lag)
        }
        json.endObject()
    }

    private static func address(_ host: Substring, _ port: Substring) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func begin(_ section: String, _ json: inout JSONWriter) {
        json.name(section)
        json.beginObject()
    }

    private static func field(_ line: Substring) -> (name: Substring, value: Substring)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (line[..<colon], line[line.index(after: colon)...])
    }

    private func fields(_ isWanted: (Substring) -> Bool) -> [(name: Substring, value: Substring)] {
        self.lines.compactMap { $0.hasPrefix("#") ? nil : Self.field($0) }.filter { isWanted($0.name) }
    }

    // MARK: The request

    /// Whether a text can be the name of a section.
    /// - Parameter text: As the caller gives it.
    /// - Returns: Whether it consists of what names consist of.
    static func isSection(_ text: Span<UInt8>) -> Bool {
        guard (1...64).contains(text.count) else { return false }
        for index in 0..<text.count {
            let byte = text[index]
            let isLetter = (byte | 0x20) &- 0x61 < 26
            guard isLetter || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") else {
                return false
            }
        }
        return true
    }

    /// The section that a request wants.
    /// - Parameters:
    ///   - match: The request, whose query was found good.
    ///   - fields: Those of the request.
    /// - Returns: Its name; empty without.
    static func section(of match: RouteMatch, _ fields: RequestFields) -> ByteBuffer {
        let start = fields.range(.path).lowerBound + match.query.lowerBound
        var pairs = QueryPairs(fields.slice(in: start..<start + match.query.count))
        while let pair = pairs.next() {
            // The only parameter that the routes take. What is escaped in it are letters.
            if let value = PercentCoding.decode(pair.value.readableBytesUInt8Span) { return value }
        }
        return ByteBuffer()
    }
}
