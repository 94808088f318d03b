// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

public import NIOCore

/// What the client needs to know of a request; its bytes are asked for when they are written (``RequestSource``).
public struct CommandRequest: Sendable {
    /// By which the source knows it.
    public var ticket: RequestTicket
    /// When the caller gives up. Nothing is sent, retried or held past it.
    public var deadline: NIODeadline
    /// How many top-level replies will come: 1 for a command, n for a pipeline, n + 2 for MULTI, n commands, EXEC.
    public var replyCount: Int
    /// What may be done if its reply is lost.
    public var retryClass: RetryClass
    /// Whether it needs a connection of its own while it runs (blocking commands).
    public var needsLease: Bool
    /// Whether the leased connection stays the request's own when the last reply has come, for one of class
    /// ``RetryClass/bound`` with the same ticket.
    public var keepsLease: Bool
    /// Whether the replies are those of MULTI ... EXEC. An EXECABORT at the end then means that nothing ran, so that a
    /// transient error among the queued commands makes the whole safe to send again.
    public var isTransaction: Bool
    /// Whether an error reply does not prove that nothing ran: a script may write and answer with an error of its own
    /// afterwards. Such a request is sent again after a transient error only if its class allows a second run, or if
    /// the error is one that the server gives before it looks at the command.
    public var mayRunPartly: Bool
    /// Whether the deadline is the configured one, and not the caller's own: it may be later while timeouts are relaxed.
    public var hasSoftDeadline: Bool

    /// Makes a request; each parameter is the property of its name.
    @inlinable
    public init(
        ticket: RequestTicket, deadline: NIODeadline, replyCount: Int = 1, retryClass: RetryClass,
        needsLease: Bool = false, keepsLease: Bool = false, isTransaction: Bool = false, mayRunPartly: Bool = false,
        hasSoftDeadline: Bool = false
    ) {
        self.ticket = ticket
        self.deadline = deadline
        self.replyCount = replyCount
        self.retryClass = retryClass
        self.needsLease = needsLease
        self.keepsLease = keepsLease
        self.isTransaction = isTransaction
        self.mayRunPartly = mayRunPartly
        self.hasSoftDeadline = hasSoftDeadline
    }
}
