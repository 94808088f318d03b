// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore
package import RESP

/// An answer that is made of the replies to many requests, one after the other, as the reader takes it.
package enum Feed: Sendable {
    case keys(KeyFeed)
    case entries(EntryFeed)

    /// What to do next.
    package enum Stage: Sendable, Equatable {
        /// Ask for more at once.
        case ask
        /// All that there was has been read: wait for more.
        case wait
        /// That was all.
        case end
    }

    /// The form of the answer.
    package var contentType: ContentType {
        switch self {
        case .keys: .ndjson
        case .entries: .eventStream
        }
    }

    /// What the answer begins with.
    package var beginning: ByteBuffer {
        switch self {
        case .keys: ByteBuffer()
        case .entries: ByteBuffer(staticString: "retry: 1000\n\n")
        }
    }

    package var stage: Stage {
        switch self {
        case .keys(let feed): feed.stage
        case .entries(let feed): feed.stage
        }
    }

    /// The next request.
    package var plan: RedisPlan {
        switch self {
        case .keys(let feed): feed.plan
        case .entries(let feed): feed.plan
        }
    }

    /// Takes the reply to ``plan``.
    /// - Parameter reply: What Redis has answered.
    /// - Returns: What to send; the stage is the one after it.
    package mutating func take(_ reply: RESPValue) -> FeedStep {
        switch self {
        case .keys(var feed):
            let step = feed.take(reply)
            self = .keys(feed)
            return step
        case .entries(var feed):
            let step = feed.take(reply)
            self = .entries(feed)
            return step
        }
    }

    /// What an answer that has begun ends with if it cannot go on.
    /// - Parameter problem: Why.
    /// - Returns: Maybe nothing.
    package func ending(_ problem: Problem) -> ByteBuffer {
        switch self {
        case .keys: KeyFeed.line(problem)
        case .entries: ByteBuffer()
        }
    }
}
