// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The two keys of one load, named so that nobody else has them.
struct LoadKeys: Sendable {
    let counter: String
    let value: String

    /// What the second key holds.
    static let value = "baton"

    init(id: UInt64 = .random(in: 0...UInt64.max)) {
        let id = String(id, radix: 16)
        self.counter = "baton:rehearsal:\(id):counter"
        self.value = "baton:rehearsal:\(id):value"
    }

    var names: [String] { [self.counter, self.value] }
    var valuePath: String { "/v1/strings/\(self.value.replacing(":", with: "%3A"))" }
    var counterPath: String { "/v1/strings/\(self.counter.replacing(":", with: "%3A"))" }
    var increment: ByteBuffer { ByteBuffer(string: "[\"INCR\",\"\(self.counter)\"]") }
    var delete: ByteBuffer { ByteBuffer(string: "[\"DEL\",\"\(self.counter)\",\"\(self.value)\"]") }
}
