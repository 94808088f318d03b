// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Where a request target leads on the Upstash-compatible surface, which is mounted at `/upstash`, and at `/` beside Baton's own
/// first segments. Repeated slashes count as one: SDKs make them from a base URL that ends in a slash.
struct UpstashTarget: Equatable {
    let route: Route
    /// The segments that make a command, for `/{command}`; empty otherwise.
    let path: Range<Int>
    /// The query without `?`.
    let query: Range<Int>

    /// - Returns: nil if the target is none of this surface's.
    init?(_ target: Span<UInt8>) {
        var end = 0
        while end < target.count, target[end] != UInt8(ascii: "?") {
            // No target holds these (RFC 3986 section 2).
            if target[end] <= 0x20 || target[end] == 0x7F || target[end] == UInt8(ascii: "#") { return nil }
            end += 1
        }
        guard end > 0, target[0] == UInt8(ascii: "/") else { return nil }
        self.query = end < target.count ? end + 1..<target.count : end..<end
        var first = Self.segment(target, from: 0, to: end)
        if target.extracting(first).equals("upstash") {
            first = Self.segment(target, from: first.upperBound, to: end)
        } else if Self.isReserved(target.extracting(first)) {
            return nil
        }
        let isLast = Self.segment(target, from: first.upperBound, to: end).isEmpty
        let name = target.extracting(first)
        if first.isEmpty {
            self.route = .upstashCommand
        } else if isLast, name.equals("pipeline") {
            self.route = .upstashPipeline
        } else if isLast, name.equals("multi-exec") {
            self.route = .upstashTransaction
        } else {
            self.route = .upstashPath
            self.path = first.lowerBound..<end
            return
        }
        self.path = end..<end
    }

    /// The next segment that is not empty; an empty range at the end.
    static func segment(_ target: Span<UInt8>, from start: Int, to end: Int) -> Range<Int> {
        var lower = start
        while lower < end, target[lower] == UInt8(ascii: "/") { lower += 1 }
        var upper = lower
        while upper < end, target[upper] != UInt8(ascii: "/") { upper += 1 }
        return lower..<upper
    }

    /// First segments that are Baton's own, whether there is something behind them or not.
    private static func isReserved(_ segment: Span<UInt8>) -> Bool {
        Self.reserved.contains { segment.equals($0) }
    }

    private static let reserved: [StaticString] = [
        "v1", "livez", "readyz", "health", "metrics", "openapi.yaml", "openapi.json", "status", "problems",
    ]
}
