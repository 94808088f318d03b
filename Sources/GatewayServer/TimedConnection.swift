// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A connection with one lazily armed timer: it is moved forward only, and looks at the deadlines when it fires.
protocol TimedConnection: AnyObject, NIOScheduledCallbackHandler {
    var loop: LoopContext { get }
    var timer: NIOScheduledCallback? { get set }
    /// When ``timer`` fires.
    var timerDeadline: NIODeadline { get set }
    /// nil once the connection is over.
    var channelContext: ChannelHandlerContext? { get }

    /// Looks at the deadlines.
    func check(now: NIODeadline) -> ConnectionDeadlines.Verdict

    /// Acts on a crossed limit: a connection that still has a future is drained, any other closed.
    func expire(_ limit: Limit)
}

extension TimedConnection {
    /// Makes sure that the deadlines are looked at no later than `deadline`.
    func arm(_ deadline: NIODeadline) {
        guard let context = self.channelContext, self.timer == nil || deadline < self.timerDeadline else { return }
        self.timer?.cancel()
        self.timerDeadline = deadline
        self.timer = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        self.timer = nil
        guard self.channelContext != nil else { return }
        self.loop.refreshNow()
        switch self.check(now: self.loop.now) {
        case .wait(let deadline): self.arm(deadline)
        case .expired(let limit):
            self.loop.count(limit)
            self.expire(limit)
            self.arm(self.loop.now + self.loop.configuration.writeTimeout)
        }
    }
}
