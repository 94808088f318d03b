// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import NIOCore

// Safety, for the whole file: libnghttp2 hands `user` back as it was set, which is the session that owns the native one and
// outlives it. The other pointers are valid during the call. No callback calls into the owner, or into the functions of
// libnghttp2 that must not be entered again.

/// Calls `body` with new callbacks and options, which end with the call: a native session copies them. Nil without memory.
func withNativeSetup(
    _ body: (_ callbacks: OpaquePointer?, _ option: OpaquePointer?) -> OpaquePointer?
) -> OpaquePointer? {
    var callbacks: OpaquePointer?
    var option: OpaquePointer?
    defer {
        unsafe nghttp2_session_callbacks_del(callbacks)
        unsafe nghttp2_option_del(option)
    }
    guard unsafe nghttp2_session_callbacks_new(&callbacks) == 0, unsafe nghttp2_option_new(&option) == 0 else {
        return nil
    }
    return unsafe body(callbacks, option)
}

/// Makes a native session with the limits that libnghttp2 keeps by itself; nil without memory.
func makeNativeSession(limits: HTTP2Limits, memory: NativeMemory) -> OpaquePointer? {
    unsafe withNativeSetup { callbacks, option in
        unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks, frameBegan)
        unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, headersBegan)
        unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks, fieldReceived)
        unsafe nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, invalidFieldReceived)
        unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, frameReceived)
        unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, dataReceived)
        unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, streamEnded)
        unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, frameSent)
        unsafe nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, frameNotSent)
        unsafe nghttp2_session_callbacks_set_send_data_callback(callbacks, sendData)

        unsafe nghttp2_option_set_no_auto_window_update(option, 1)
        unsafe nghttp2_option_set_no_closed_streams(option, 1)
        unsafe nghttp2_option_set_max_outbound_ack(option, max(0, limits.queuedAcknowledgements))
        unsafe nghttp2_option_set_max_continuations(option, continuationFrames)
        // Our own meter is stricter and says ENHANCE_YOUR_CALM; this one only stands behind it.
        let resets = UInt64(max(0, limits.resets)) &+ 1
        unsafe nghttp2_option_set_stream_reset_rate_limit(option, resets &* 2, resets)

        var native: OpaquePointer?
        #if DEBUG
            let table: UnsafeMutablePointer<nghttp2_mem>? = nil
        #else
            let table: UnsafeMutablePointer<nghttp2_mem>? = unsafe memory.table
        #endif
        guard unsafe nghttp2_session_server_new3(&native, callbacks, nil, option, table) == 0 else { return nil }
        return unsafe native
    }
}

/// Calls `body` with the session behind `user`, without touching its reference count.
@inline(__always)
private func withSession(_ user: UnsafeMutableRawPointer?, _ body: (HTTP2Session) -> Int32) -> Int32 {
    guard let user = unsafe user else { return NGHTTP2.Code.connectionFailure }
    return unsafe Unmanaged<HTTP2Session>.fromOpaque(user)._withUnsafeGuaranteedRef { body($0) }
}

private func frameBegan(
    _ native: OpaquePointer?, _ header: UnsafePointer<nghttp2_frame_hd>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let header = unsafe header else { return NGHTTP2.Code.success }
    return unsafe withSession(user) { session in
        unsafe session.frameBegan(type: header.pointee.type, flags: header.pointee.flags, length: header.pointee.length)
    }
}

private func headersBegan(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame else { return NGHTTP2.Code.success }
    return unsafe withSession(user) { session in
        let id = unsafe frame.pointee.hd.stream_id
        if unsafe frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST {
            return session.requestBegan(id)
        }
        return session.trailersBegan(id)
    }
}

private func fieldReceived(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?, _ nameLength: Int,
    _ value: UnsafePointer<UInt8>?, _ valueLength: Int, _ flags: UInt8, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe withSession(user) { session in
        let name = unsafe UnsafeBufferPointer(start: name, count: nameLength)
        let value = unsafe UnsafeBufferPointer(start: value, count: valueLength)
        return unsafe session.fieldReceived(name: name.span, value: value.span)
    }
}

/// A field that libnghttp2 would drop by itself, for a character that RFC 9113 section 8.2.1 forbids: the request is
/// malformed, and its stream is reset.
private func invalidFieldReceived(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?, _ nameLength: Int,
    _ value: UnsafePointer<UInt8>?, _ valueLength: Int, _ flags: UInt8, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    NGHTTP2.Code.streamFailure
}

