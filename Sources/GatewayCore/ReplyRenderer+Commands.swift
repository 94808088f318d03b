// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RESP

extension ReplyRenderer {
    mutating func takeResult(_ reply: RESPValue) {}
    mutating func takePipelineResult(_ reply: RESPValue, ordinal: Int) {}
    mutating func takeBatchReply(_ reply: RESPValue, ordinal: Int) {}
}
