// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine

extension Limit {
    /// The limit that an engine's verdict stands for.
    init(_ abuse: EngineError.Abuse) {
        switch abuse {
        case .resets: self = .resets
        case .controlFrames: self = .controlFrames
        case .connectionHeaderBytes: self = .connectionHeaderBytes
        case .continuations: self = .continuations
        }
    }
}
