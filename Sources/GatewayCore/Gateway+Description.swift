// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

extension Gateway {
    /// What is to be asked of Redis for `/v1/info` and `/v1/topology`.
    /// - Parameters:
    ///   - match: The request.
    ///   - section: The section of INFO that the caller wants; empty for those that Redis shows by default.
    ///   - own: The server's part of the answer as JSON: of `/v1/info` an object; of `/v1/topology` the first members of the upstream, one
    ///     behind the other.
    /// - Returns: The plan.
    package func description(_ match: RouteMatch, section: ByteBuffer, own: ByteBuffer) -> RedisPlan {
        RedisPlan(
            match.route == .topology ? .topology : .info, key: own, value: section,
            timeout: self.timeout(match.requestedTimeout))
    }
}
