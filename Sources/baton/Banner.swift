// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore

/// What a person sees when the gateway is up: where it listens, which Redis it uses, and what to try.
struct Banner: Sendable {
    var scheme: String
    var redis: String
    var needsToken: Bool

    func print(_ addresses: [SocketAddress]) {
        let urls = addresses.map { self.url($0) }
        var lines = urls.map { "Baton listens on \($0)" }
        lines.append("Redis: \(self.redis)")
        if let url = urls.first {
            let token = self.needsToken ? " -H 'Authorization: Bearer TOKEN'" : ""
            let insecure = self.scheme == "https" ? " -k" : ""
            lines += [
                "Try:",
                "  curl\(insecure)\(token) -X PUT --data-binary 'hello' \(url)/v1/strings/greeting",
                "  curl\(insecure)\(token) \(url)/v1/strings/greeting",
                "  curl\(insecure)\(token) -X POST -H 'Content-Type: application/json' -d '[\"INCR\",\"counter\"]' \(url)/v1/commands",
            ]
        }
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func url(_ address: SocketAddress) -> String {
        let host = address.ipAddress ?? "localhost"
        return "\(self.scheme)://\(host.contains(":") ? "[\(host)]" : host):\(address.port ?? 0)"
    }
}
