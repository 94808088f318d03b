// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTPCore
package import NIOCore

/// A server's side of one HTTP/2 connection: bytes in, events out; responses in, bytes out. No I/O, no clock.
/// Confined to its owner's event loop. No method may be called from inside another.
///
/// The owner's turn: ``receive(_:now:)``, take all events, answer some, ``drain(into:limit:)``, and take all events again,
/// because streams end by what is sent, too. When the transport is gone: ``close()``, and take all events.
@safe package final class HTTP2Session {
    let limits: HTTP2Limits
    let pool: HTTP2StreamPool
    /// Made in `init`, freed in `deinit`, and never handed out.
    let native: OpaquePointer
    var events = EventQueue()
    /// Every stream that nghttp2 knows with our pointer, and every stream whose `streamClosed` was not taken yet. They are the
    /// session's own until the pool gets them back.
    var streams = TrivialStack<HTTP2Stream>()
    /// The stream whose header block is being received; a block may be cut by the end of the input.
    var current: HTTP2Stream?
    /// The stream whose `streamClosed` was taken last; the owner may be busy with it.
    private var ended: HTTP2Stream?
    /// The compression table of the responses.
    var fieldTable = FieldTable()
    /// When bytes last came.
    var now = NIODeadline.uptimeNanoseconds(0)
    var controls: ControlBudget
    var resets: ResetMeter
    /// Decoded header bytes of all streams.
    var headerBytes = 0
    /// Streams that were answered before their request was complete.
    var earlyAnswers = 0
    /// What a callback has found; it becomes ``failure`` when libnghttp2 has returned.
    var fault: EngineError?
    /// The error that has ended the connection.
    private var failure: EngineError?
    /// Whether the owner has ended the connection with a GOAWAY.
    var hasSubmittedGoAway = false
    private var isClosed = false
    /// Whether libnghttp2 is on the stack: it must not be entered again.
    private var isBusy = false
    /// The buffer of the running ``drain(into:limit:)``.
    var output = ByteBuffer()
    var outputLimit = 0
    /// The parts of bodies that belong between the bytes of ``output``, and their size; nil: they are copied.
    var parts: ContiguousArray<BodyPart>?
    var partBytes = 0

    /// Streams announced and not closed.
    package internal(set) var openStreams = 0
    /// Response-body bytes handed over by ``respond(to:with:requestID:)`` and not yet drained.
    package internal(set) var queuedBytes = 0
    /// The error code of the GOAWAY that libnghttp2 has sent by itself, because the peer broke the protocol.
    package internal(set) var connectionError: UInt32?
    /// The error code of the GOAWAY that the peer has sent; nil until then.
    package internal(set) var peerGoAway: UInt32?

    /// - Parameters:
    ///   - limits: What the peer may ask of us.
    ///   - pool: Where streams come from and go to; shared by the sessions of an event loop.
    /// - Throws: ``EngineError/outOfMemory``.
    package init(limits: HTTP2Limits, pool: HTTP2StreamPool = HTTP2StreamPool(capacity: 16)) throws(EngineError) {
        self.limits = limits
        self.pool = pool
        self.controls = ControlBudget(limits: limits)
        self.resets = ResetMeter(limits: limits)
        guard let native = unsafe makeNativeSession(limits: limits, memory: pool.memory) else { throw .outOfMemory }
        unsafe self.native = native
        // Safety: the native session is freed before `self` is, in `deinit`.
        unsafe nghttp2_session_set_user_data(native, Unmanaged.passUnretained(self).toOpaque())
        try self.submitSettings()
    }

    deinit {
        unsafe nghttp2_session_del(self.native)
        // The one that has ended last, too.
        while let stream = self.streams.popLast() { stream.deallocate() }
    }

    /// Takes bytes from the peer and queues events.
    /// - Throws: ``EngineError``; events queued before it stand.
    package func receive(_ bytes: ByteBuffer, now: NIODeadline) throws(EngineError) {
        guard !self.isBusy, !self.isClosed else { throw .misuse }
        if let failure = self.failure { throw failure }
        self.now = now
        self.controls.refill(now: now)
        self.resets.advance(now: now)
        self.isBusy = true
        // Safety: libnghttp2 reads the bytes during the call only.
        let taken = unsafe bytes.withUnsafeReadableBytes { bytes in
            unsafe nghttp2_session_mem_recv(
                self.native, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        self.isBusy = false
        if let fault = self.fault { try self.fail(fault) }
        if taken < 0 { try self.fail(EngineError(code: Int32(truncatingIfNeeded: taken))) }
    }

    /// The oldest event not yet taken. A stream is good until the call after its `streamClosed`.
    package func nextEvent() -> HTTP2Event? {
        if let stream = self.ended {
            self.ended = nil
            self.retire(stream)
        }
        guard let entry = self.events.popFirst() else { return nil }
        let stream = entry.stream
        switch entry.kind {
        case .headersReceived: return .headersReceived(stream)
        case .dataReceived:
            let bytes = stream.unreportedBytes
            stream.unreportedBytes = 0
            stream.facts.remove(.dataQueued)
            return .dataReceived(stream, bytes: bytes)
        case .requestReceived: return .requestReceived(stream)
        case .requestRejected: return .requestRejected(stream, stream.rejection ?? .malformed)
        case .streamClosed:
            self.ended = stream
            return .streamClosed(stream)
        }
    }

    /// Appends frames to `output` until it holds at least `limit` bytes or there is nothing to send now. It may queue
    /// `streamClosed` events.
    /// - Parameters:
    ///   - output: Gets the frames.
    ///   - limit: In bytes; exceeded by less than a frame.
    /// - Throws: ``EngineError``, which ends the connection.
    package func drain(into output: inout ByteBuffer, limit: Int) throws(EngineError) {
        guard !self.isBusy else { throw .misuse }
        if self.isClosed { return }
        self.partBytes = 0
        self.isBusy = true
        self.outputLimit = limit
        swap(&self.output, &output)
        let code = self.sendFrames()
        swap(&self.output, &output)
        self.isBusy = false
        if code < 0 { try self.fail(EngineError(code: code)) }
    }

    /// The same, but large bodies are not copied.
    /// - Parameters:
    ///   - output: Gets the frames without the parts of bodies.
    ///   - parts: Gets these, in order; it must be empty.
    ///   - limit: Of both together, in bytes; exceeded by less than a frame.
    /// - Throws: ``EngineError``, which ends the connection.
    package func drain(
        into output: inout ByteBuffer, parts: inout ContiguousArray<BodyPart>, limit: Int
    ) throws(EngineError) {
        var kept: ContiguousArray<BodyPart> = []
        swap(&kept, &parts)
        self.parts = consume kept
        defer {
            parts = self.parts.take() ?? []
        }
        try self.drain(into: &output, limit: limit)
    }

    /// Ends the session when its transport is gone: every open stream gets its `streamClosed`, and nothing else happens.
    package func close() {
        guard !self.isClosed else { return }
        self.isClosed = true
        // From behind: a stream that nobody knows of leaves its place to the last one.
        for index in stride(from: self.streams.count - 1, through: 0, by: -1) where !self.streams[index].isClosed {
            self.end(self.streams[index])
        }
    }

    /// The connection is over: both sides want neither to read nor to write.
    package var isFinished: Bool {
        unsafe self.isClosed
            || nghttp2_session_want_read(self.native) == 0 && nghttp2_session_want_write(self.native) == 0
    }

    /// Whether ``drain(into:limit:)`` would do anything.
    package var hasOutput: Bool {
        unsafe !self.isClosed && nghttp2_session_want_write(self.native) != 0
    }

    /// Whether response bodies wait and none of them can be sent, because the peer's windows are shut.
    package var hasStalledOutput: Bool {
        unsafe self.queuedBytes > 0 && !self.isClosed && nghttp2_session_want_write(self.native) == 0
    }

    /// Moves a stream from ``streams`` to the pool.
    func retire(_ stream: HTTP2Stream) {
        let slot = Int(stream.slot)
        guard slot < self.streams.count, self.streams[slot] == stream else { return }
        self.streams.last?.slot = stream.slot
        self.streams.swapRemove(at: slot)
        self.pool.give(stream)
    }

    /// Whether the running ``drain(into:limit:)`` may go on.
    var hasRoom: Bool { self.output.readableBytes &+ self.partBytes < self.outputLimit }

    private func sendFrames() -> Int32 {
        while self.hasRoom {
            var bytes: UnsafePointer<UInt8>?
            let count = unsafe nghttp2_session_mem_send(self.native, &bytes)
            guard count > 0 else { return Int32(truncatingIfNeeded: count) }
            // Safety: the bytes are valid until the next call of nghttp2_session_mem_send.
            let frame = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            if unsafe !Self.isHead(frame) { unsafe self.output.append(frame) }
        }
        return NGHTTP2.Code.success
    }

    /// Whether a frame is one of those that ``writeHead(of:flags:)`` has written otherwise.
    @inline(__always)
    private static func isHead(_ frame: UnsafeRawBufferPointer) -> Bool {
        unsafe frame.count > frameTypeOffset && frame[frameTypeOffset] == NGHTTP2.Frame.headers
    }

    /// Ends the connection by an error: a GOAWAY is queued, and no call of ``receive(_:now:)`` succeeds any more.
    private func fail(_ error: EngineError) throws(EngineError) {
        self.failure = error
        self.fault = nil
        unsafe nghttp2_session_terminate_session(self.native, error.goAwayReason)
        throw error
    }
}

/// Where a frame's type stands in its header (RFC 9113 section 4.1).
private let frameTypeOffset = 3
