// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
package import HTTPCore
import NIOCore

extension HTTP2Session {
    /// Answers a request. The body is sent as the peer's windows allow. A request whose body has not arrived in full is
    /// answered all the same, and the stream is then reset with NO_ERROR (RFC 9113 section 8.1). For HEAD, 204 and 304 no
    /// body is sent.
    /// - Throws: ``EngineError/misuse`` if the stream was answered before, or the status is not one of 200...599.
    package func respond(to stream: HTTP2Stream, with response: Response, requestID: RequestID) throws(EngineError) {
        // The peer may have reset the stream while its request was being dealt with: nobody waits for the answer.
        if stream.isClosed { return }
        guard stream.facts.contains(.announced), stream.facts.isDisjoint(with: [.answered, .resetByUs]),
            200...599 ~= response.status
        else { throw .misuse }
        stream.facts.insert(.answered)
        if !stream.facts.contains(.requestComplete) {
            stream.facts.insert(.answeredEarly)
            self.earlyAnswers &+= 1
            // What has come of the body and what will come is read by nobody.
            try self.check(self.repay(stream, stream.owedBytes))
        }
        if !response.isBodiless, response.body.readableBytes > 0, !stream.facts.contains(.isHead) {
            stream.unsent = response.body
            self.queuedBytes &+= response.body.readableBytes
        }
        if response.isStreamed, !response.isBodiless, !stream.facts.contains(.isHead) {
            stream.facts.insert(.isStreaming)
        }
        try self.check(self.submit(response, requestID, on: stream))
    }

    /// Sends `100 (Continue)`.
    /// - Throws: ``EngineError/misuse`` if the stream was answered before.
    package func sendContinue(to stream: HTTP2Stream) throws(EngineError) {
        if stream.isClosed { return }
        guard stream.facts.contains(.announced), stream.facts.isDisjoint(with: [.answered, .resetByUs]) else {
            throw .misuse
        }
        guard !stream.facts.contains(.continues) else { return }
        stream.facts.insert(.continues)
        var field = unsafe nghttp2_nv.standIn
        let code = unsafe nghttp2_submit_headers(self.native, NGHTTP2.Flag.none, stream.id, nil, &field, 1, nil)
        try self.check(code)
    }

    /// Gives the peer back the credit for body bytes that are dealt with.
    package func returnCredit(_ stream: HTTP2Stream, bytes: Int) throws(EngineError) {
        // The credit of a stream that has ended went back when it ended.
        if stream.isClosed { return }
        try self.check(self.repay(stream, bytes))
    }

    /// RST_STREAM with an error code of RFC 9113 section 7.
    package func reset(_ stream: HTTP2Stream, errorCode: UInt32) throws(EngineError) {
        if stream.isClosed || stream.facts.contains(.resetByUs) { return }
        stream.facts.insert(.resetByUs)
        try self.check(unsafe nghttp2_submit_rst_stream(self.native, NGHTTP2.Flag.none, stream.id, errorCode))
    }

    /// GOAWAY with the highest stream identifier: a notice, no stream is refused yet (RFC 9113 section 6.8).
    package func submitShutdownNotice() throws(EngineError) {
        try self.check(unsafe nghttp2_submit_shutdown_notice(self.native))
    }

    /// The final GOAWAY: streams begun after the last one received are ignored.
    package func submitGoAway(errorCode: UInt32) throws(EngineError) {
        let last = unsafe nghttp2_session_get_last_proc_stream_id(self.native)
        self.hasSubmittedGoAway = true
        try self.check(unsafe nghttp2_submit_goaway(self.native, NGHTTP2.Flag.none, last, errorCode, nil, 0))
    }

    func submitSettings() throws(EngineError) {
        let values: [(nghttp2_settings_id, Int)] = [
            (NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, self.limits.concurrentStreams),
            (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, self.limits.streamWindow),
            (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, self.limits.headerBytes),
            (NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1),
        ]
        let entries = values.map { setting in
            nghttp2_settings_entry(settings_id: Int32(setting.0.rawValue), value: UInt32(windowBytes(setting.1)))
        }
        try self.check(unsafe nghttp2_submit_settings(self.native, NGHTTP2.Flag.none, entries, entries.count))
        let window = windowBytes(self.limits.connectionWindow)
        try self.check(unsafe nghttp2_session_set_local_window_size(self.native, NGHTTP2.Flag.none, 0, window))
    }

    func check(_ code: Int32) throws(EngineError) {
        if code < 0 { throw EngineError(code: code) }
    }

