// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A request as a client of cleartext HTTP/2 submits it.
package struct HTTP2ClientRequest: Sendable {
    package var method: String
    package var authority: String
    package var path: String
    /// Further fields, with names in lower case.
    package var fields: [(name: String, value: String)]
    package var body: ByteBuffer

    package init(
        method: String, authority: String, path: String, fields: [(name: String, value: String)] = [],
        body: ByteBuffer = ByteBuffer()
    ) {
        self.method = method
        self.authority = authority
        self.path = path
        self.fields = fields
        self.body = body
    }
}
