// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
package import NIOCore

/// A client's side of one HTTP/2 connection with prior knowledge: requests in, bytes out; bytes in, events out. No I/O, no
/// clock. Confined to its owner's event loop. No method may be called from inside another. For loads and drills: it trusts
/// the server with memory, response bodies are kept whole and their flow-control credit is given back as they come.
///
/// The owner's turn is that of ``HTTP2Session``: ``receive(_:)``, take all events, submit, ``drain(into:)``, and take all
/// events again. When the transport is gone: ``close()``, and take all events.
@safe package final class HTTP2ClientSession {
    /// Made in `init`, freed in `deinit`, and never handed out.
    private let native: OpaquePointer
    /// Every exchange whose `closed` event was not taken yet, by stream. This is what keeps the unmanaged pointers valid.
    private var exchanges: [Int32: HTTP2Exchange] = [:]
    private var events: [HTTP2ClientEvent] = []
    private var nextIndex = 0
    private var failure: EngineError?
    private var isClosed = false
    /// Whether libnghttp2 is on the stack: it must not be entered again.
    private var isBusy = false

    /// The error code of the GOAWAY that the server has sent; nil until then. Streams that it refuses are closed.
    package internal(set) var peerGoAway: UInt32?

    /// Queues the connection preface and SETTINGS.
    /// - Throws: ``EngineError/outOfMemory``.
    package init() throws(EngineError) {
        guard let native = unsafe makeNativeClientSession() else { throw .outOfMemory }
        unsafe self.native = native
        // Safety: the native session is freed before `self` is, in `deinit`.
        unsafe nghttp2_session_set_user_data(native, Unmanaged.passUnretained(self).toOpaque())
        let entries = [
            nghttp2_settings_entry(settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue), value: 0),
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: UInt32(Self.windowBytes)),
        ]
        try Self.check(unsafe nghttp2_submit_settings(native, NGHTTP2.Flag.none, entries, entries.count))
        try Self.check(
            unsafe nghttp2_session_set_local_window_size(native, NGHTTP2.Flag.none, 0, Self.windowBytes))
    }

    deinit {
        unsafe nghttp2_session_del(self.native)
    }

    /// Exchanges whose `closed` event was not taken yet.
    package var openExchanges: Int { self.exchanges.count }

    /// Whether a further request may be submitted: there is neither an error nor a GOAWAY.
    package var acceptsRequests: Bool {
        unsafe self.failure == nil && !self.isClosed && self.peerGoAway == nil
            && nghttp2_session_check_request_allowed(self.native) != 0
    }

    /// Whether nothing will be read or written any more: after an error of the peer, or a GOAWAY and the last exchange. The
    /// owner closes the transport then.
    package var isFinished: Bool {
        unsafe nghttp2_session_want_read(self.native) == 0 && nghttp2_session_want_write(self.native) == 0
    }

    /// Queues a request. Over the server's SETTINGS_MAX_CONCURRENT_STREAMS (100 until they have come) it waits here.
    /// - Parameters:
    ///   - request: What to ask for.
    ///   - tag: The caller's own number, kept in the exchange.
    /// - Returns: The exchange that events will name.
    /// - Throws: ``EngineError/misuse`` when no request may be submitted any more.
    @discardableResult
    package func submit(_ request: HTTP2ClientRequest, tag: UInt64) throws(EngineError) -> HTTP2Exchange {
        guard !self.isBusy, self.acceptsRequests else { throw .misuse }
        let exchange = HTTP2Exchange(tag: tag, body: request.body)
        let id = unsafe RequestHead.withFields(of: request) { fields in
            // Safety: `exchanges` holds the exchange until libnghttp2 has closed its stream, or the session ends.
            let pointer = unsafe Unmanaged.passUnretained(exchange).toOpaque()
            guard request.body.readableBytes > 0 else {
                return unsafe nghttp2_submit_request(self.native, nil, fields.baseAddress, fields.count, nil, pointer)
            }
            var provider = unsafe nghttp2_data_provider(
                source: nghttp2_data_source(ptr: pointer), read_callback: provideRequestData)
            return unsafe nghttp2_submit_request(
                self.native, nil, fields.baseAddress, fields.count, &provider, pointer)
        }
        try Self.check(id)
        exchange.id = id
        self.exchanges[id] = exchange
        return exchange
    }

    /// Takes bytes from the server and queues events.
    /// - Throws: ``EngineError``; events queued before it stand.
    package func receive(_ bytes: ByteBuffer) throws(EngineError) {
        guard !self.isBusy, !self.isClosed else { throw .misuse }
        if let failure = self.failure { throw failure }
        self.isBusy = true
        // Safety: libnghttp2 reads the bytes during the call only.
        let taken = unsafe bytes.withUnsafeReadableBytes { bytes in
            unsafe nghttp2_session_mem_recv(
                self.native, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        self.isBusy = false
        if taken < 0 { try self.fail(EngineError(code: Int32(truncatingIfNeeded: taken))) }
    }

    /// The oldest event not yet taken.
    package func nextEvent() -> HTTP2ClientEvent? {
        guard self.nextIndex < self.events.count else {
            self.events.removeAll(keepingCapacity: true)
            self.nextIndex = 0
            return nil
        }
        let event = self.events[self.nextIndex]
        self.nextIndex += 1
        if case .closed(let exchange) = event { self.exchanges[exchange.id] = nil }
        return event
    }

    /// Appends everything that can be sent now. It may queue `closed` events.
    package func drain(into output: inout ByteBuffer) throws(EngineError) {
        guard !self.isBusy else { throw .misuse }
        if self.isClosed { return }
        self.isBusy = true
        var code = 0
        while true {
            var bytes: UnsafePointer<UInt8>?
            code = unsafe nghttp2_session_mem_send(self.native, &bytes)
            guard code > 0 else { break }
            // Safety: the bytes are valid until the next call of nghttp2_session_mem_send.
            unsafe output.append(UnsafeRawBufferPointer(start: bytes, count: code))
        }
        self.isBusy = false
        if code < 0 { try self.fail(EngineError(code: Int32(truncatingIfNeeded: code))) }
    }

    /// Queues a GOAWAY: the client is done.
    package func submitGoAway() throws(EngineError) {
        guard !self.isBusy, !self.isClosed else { throw .misuse }
        try Self.check(unsafe nghttp2_session_terminate_session(self.native, NGHTTP2.Reason.noError))
    }

    /// Ends the session when its transport is gone: every open exchange gets its `closed`, and nothing else happens.
    package func close() {
        guard !self.isClosed else { return }
        self.isClosed = true
        for exchange in self.exchanges.values.sorted(by: { $0.id < $1.id }) {
            self.end(exchange, errorCode: exchange.isComplete ? NGHTTP2.Reason.noError : NGHTTP2.Reason.cancel)
        }
    }

    // MARK: What the callbacks do

    /// A field of a response's header section, or of its trailer section, which is dropped.
    func fieldReceived(_ id: Int32, name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        guard let exchange = self.exchanges[id] else { return }
        let value = unsafe String(decoding: value, as: UTF8.self)
        switch unsafe String(decoding: name, as: UTF8.self) {
        case ":status": exchange.status = Int(value) ?? 0
        case "content-type": exchange.contentType = value
        default: break
        }
    }

    /// A header section is complete. Only that of the final response is announced, not one of an interim response (1xx),
    /// nor trailers.
    func headersReceived(_ id: Int32, endsStream: Bool) {
        guard let exchange = self.exchanges[id], !exchange.isClosed else { return }
        if exchange.status >= 200, !exchange.hasHead {
            exchange.hasHead = true
            self.events.append(.headReceived(exchange))
        }
        if endsStream { exchange.isComplete = true }
    }

    /// Body bytes, without padding.
    func dataReceived(_ id: Int32, _ bytes: UnsafeRawBufferPointer) {
        guard let exchange = self.exchanges[id], !exchange.isClosed else { return }
        unsafe exchange.body.append(bytes)
        self.events.append(.dataReceived(exchange, bytes: bytes.count))
    }

    /// A DATA frame with END_STREAM is complete.
    func bodyEnded(_ id: Int32) {
        self.exchanges[id]?.isComplete = true
    }

    /// libnghttp2 has ended the stream, and will not name it again.
    func streamEnded(_ id: Int32, errorCode: UInt32) {
        guard let exchange = self.exchanges[id] else { return }
        self.end(exchange, errorCode: errorCode)
    }

    private func end(_ exchange: HTTP2Exchange, errorCode: UInt32) {
        guard !exchange.isClosed else { return }
        exchange.isClosed = true
        exchange.errorCode = errorCode
        exchange.unsent = ByteBuffer()
        self.events.append(.closed(exchange))
    }

    private static func check(_ code: Int32) throws(EngineError) {
        if code < 0 { throw EngineError(code: code) }
    }

    /// Ends the connection by an error: a GOAWAY is queued, and no call of ``receive(_:)`` succeeds any more.
    private func fail(_ error: EngineError) throws(EngineError) {
        self.failure = error
        unsafe nghttp2_session_terminate_session(self.native, error.goAwayReason)
        throw error
    }

    /// Receive window of a stream and of the connection.
    private static let windowBytes: Int32 = 1 << 20
}
