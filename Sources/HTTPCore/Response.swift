// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// One complete response, the same value for both codecs.
package struct Response: Sendable {
    /// 200...599.
    package var status: Int
    /// nil: no `content-type` field.
    package var contentType: ContentType?
    /// The bytes to send. For HEAD they are not sent, but count for `content-length` unless ``contentLength`` is set.
    package var body: ByteBuffer
    /// Overrides the `content-length` value; used for HEAD, whose body is not at hand. nil: the body's size.
    package var contentLength: Int?
    /// Further fields, in order. Empty costs no allocation.
    package var fields: [ResponseField]
    /// The `etag` field; nil: none.
    package var tag: ValueTag?
    /// Whether ``body`` is only the beginning: more is sent until the response is finished, so that no `content-length` is.
    package var isStreamed = false

    package init(
        status: Int, contentType: ContentType? = nil, body: ByteBuffer = ByteBuffer(), contentLength: Int? = nil,
        fields: [ResponseField] = [], tag: ValueTag? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.contentLength = contentLength
        self.fields = fields
        self.tag = tag
    }

    /// Whether the status allows neither body nor `content-length` (RFC 9110 sections 8.6 and 15.4.5).
    package var isBodiless: Bool {
        self.status == 204 || self.status == 304
    }
}
