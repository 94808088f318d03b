// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore

extension RedisPlan {
    /// Whether it invokes a script by its digest, which the server may not know.
    var invokesScript: Bool {
        guard case .resource = self.shape, self.rendering == .scriptResult || self.rendering == .readResult else {
            return false
        }
        let commands = self.subject
        let bytes = commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0), let name = cursor.next(bytes) else { return false }
        let text = bytes.extracting(name.content)
        return text.equals("EVALSHA") || text.equals("EVALSHA_RO")
    }

    /// The same invocation with the script's text, which the server then knows again.
    /// - Parameter scripts: Those that the gateway has kept.
    /// - Returns: nil if the script is not among them.
    func reloading(from scripts: ScriptStore) -> RedisPlan? {
        let commands = self.subject
        let bytes = commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0), cursor.next(bytes) != nil, let sha = cursor.next(bytes),
            let digest = commands.getSlice(at: sha.content.lowerBound, length: sha.content.count),
            let script = scripts.script(digest),
            let rest = commands.getSlice(at: sha.end, length: bytes.count - sha.end)
        else { return nil }
        var encoder = RESPEncoder()
        encoder.array(count: cursor.count)
        encoder.bulk(self.rendering == .readResult ? "EVAL_RO" : "EVAL")
        encoder.bulk(script)
        encoder.raw(rest)
        return RedisPlan(
            .resource, commands: encoder.buffer, count: 1, retryClass: self.retryClass, timeout: self.timeout,
            rendering: self.rendering)
    }
}
