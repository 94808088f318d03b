// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import Logging
import ServiceLifecycle

/// The gateway: listeners, event loops and everything on them.
package final class GatewayServer: Service {
    private let configuration: ServerConfiguration
    private let logger: Logger

    package init(configuration: ServerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    package func run() async throws {
        try await gracefulShutdown()
    }
}
