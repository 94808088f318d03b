// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTPCore
import NIOCore

/// What the callbacks do. All of it only appends events, copies bytes and counts. Each returns what libnghttp2 wants of its
/// callback.
extension HTTP2Session {
    /// The stream that libnghttp2 knows by the number; nil if it has ended or was never ours.
    func stream(_ id: Int32) -> HTTP2Stream? {
        guard let pointer = unsafe nghttp2_session_get_stream_user_data(self.native, id) else { return nil }
        // Safety: the only user data ever set is a stream that `streams` holds until it is closed.
        return unsafe HTTP2Stream(opaque: pointer)
    }

    /// Any frame begins.
    func frameBegan(type: UInt8, flags: UInt8, length: Int) -> Int32 {
        switch type {
        case NGHTTP2.Frame.resetStream:
            // It has its own meter.
            return NGHTTP2.Code.success
        case NGHTTP2.Frame.data where length > 0 || flags & NGHTTP2.Flag.endStream != 0:
            return NGHTTP2.Code.success
        case NGHTTP2.Frame.settings where flags & NGHTTP2.Flag.acknowledgement != 0:
            return NGHTTP2.Code.success
        case NGHTTP2.Frame.headers:
            // It is paid back as soon as it proves to belong to a stream, so that the last token buys a request, too.
            return self.spendControlFrame(overdraft: ControlBudget.perHeaders)
        default:
            return self.spendControlFrame()
        }
    }

    private func spendControlFrame(overdraft: Int = 0) -> Int32 {
        if self.controls.spend(overdraft: overdraft) { return NGHTTP2.Code.success }
        return self.abort(.abusive(.controlFrames))
    }

    /// A SETTINGS frame, or the acknowledgement of one, which has no entries.
    func settingsReceived(_ entries: UnsafeBufferPointer<nghttp2_settings_entry>) {
        var smallest: UInt32?
        var last: UInt32 = 0
        for index in entries.indices {
            let entry = unsafe entries[index]
            guard entry.settings_id == NGHTTP2.Setting.headerTableSize else { continue }
            smallest = min(smallest ?? .max, entry.value)
            last = entry.value
        }
        if let smallest { self.fieldTable.limit(smallest: smallest, last: last) }
    }

    func resetReceived() -> Int32 {
        if self.resets.add() { return NGHTTP2.Code.success }
        return self.abort(.abusive(.resets))
    }

    /// The trailer section of a request begins.
    func trailersBegan(_ id: Int32) -> Int32 {
        self.controls.earn(ControlBudget.perHeaders)
        self.current = self.stream(id)
        return NGHTTP2.Code.success
    }

    /// A request's first HEADERS frame.
    func requestBegan(_ id: Int32) -> Int32 {
        let stream = self.pool.take()
        stream.id = id
        stream.slot = Int32(truncatingIfNeeded: self.streams.count)
        self.streams.append(stream)
        self.controls.earn(ControlBudget.perHeaders + ControlBudget.perRequest)
        // Safety: `streams` holds the stream until libnghttp2 has closed it, or the session ends.
        let code = unsafe nghttp2_session_set_stream_user_data(self.native, id, stream.opaque)
        self.current = stream
        return code == 0 ? code : NGHTTP2.Code.connectionFailure
    }

    /// One field of the current header block.
    func fieldReceived(name: borrowing Span<UInt8>, value: borrowing Span<UInt8>) -> Int32 {
        guard let stream = self.current else { return NGHTTP2.Code.success }
        let bytes = name.count &+ value.count &+ 32
        let fields = stream.fields
        fields.fieldCount &+= 1
        fields.decodedBytes &+= bytes
        self.headerBytes &+= bytes
        guard self.headerBytes <= self.limits.connectionHeaderBytes else {
            return self.abort(.abusive(.connectionHeaderBytes))
        }
        guard stream.rejection == nil else { return NGHTTP2.Code.success }
        guard fields.decodedBytes <= self.limits.headerBytes, fields.fieldCount <= self.limits.headerFields else {
            stream.rejection = .headerFieldsTooLarge
            return NGHTTP2.Code.success
        }
        // A trailer section is counted and dropped.
        guard !stream.facts.contains(.headersComplete), let known = FieldName(lowercased: name) else {
            return NGHTTP2.Code.success
        }
        self.store(known, value: value, in: stream)
        return NGHTTP2.Code.success
    }

    private func store(_ name: FieldName, value: borrowing Span<UInt8>, in stream: HTTP2Stream) {
        switch name {
        case .path where value.count > self.limits.targetBytes:
            stream.rejection = .targetTooLong
            return
        case .authority where stream.fields.contains(.authority):
            // `host` beside `:authority` is ignored (RFC 9113 section 8.3.1); libnghttp2 refuses a second one of either.
            return
        case .contentLength:
            stream.declaredBytes = Self.decimal(value)
        default:
            break
        }
        if !stream.fields.append(name, value: value) {
            stream.rejection = .malformed
        }
        if case .method = name, case .head = stream.fields.method { stream.facts.insert(.isHead) }
    }

    /// Reads the digits that libnghttp2 has checked; a number that is too large for us becomes the largest.
    private static func decimal(_ digits: borrowing Span<UInt8>) -> Int {
        var number = 0
        for index in digits.indices {
            guard number < Int.max / 10 - 1 else { return .max }
            number = number * 10 + Int(digits[index] &- UInt8(ascii: "0"))
        }
        return number
    }

