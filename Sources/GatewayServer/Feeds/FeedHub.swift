// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The feeds of one event loop.
struct FeedHub {
    /// All of them.
    var all: Set<RequestTicket> = []
    /// Those that ask for more when the current batch of replies is over.
    var ready: ContiguousArray<RequestTicket> = []
    /// Those whose readers have not taken what they were sent.
    var paused: ContiguousArray<RequestTicket> = []
    /// Those that try again after a failure, and when.
    var resting: ContiguousArray<RequestTicket> = []
    var restTimer: Scheduled<Void>?
    /// Who waits for more of a stream, by its key.
    var tails: [ByteBuffer: StreamTail] = [:]
    /// The next sign of life; nil without feeds.
    var heartbeat: Scheduled<Void>?
    var isScheduled = false
}
