// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import NIOCore

/// Writes the fields of a client's request for libnghttp2, which copies them.
enum RequestHead {
    /// Calls `body` with the fields, which are valid during the call only.
    static func withFields(
        of request: HTTP2ClientRequest, _ body: (UnsafeMutableBufferPointer<nghttp2_nv>) -> Int32
    ) -> Int32 {
        let fields =
            [
                (":method", request.method), (":scheme", "http"), (":authority", request.authority),
                (":path", request.path),
            ] + request.fields.map { ($0.name, $0.value) }
        let text = fields.map { Array($0.0.utf8) + Array($0.1.utf8) }
        var bytes = text.flatMap { $0 }
        return unsafe bytes.withUnsafeMutableBufferPointer { memory in
            unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: fields.count) { output in
                guard var start = memory.baseAddress else { return NGHTTP2.Code.connectionFailure }
                for (index, field) in fields.enumerated() {
                    let nameBytes = field.0.utf8.count
                    // Safety: `bytes` is the names and values one behind the other, in this order.
                    unsafe output.initializeElement(
                        at: index,
                        to: nghttp2_nv(
                            name: start, value: start + nameBytes, namelen: nameBytes,
                            valuelen: field.1.utf8.count, flags: NGHTTP2.Flag.none))
                    unsafe start += text[index].count
                }
                return unsafe body(output)
            }
        }
    }
}
