// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The elements of an aggregate, found one after the other in its validated bytes. Attributes are skipped.
package struct RESPElements: Sequence, IteratorProtocol, Sendable {
    private var rest: ByteBuffer

    init(payload: ByteBuffer) {
        self.rest = payload
    }

    /// The next element; nil after the last one. Walks over its bytes once.
    package mutating func next() -> RESPValue? {
        guard self.rest.readableBytes > 0 else { return nil }
        var cursor = RESPCursor()
        let outcome = unsafe self.rest.withUnsafeReadableBytes { unsafe cursor.advance($0, limits: .unlimited) }
        guard case .complete = outcome else {
            // Bytes that were not validated; only a caller that makes a value by hand can get here.
            self.rest.clear()
            return nil
        }
        let start = self.rest.readerIndex + cursor.payloadStart
        let payload = self.rest.getSlice(at: start, length: cursor.payloadEnd - cursor.payloadStart) ?? ByteBuffer()
        self.rest.moveReaderIndex(forwardBy: cursor.position)
        return RESPValue(kind: cursor.kind, count: cursor.count, payload: payload)
    }
}

extension RESPLimits {
    /// For bytes that have passed their limits already.
    static let unlimited: RESPLimits = {
        var limits = RESPLimits()
        limits.bulkBytes = .max / 4
        limits.replyBytes = .max / 2
        limits.elements = .max / 8
        limits.depth = .max
        limits.lineBytes = .max / 4
        return limits
    }()
}
