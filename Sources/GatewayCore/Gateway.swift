// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// The pure part of the gateway: header sections and bodies in; plans, answers and problems out.
package struct Gateway: Sendable {
    package let configuration: GatewayConfiguration

    package init(configuration: GatewayConfiguration) {
        self.configuration = configuration
    }

    /// Routes and authenticates a header section, and checks what can be checked without the body (method, content type,
    /// acceptable answer).
    package func admit(_ fields: RequestFields, cache: inout AuthenticationCache) -> Admission {
        .refused(Problem(.malformed), .unknown)
    }

    /// Translates a complete request.
    package func translate(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        .refused(Problem(.malformed))
    }
}
