// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why an HTTP/2 connection cannot go on. The owner drains what is queued (a GOAWAY, mostly), then closes.
package enum EngineError: Error, Sendable, Equatable {
    /// libnghttp2's error code (negative) for a connection error that the peer caused.
    case protocolViolation(Int32)
    /// The peer crossed a limit; GOAWAY ENHANCE_YOUR_CALM is queued.
    case abusive(Abuse)
    case outOfMemory
    /// A call that is not allowed from where it was made, or a stream that is not open.
    case misuse

    /// The limits that end a connection; also the label of the metric.
    package enum Abuse: UInt8, CaseIterable, Sendable {
        case resets
        case controlFrames
        case connectionHeaderBytes
        case continuations
    }
}
