// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc
package import NIOCore

/// Where log lines go: a file descriptor, or a test's collector.
package struct LogSink: Sendable {
    private let writeLine: @Sendable (ByteBuffer) -> Void

    package init(_ writeLine: @escaping @Sendable (ByteBuffer) -> Void) {
        self.writeLine = writeLine
    }

    /// One `write` a line, so that lines of several threads do not mix. A descriptor that takes nothing loses the line:
    /// logging never stops the gateway.
    package static func descriptor(_ descriptor: Int32) -> LogSink {
        LogSink { line in
            // Safety: the pointer is used during the call only.
            _ = unsafe line.withUnsafeReadableBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
        }
    }

    package static let standardError = LogSink.descriptor(STDERR_FILENO)

    package func write(_ line: ByteBuffer) {
        self.writeLine(line)
    }
}
