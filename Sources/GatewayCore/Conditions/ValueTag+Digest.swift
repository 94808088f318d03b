// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

extension ValueTag {
    /// The tag of a value.
    init(of value: ByteBuffer, isJSON: Bool = false) {
        self.init(digest: unsafe value.withUnsafeReadableBytes { unsafe XXH3.digest($0) }, isJSON: isJSON)
    }
}
