// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import RedisCore

/// Those who listen to the same, in the same form: a message is written once for all of them.
struct ChannelAudience: Hashable {
    var key: SubscriptionKey
    var style: SubscriptionStyle
}
