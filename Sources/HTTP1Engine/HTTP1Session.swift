// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// A server's side of one HTTP/1.x connection (RFC 9112): bytes in, events out; responses in, bytes out. No I/O, no clock.
package final class HTTP1Session {
    package let fields = RequestFields()
    /// The current request's body so far.
    package var body = ByteBuffer()

    package init(limits: HTTP1Limits) {}

    /// Takes bytes from the peer. They are kept while an answer is awaited (pipelining); the owner stops reading when
    /// ``bufferedBytes`` grows too large.
    package func receive(_ bytes: ByteBuffer) {}

    /// Parses on to the next event; nil when more bytes, or the answer to the current request, are needed.
    package func nextEvent() -> HTTP1Event? { nil }

    /// Writes the answer to the current request. After it ``nextEvent()`` goes on with the next one, unless ``mustClose``.
    /// For HEAD, 204 and 304 no body is written. A request whose body has not arrived in full is answered all the same, and
    /// ``mustClose`` becomes true.
    /// - Returns: a body of 16 KiB or more, which is not copied: the owner writes it right after `output`.
    package func respond(with response: Response, requestID: RequestID, into output: inout ByteBuffer) -> ByteBuffer? {
        nil
    }

    /// `HTTP/1.1 100 Continue`.
    package func writeContinue(into output: inout ByteBuffer) {}

    /// Answer the current request, and then close: `Connection: close` is sent with the next response.
    package func closeAfterResponse() {}

    /// The connection must be closed once the output is flushed: it was asked for, or the framing is no longer certain.
    package var mustClose: Bool { false }
    /// A request has begun (its first byte was seen) and is not complete yet.
    package var isReceiving: Bool { false }
    /// Bytes received and not parsed yet.
    package var bufferedBytes: Int { 0 }
}