    /// A header block is complete: of a request, or of its trailer section.
    func headersReceived(endsStream: Bool) -> Int32 {
        guard let stream = self.current else { return NGHTTP2.Code.success }
        self.current = nil
        let isTrailer = stream.facts.contains(.headersComplete)
        stream.facts.insert(.headersComplete)
        if stream.rejection == nil, stream.declaredBytes > self.limits.bodyBytes {
            stream.rejection = .bodyTooLarge
        }
        if endsStream { self.complete(stream) }
        if let rejection = stream.rejection {
            self.reject(stream, rejection)
        } else if endsStream {
            self.announceRequest(stream)
        } else if !isTrailer {
            self.announce(stream, .headersReceived)
        }
        return NGHTTP2.Code.success
    }

    /// Body bytes, without padding.
    func dataReceived(_ id: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let stream = self.stream(id) else {
            return unsafe nghttp2_session_consume_connection(self.native, bytes.count)
        }
        stream.owedBytes &+= bytes.count
        stream.receivedBytes &+= bytes.count
        if stream.receivedBytes > self.limits.bodyBytes {
            self.reject(stream, .bodyTooLarge)
        }
        guard stream.facts.isDisjoint(with: .ignoresBody) else { return self.repay(stream, stream.owedBytes) }
        if stream.body.capacity == 0, stream.declaredBytes > 0 {
            stream.body.reserveCapacity(min(stream.declaredBytes, HTTP2Session.reservedBodyBytes))
        }
        unsafe stream.body.writeBytes(bytes)
        stream.unreportedBytes &+= bytes.count
        if !stream.facts.contains(.dataQueued) {
            stream.facts.insert(.dataQueued)
            self.events.append(.dataReceived, stream)
        }
        return NGHTTP2.Code.success
    }

    /// A DATA frame is complete.
    func dataFrameReceived(_ id: Int32, length: Int, paddingLength: Int, endsStream: Bool) -> Int32 {
        if endsStream, let stream = self.stream(id) {
            self.complete(stream)
            self.announceRequest(stream)
        } else if !endsStream, length > 0, length <= paddingLength {
            // Nothing but padding; a frame of length 0 was counted when it began.
            return self.spendControlFrame()
        }
        return NGHTTP2.Code.success
    }

    /// libnghttp2 has ended the stream, and will not name it again.
    func streamEnded(_ id: Int32) -> Int32 {
        guard let stream = self.stream(id) else { return NGHTTP2.Code.success }
        if self.current == stream { self.current = nil }
        var code = NGHTTP2.Code.success
        if stream.owedBytes > 0 {
            code = unsafe nghttp2_session_consume_connection(self.native, stream.owedBytes)
            stream.owedBytes = 0
        }
        self.end(stream)
        return code == 0 ? code : NGHTTP2.Code.connectionFailure
    }

    /// Marks a stream as ended, and tells the owner if it knows of it.
    func end(_ stream: HTTP2Stream) {
        if stream.facts.contains(.answeredEarly) { self.earlyAnswers &-= 1 }
        stream.facts.insert(.closed)
        stream.facts.remove(.answeredEarly)
        self.headerBytes &-= stream.fields.decodedBytes
        if stream.unsent != nil {
            self.queuedBytes &-= stream.unsentBytes
            stream.unsent = nil
        }
        if stream.facts.contains(.announced) {
            self.openStreams &-= 1
            self.events.append(.streamClosed, stream)
        } else {
            self.retire(stream)
        }
    }

    /// Gives credit back for body bytes of a stream.
    func repay(_ stream: HTTP2Stream, _ bytes: Int) -> Int32 {
        let due = min(bytes, stream.owedBytes)
        guard due > 0 else { return NGHTTP2.Code.success }
        stream.owedBytes &-= due
        return unsafe nghttp2_session_consume(self.native, stream.id, due)
    }

    private func complete(_ stream: HTTP2Stream) {
        stream.facts.insert(.requestComplete)
        stream.completed = self.now
        if stream.facts.contains(.answeredEarly) {
            stream.facts.remove(.answeredEarly)
            self.earlyAnswers &-= 1
        }
    }

    private func announceRequest(_ stream: HTTP2Stream) {
        guard stream.facts.isDisjoint(with: .ignoresBody) else { return }
        self.announce(stream, .requestReceived)
    }

    private func reject(_ stream: HTTP2Stream, _ rejection: RequestRejection) {
        // The owner may have answered, or heard of an earlier reason, already.
        guard stream.facts.isDisjoint(with: .ignoresBody) else { return }
        stream.facts.insert(.rejected)
        stream.rejection = rejection
        self.announce(stream, .requestRejected)
    }

    private func announce(_ stream: HTTP2Stream, _ event: EventQueue.Kind) {
        if !stream.facts.contains(.announced) {
            stream.facts.insert(.announced)
            self.openStreams &+= 1
        }
        self.events.append(event, stream)
    }

    private func abort(_ error: EngineError) -> Int32 {
        self.fault = error
        return NGHTTP2.Code.connectionFailure
    }

    /// Memory that a `content-length` alone may make us reserve.
    private static let reservedBodyBytes = 64 * 1024
}
