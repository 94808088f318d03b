// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Crypto
import NIOConcurrencyHelpers
package import NIOCore

/// The scripts that callers have loaded, for a Redis that has forgotten them (a restart, another server behind the same name).
/// Shared by all event loops; the oldest make room for new ones.
package final class ScriptStore: Sendable {
    private struct Contents {
        var scripts: [ByteBuffer: ByteBuffer] = [:]
        /// The digests, the oldest first.
        var order: [ByteBuffer] = []
        var bytes = 0
    }

    private let limit: Int
    private let contents = NIOLockedValueBox(Contents())

    /// - Parameter limit: Bytes of all scripts together; 0 keeps none.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Keeps a script, if there can be room for it.
    /// - Parameter script: Its text.
    package func insert(_ script: ByteBuffer) {
        guard script.readableBytes <= self.limit, script.readableBytes > 0 else { return }
        let digest = Self.digest(script)
        // A copy: the text may be a slice of a much larger buffer.
        let text = ByteBuffer(bytes: script.readableBytesView)
        self.contents.withLockedValue { contents in
            guard contents.scripts.updateValue(text, forKey: digest) == nil else { return }
            contents.order.append(digest)
            contents.bytes += text.readableBytes
            while contents.bytes > self.limit {
                let oldest = contents.order.removeFirst()
                contents.bytes -= contents.scripts.removeValue(forKey: oldest)?.readableBytes ?? 0
            }
        }
    }

    /// The script of a digest; nil if it is not kept.
    /// - Parameter digest: SHA-1 in hexadecimal digits, of any case.
    /// - Returns: The text.
    func script(_ digest: ByteBuffer) -> ByteBuffer? {
        let lower = ByteBuffer(bytes: digest.readableBytesView.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
        return self.contents.withLockedValue { $0.scripts[lower] }
    }

    /// What Redis names a script by.
    static func digest(_ script: ByteBuffer) -> ByteBuffer {
        var text = ByteBuffer()
        for byte in Insecure.SHA1.hash(data: Array(script.readableBytesView)) {
            text.writeString((byte < 16 ? "0" : "") + String(byte, radix: 16))
        }
        return text
    }
}
