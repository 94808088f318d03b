// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a text is not acceptable JSON; `offset` counts bytes from the start.
package struct JSONError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        case unexpectedByte
        case unexpectedEnd
        case tooDeep
        case invalidUTF8
        case invalidEscape
        case loneSurrogate
        case trailingBytes
        case byteOrderMark
        case invalidNumber
    }

    package var reason: Reason
    package var offset: Int

    package init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