private func frameReceived(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame else { return NGHTTP2.Code.success }
    return unsafe withSession(user) { session in
        let header = unsafe frame.pointee.hd
        let endsStream = header.flags & NGHTTP2.Flag.endStream != 0
        switch header.type {
        case NGHTTP2.Frame.headers:
            return session.headersReceived(endsStream: endsStream)
        case NGHTTP2.Frame.data:
            let padding = unsafe frame.pointee.data.padlen
            return session.dataFrameReceived(
                header.stream_id, length: header.length, paddingLength: padding, endsStream: endsStream)
        case NGHTTP2.Frame.resetStream:
            return session.resetReceived()
        case NGHTTP2.Frame.goAway:
            session.peerGoAway = unsafe frame.pointee.goaway.error_code
            return NGHTTP2.Code.success
        case NGHTTP2.Frame.settings:
            let settings = unsafe frame.pointee.settings
            unsafe session.settingsReceived(UnsafeBufferPointer(start: settings.iv, count: settings.niv))
            return NGHTTP2.Code.success
        default:
            return NGHTTP2.Code.success
        }
    }
}

private func dataReceived(
    _ native: OpaquePointer?, _ flags: UInt8, _ id: Int32, _ data: UnsafePointer<UInt8>?, _ length: Int,
    _ user: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe withSession(user) { session in
        let code = unsafe session.dataReceived(id, UnsafeRawBufferPointer(start: data, count: length))
        return code == 0 ? code : NGHTTP2.Code.connectionFailure
    }
}

private func streamEnded(
    _ native: OpaquePointer?, _ id: Int32, _ errorCode: UInt32, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe withSession(user) { session in
        session.streamEnded(id)
    }
}

private func frameSent(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame else { return NGHTTP2.Code.success }
    return unsafe withSession(user) { session in
        let header = unsafe frame.pointee.hd
        switch header.type {
        case NGHTTP2.Frame.headers, NGHTTP2.Frame.data:
            if header.type == NGHTTP2.Frame.headers, !session.writeHead(of: header.stream_id, flags: header.flags) {
                return NGHTTP2.Code.connectionFailure
            }
            guard header.flags & NGHTTP2.Flag.endStream != 0 else { return NGHTTP2.Code.success }
            let code = session.responseSent(header.stream_id)
            return code == 0 ? code : NGHTTP2.Code.connectionFailure
        case NGHTTP2.Frame.resetStream:
            session.resetSent(header.stream_id)
            return NGHTTP2.Code.success
        case NGHTTP2.Frame.goAway:
            session.goAwaySent(unsafe frame.pointee.goaway.error_code)
            return NGHTTP2.Code.success
        default:
            return NGHTTP2.Code.success
        }
    }
}

private func frameNotSent(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ errorCode: Int32,
    _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame, unsafe frame.pointee.hd.type == NGHTTP2.Frame.headers else {
        return NGHTTP2.Code.success
    }
    return unsafe withSession(user) { session in
        let code = session.headersNotSent(unsafe frame.pointee.hd.stream_id)
        return code == 0 ? code : NGHTTP2.Code.connectionFailure
    }
}

/// Says how much of a response body the next DATA frame takes. The bytes themselves go out in `sendData`.
func provideData(
    _ native: OpaquePointer?, _ id: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ room: Int,
    _ flags: UnsafeMutablePointer<UInt32>?, _ source: UnsafeMutablePointer<nghttp2_data_source>?,
    _ user: UnsafeMutableRawPointer?
) -> Int {
    guard let flags = unsafe flags, let pointer = unsafe source?.pointee.ptr else {
        return Int(NGHTTP2.Code.connectionFailure)
    }
    let stream = unsafe HTTP2Stream(opaque: pointer)
    let rest = stream.unsentBytes
    let goesOn = stream.facts.contains(.isStreaming)
    if goesOn, rest == 0 { return Int(NGHTTP2.Code.deferred) }
    unsafe flags.pointee |= NGHTTP2_DATA_FLAG_NO_COPY.rawValue
    if rest <= room, !goesOn {
        unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
    }
    return min(rest, room)
}

private func sendData(
    _ native: OpaquePointer?, _ frame: UnsafeMutablePointer<nghttp2_frame>?, _ header: UnsafePointer<UInt8>?,
    _ length: Int, _ source: UnsafeMutablePointer<nghttp2_data_source>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let pointer = unsafe source?.pointee.ptr else { return NGHTTP2.Code.connectionFailure }
    return unsafe withSession(user) { session in
        unsafe session.writeData(
            header: UnsafeRawBufferPointer(start: header, count: frameHeaderBytes), length: length,
            of: HTTP2Stream(opaque: pointer))
    }
}

/// The size of a frame header (RFC 9113 section 4.1).
let frameHeaderBytes = 9

/// CONTINUATION frames of one header block. libnghttp2 counts each read of a frame header, so that a header which two reads
/// have cut counts twice.
private let continuationFrames = 16
