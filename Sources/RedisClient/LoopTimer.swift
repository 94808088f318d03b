// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// One timer of one owner, on its event loop: armed for a time, re-armed only for an earlier one.
///
/// It fires at or before the wanted time; the owner looks at its state and arms it anew. So a deadline that is met in
/// time, as nearly all are, never touches the loop's timers.
final class LoopTimer: NIOScheduledCallbackHandler {
    private let eventLoop: NIOIsolatedEventLoop
    private var scheduled: NIOScheduledCallback?
    private var fired: ((NIODeadline) -> Void)?
    /// When it fires; `distantFuture` while it is not armed.
    private(set) var armedFor: NIODeadline = .distantFuture

    /// A timer that is not armed, and cannot be before ``start(_:)``.
    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop.assumeIsolated()
    }

    /// A timer that is not armed.
    convenience init(eventLoop: any EventLoop, fired: @escaping (NIODeadline) -> Void) {
        self.init(eventLoop: eventLoop)
        self.start(fired)
    }

    /// Says what is called when it fires. `fired` may keep the timer's owner alive: ``invalidate()`` drops it. (A weak reference
    /// would make every retain of the owner, several a request, take the slow way.)
    func start(_ fired: @escaping (NIODeadline) -> Void) {
        self.fired = fired
    }

    /// Makes sure that it fires at `deadline` or earlier.
    func arm(at deadline: NIODeadline) {
        guard deadline < self.armedFor, self.fired != nil else { return }
        self.scheduled?.cancel()
        self.armedFor = deadline
        // It throws only when the loop has shut down; nothing runs there any more.
        self.scheduled = try? self.eventLoop.scheduleCallback(at: deadline, handler: self)
    }

    func disarm() {
        self.scheduled?.cancel()
        self.scheduled = nil
        self.armedFor = .distantFuture
    }

    /// Never fires again.
    func invalidate() {
        self.disarm()
        self.fired = nil
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        self.scheduled = nil
        self.armedFor = .distantFuture
        self.fired?(eventLoop.now)
    }
}
