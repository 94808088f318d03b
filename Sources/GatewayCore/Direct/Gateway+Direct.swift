// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore

extension Gateway {
    private static let stringPath: StaticString = "/v1/strings/"

    /// Admits the requests that ``DirectString`` is for.
    /// - Parameters:
    ///   - fields: Those of the request.
    ///   - cache: Of the event loop.
    /// - Returns: nil if ``admit(_:cache:)`` is to decide.
    package func direct(_ fields: RequestFields, cache: inout AuthenticationCache) -> DirectString? {
        fields.withSpan { request in self.direct(fields, request, cache: &cache) }
    }

    @inline(__always)
    private func direct(
        _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) -> DirectString? {
        let isWrite: Bool
        switch fields.method {
        case .get: isWrite = false
        case .put: isWrite = true
        default: return nil
        }
        guard !fields.hasWishes, Self.isPlain(fields, request) else { return nil }
        let path = fields.range(.path)
        let target = request.extracting(path)
        guard target.starts(with: Self.stringPath) else { return nil }
        let start = Self.stringPath.utf8CodeUnitCount
        guard target.count > start, Self.isPlain(key: target.extracting(start..<target.count)) else { return nil }
        if self.isCheckingHosts, self.isMisdirected(fields, request, cache: &cache) { return nil }
        if self.isAuthenticating, !self.isAllowed(fields, request, isWrite: isWrite, cache: &cache) { return nil }
        return DirectString(isWrite: isWrite, key: path.lowerBound &+ start..<path.upperBound)
    }

    /// Whether two fields that nearly every client sends say nothing that counts.
    private static func isPlain(_ fields: RequestFields, _ request: Span<UInt8>) -> Bool {
        if fields.contains(.accept), !request.extracting(fields.range(.accept)).equals("*/*") { return false }
        guard fields.contains(.contentType) else { return true }
        return !MediaType.isMultipart(request.extracting(fields.range(.contentType)))
    }

    /// Whether a captured segment is the key as it stands, and all that follows.
    private static func isPlain(key: Span<UInt8>) -> Bool {
        for index in 0..<key.count {
            // Safety: the index is smaller than the count.
            let byte = unsafe key[unchecked: index]
            // All that means anything lies at or below `?`, but for DEL: controls, space, `#`, `%`, `/`, `?`.
            guard byte <= UInt8(ascii: "?") else {
                if byte == 0x7F { return false }
                continue
            }
            if byte <= 0x20 || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/")
                || byte == UInt8(ascii: "?")
            {
                return false
            }
        }
        return true
    }

    /// Whether the caller's token allows the method for every key.
    private func isAllowed(
        _ fields: RequestFields, _ request: Span<UInt8>, isWrite: Bool, cache: inout AuthenticationCache
    ) -> Bool {
        guard let table = cache.newerTable ?? self.configuration.tokens,
            let identity = cache.identity(
                authorization: request.extracting(fields.range(.authorization)), table: table)
        else { return false }
        return identity.restriction == nil && identity.scopes.contains(isWrite ? .write : .read)
    }
}
