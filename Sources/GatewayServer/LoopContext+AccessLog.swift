// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import Logging
import NIOCore
import Telemetry

extension LoopContext {
    /// One line a request. Keys, values and tokens are not in it; the target only if the settings say so.
    func logAccess(_ record: RequestRecord, response: Response, elapsed: TimeAmount) {
        var metadata: Logger.Metadata = [
            LogKey.method: "\(record.method.name)",
            LogKey.route: "\(record.route.template)",
            LogKey.status: "\(response.status)",
            LogKey.durationMs: "\(Double(elapsed.nanoseconds / 1_000) / 1_000)",
            LogKey.bytes: "\(response.contentLength ?? response.body.readableBytes)",
        ]
        switch record.requestID {
        case .made(let id): metadata[LogKey.requestID] = "\(RequestID.hexadecimal(id))"
        case .taken: metadata[LogKey.requestID] = "\(record.fields.string(.requestID) ?? "")"
        }
        if self.configuration.accessLogTargets {
            metadata[LogKey.target] = "\(record.fields.string(.path) ?? "")"
        }
        self.logger.info("request", metadata: metadata)
    }
}
