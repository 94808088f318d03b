// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What becomes of a request that did not get its replies.
package enum RetryVerdict: Sendable, Equatable {
    /// It goes to the front of what waits, in its old order.
    case sendAgain(mayHaveRun: Bool)
    case fail(RedisFailure)
}
