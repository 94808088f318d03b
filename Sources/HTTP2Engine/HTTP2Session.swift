// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// A server's side of one HTTP/2 connection: bytes in, events out; responses in, bytes out. No I/O, no clock.
/// Confined to its owner's event loop. No method may be called from inside another.
package final class HTTP2Session {
    package init(limits: HTTP2Limits) throws(EngineError) {}

    /// Takes bytes from the peer and queues events.
    /// - Throws: ``EngineError``; events queued before it stand.
    package func receive(_ bytes: ByteBuffer, now: NIODeadline) throws(EngineError) {}

    /// The oldest event not yet taken.
    package func nextEvent() -> HTTP2Event? { nil }

    /// Answers a request. The body is sent as the peer's windows allow. A request whose body has not arrived in full is
    /// answered all the same, and the stream is then reset with NO_ERROR (RFC 9113 section 8.1).
    package func respond(to stream: HTTP2Stream, with response: Response, requestID: RequestID) throws(EngineError) {}

    /// Sends `100 (Continue)`.
    package func sendContinue(to stream: HTTP2Stream) throws(EngineError) {}

    /// Gives the peer back the credit for body bytes that are dealt with.
    package func returnCredit(_ stream: HTTP2Stream, bytes: Int) throws(EngineError) {}

    /// RST_STREAM with an error code of RFC 9113 section 7.
    package func reset(_ stream: HTTP2Stream, errorCode: UInt32) throws(EngineError) {}

    /// Appends frames to `output` until it holds at least `limit` bytes or there is nothing to send now.
    package func drain(into output: inout ByteBuffer, limit: Int) throws(EngineError) {}

    /// GOAWAY with the highest stream identifier: a notice, no stream is refused yet (RFC 9113 section 6.8).
    package func submitShutdownNotice() throws(EngineError) {}
    /// The final GOAWAY: streams begun after the last one received are ignored.
    package func submitGoAway(errorCode: UInt32) throws(EngineError) {}

    /// Streams announced and not closed.
    package var openStreams: Int { 0 }
    /// Response-body bytes handed over by ``respond(to:with:requestID:)`` and not yet drained.
    package var queuedBytes: Int { 0 }
    /// The connection is over: both sides want neither to read nor to write.
    package var isFinished: Bool { false }
}
