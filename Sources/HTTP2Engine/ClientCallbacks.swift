// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import NIOCore

// Safety, for the whole file: libnghttp2 hands `user` back as it was set, which is the session that owns the native one and
// outlives it. The other pointers are valid during the call. No callback calls into the owner, or into libnghttp2.

/// Makes a client's native session; nil without memory.
func makeNativeClientSession() -> OpaquePointer? {
    unsafe withNativeSetup { callbacks, option in
        unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks, clientFieldReceived)
        unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, clientFrameReceived)
        unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, clientDataReceived)
        unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, clientStreamEnded)
        unsafe nghttp2_option_set_no_closed_streams(option, 1)
        var native: OpaquePointer?
        guard unsafe nghttp2_session_client_new2(&native, callbacks, nil, option) == 0 else { return nil }
        return unsafe native
    }
}

/// Calls `body` with the session behind `user`.
private func withClient(_ user: UnsafeMutableRawPointer?, _ body: (HTTP2ClientSession) -> Void) -> Int32 {
    guard let user = unsafe user else { return NGHTTP2.Code.connectionFailure }
    unsafe Unmanaged<HTTP2ClientSession>.fromOpaque(user)._withUnsafeGuaranteedRef { body($0) }
    return NGHTTP2.Code.success
}

private func clientFieldReceived(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?, _ nameLength: Int,
    _ value: UnsafePointer<UInt8>?, _ valueLength: Int, _ flags: UInt8, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame else { return NGHTTP2.Code.success }
    return unsafe withClient(user) { client in
        unsafe client.fieldReceived(
            frame.pointee.hd.stream_id, name: UnsafeBufferPointer(start: name, count: nameLength),
            value: UnsafeBufferPointer(start: value, count: valueLength))
    }
}

private func clientFrameReceived(
    _ native: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame = unsafe frame else { return NGHTTP2.Code.success }
    return unsafe withClient(user) { client in
        let header = unsafe frame.pointee.hd
        let endsStream = header.flags & NGHTTP2.Flag.endStream != 0
        switch header.type {
        case NGHTTP2.Frame.headers:
            client.headersReceived(header.stream_id, endsStream: endsStream)
        case NGHTTP2.Frame.data where endsStream:
            client.bodyEnded(header.stream_id)
        case NGHTTP2.Frame.goAway:
            client.peerGoAway = unsafe frame.pointee.goaway.error_code
        default:
            break
        }
    }
}

private func clientDataReceived(
    _ native: OpaquePointer?, _ flags: UInt8, _ id: Int32, _ data: UnsafePointer<UInt8>?, _ length: Int,
    _ user: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe withClient(user) { client in
        unsafe client.dataReceived(id, UnsafeRawBufferPointer(start: data, count: length))
    }
}

private func clientStreamEnded(
    _ native: OpaquePointer?, _ id: Int32, _ errorCode: UInt32, _ user: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe withClient(user) { client in
        client.streamEnded(id, errorCode: errorCode)
    }
}

/// Copies the next piece of a request body into a DATA frame.
func provideRequestData(
    _ native: OpaquePointer?, _ id: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ room: Int,
    _ flags: UnsafeMutablePointer<UInt32>?, _ source: UnsafeMutablePointer<nghttp2_data_source>?,
    _ user: UnsafeMutableRawPointer?
) -> Int {
    guard let flags = unsafe flags, let buffer = unsafe buffer, let pointer = unsafe source?.pointee.ptr else {
        return Int(NGHTTP2.Code.connectionFailure)
    }
    return unsafe Unmanaged<HTTP2Exchange>.fromOpaque(pointer)._withUnsafeGuaranteedRef { exchange in
        let count = min(exchange.unsent.readableBytes, room)
        unsafe exchange.unsent.withUnsafeReadableBytes { bytes in
            guard count > 0, let from = bytes.baseAddress else { return }
            // Safety: `room` bytes are there, and `count` is no more.
            unsafe UnsafeMutableRawPointer(buffer).copyMemory(from: from, byteCount: count)
        }
        exchange.unsent.moveReaderIndex(forwardBy: count)
        if exchange.unsent.readableBytes == 0 {
            unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
        }
        return count
    }
}