    private func submit(_ response: Response, _ requestID: RequestID, on stream: HTTP2Stream) -> Int32 {
        stream.head.compose(response, requestID: requestID, fields: stream.fields)
        var field = unsafe nghttp2_nv.standIn
        guard stream.unsent != nil || stream.facts.contains(.isStreaming) else {
            return unsafe nghttp2_submit_response(self.native, stream.id, &field, 1, nil)
        }
        // Safety: the stream outlives its native twin, which is the only user of the pointer.
        var provider = unsafe nghttp2_data_provider(
            source: nghttp2_data_source(ptr: stream.opaque),
            read_callback: provideData)
        return unsafe nghttp2_submit_response(self.native, stream.id, &field, 1, &provider)
    }

    /// A DATA frame of `length` body bytes goes out behind its frame header.
    func writeData(header: UnsafeRawBufferPointer, length: Int, of stream: HTTP2Stream) -> Int32 {
        // libnghttp2 never asks for more than `provideData` has offered.
        // Taken out and, if something is left, put back: nothing is counted then, and memory goes as early as it can.
        var rest = stream.unsent.take() ?? ByteBuffer()
        guard length <= rest.readableBytes else { return NGHTTP2.Code.connectionFailure }
        if self.parts != nil, length >= BodyPart.minimumBytes,
            let part = rest.getSlice(at: rest.readerIndex, length: length)
        {
            unsafe self.output.append(header)
            self.parts?.append(BodyPart(offset: self.output.readableBytes, bytes: part))
            self.partBytes &+= length
        } else {
            unsafe rest.withUnsafeReadableBytes { bytes in
                unsafe self.output.append(header, UnsafeRawBufferPointer(start: bytes.baseAddress, count: length))
            }
        }
        if length < rest.readableBytes {
            rest.moveReaderIndex(forwardBy: length)
            stream.unsent = consume rest
        }
        self.queuedBytes &-= length
        self.controls.earn(ControlBudget.perDataFrame)
        return self.hasRoom ? NGHTTP2.Code.success : NGHTTP2.Code.pause
    }

    /// A frame that ends a stream of ours was sent.
    func responseSent(_ id: Int32) -> Int32 {
        guard self.earlyAnswers > 0, let stream = self.stream(id), stream.facts.contains(.answeredEarly) else {
            return NGHTTP2.Code.success
        }
        stream.facts.remove(.answeredEarly)
        stream.facts.insert(.resetByUs)
        self.earlyAnswers &-= 1
        return unsafe nghttp2_submit_rst_stream(self.native, NGHTTP2.Flag.none, id, NGHTTP2.Reason.noError)
    }

    /// An RST_STREAM was sent. One that we did not ask for answers an error of the peer.
    func resetSent(_ id: Int32) {
        if let stream = self.stream(id), stream.facts.contains(.resetByUs) { return }
        if !self.resets.add() { self.fault = .abusive(.resets) }
    }

    /// A GOAWAY was sent. One that we did not ask for ends a connection whose peer broke the protocol.
    func goAwaySent(_ errorCode: UInt32) {
        if errorCode != NGHTTP2.Reason.noError, !self.hasSubmittedGoAway { self.connectionError = errorCode }
    }

    /// A frame could not be sent. Without its response head a stream would stay open for ever.
    func headersNotSent(_ id: Int32) -> Int32 {
        guard let stream = self.stream(id), !stream.facts.contains(.resetByUs) else { return NGHTTP2.Code.success }
        stream.facts.insert(.resetByUs)
        return unsafe nghttp2_submit_rst_stream(self.native, NGHTTP2.Flag.none, id, NGHTTP2.Reason.internalError)
    }
}

/// A limit as a flow-control window, which has 31 bits (RFC 9113 section 6.5.2).
private func windowBytes(_ bytes: Int) -> Int32 {
    Int32(clamping: max(0, bytes))
}

extension nghttp2_nv {
    /// The one field of every head that libnghttp2 is told of: it knows then that a head is sent, which ``HTTP2Session`` writes by
    /// itself. It is in the static table, so that libnghttp2's own compression table stays empty.
    fileprivate static var standIn: nghttp2_nv {
        let name: StaticString = ":status"
        let value: StaticString = "200"
        // Safety: libnghttp2 reads through the pointers only; a StaticString lives as long as the process.
        return unsafe nghttp2_nv(
            name: UnsafeMutablePointer(mutating: name.utf8Start),
            value: UnsafeMutablePointer(mutating: value.utf8Start),
            namelen: name.utf8CodeUnitCount, valuelen: value.utf8CodeUnitCount, flags: NGHTTP2.Field.constant)
    }
}
