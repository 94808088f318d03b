// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A keep-alive HTTP/1.1 connection with a parser of its own.
package final class HTTP1TestClient {
    private let connection: RawConnection
    private var received: [UInt8] = []

    package init?(port: Int) {
        guard let connection = RawConnection(port: port) else { return nil }
        self.connection = connection
    }

    /// One request and its response; nil if the connection ends first.
    package func request(
        _ method: String, _ target: String, fields: [String: String] = [:], body: [UInt8] = [], seconds: Double = 10
    ) -> TestResponse? {
        guard self.send(method, target, fields: fields, body: body) else { return nil }
        return self.response(isHead: method == "HEAD", seconds: seconds)
    }

    /// Sends a request, and does not wait for its response.
    /// - Returns: false if the peer has gone.
    @discardableResult
    package func send(_ method: String, _ target: String, fields: [String: String] = [:], body: [UInt8] = []) -> Bool {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty || method == "PUT" || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
        return self.connection.send(Array((head + "\r\n").utf8) + body)
    }

    /// The next response.
    package func response(isHead: Bool = false, seconds: Double = 10) -> TestResponse? {
        let end: [UInt8] = [13, 10, 13, 10]
        while true {
            if let range = self.received.firstRange(of: end) {
                let lines = String(decoding: self.received[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
                var fields: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    fields[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
                }
                let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
                let length = isHead ? 0 : Int(fields["content-length"] ?? "0") ?? 0
                guard self.fill(range.upperBound + length, seconds) else { return nil }
                let body = Array(self.received[range.upperBound..<range.upperBound + length])
                self.received.removeFirst(range.upperBound + length)
                return TestResponse(status: status, fields: fields, body: body)
            }
            guard self.fill(self.received.count + 1, seconds) else { return nil }
        }
    }

    private func fill(_ count: Int, _ seconds: Double) -> Bool {
        while self.received.count < count {
            guard let bytes = self.connection.receive(seconds: seconds), !bytes.isEmpty else { return false }
            self.received += bytes
        }
        return true
    }
}
