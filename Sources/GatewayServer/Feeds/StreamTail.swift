// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import NIOCore
import RedisCore

/// Readers of one stream who have all that there is. One of them has a blocking XREAD at Redis, and tells the others.
struct StreamTail {
    /// What the reading one has.
    var position: StreamID
    /// Who reads.
    var leader: RequestTicket
    /// The others.
    var followers: ContiguousArray<RequestTicket> = []
}
