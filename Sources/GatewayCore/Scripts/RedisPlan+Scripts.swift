// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

extension RedisPlan {
    /// Whether a script or function is among the commands. Such a command can have changed something before it fails, so
    /// that its own READONLY or BUSY does not say that nothing ran.
    package var mayRunPartly: Bool {
        switch self.shape {
        case .command, .commandRESP, .pipeline, .upstashCommand, .upstashPipeline:
            self.retryClass == .unsafe && Self.hasScript(self.subject)
        case .resource: self.rendering == .scriptResult
        default: false
        }
    }

    private static func hasScript(_ commands: ByteBuffer) -> Bool {
        let bytes = commands.readableBytesUInt8Span
        var offset = 0
        while offset < bytes.count, var cursor = CommandCursor(bytes, at: offset), let first = cursor.next(bytes) {
            if let name = CommandName(bytes.extracting(first.content)), CommandCatalog.rule(for: name) == .script {
                return true
            }
            while cursor.next(bytes) != nil {}
            offset = cursor.offset
        }
        return false
    }
}
