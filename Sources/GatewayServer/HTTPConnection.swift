// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// What the loop needs of an HTTP connection, whatever its version. Class-bound, so that a call costs no box.
protocol HTTPConnection: AnyObject {
    /// Whether responses wait to be written.
    var isDirty: Bool { get set }

    /// Whether requests wait for the peer to read: ``LoopContext/resumePausedFeeds()`` is called behind the next write then.
    var hasPausedFeeds: Bool { get set }

    /// Writes what waits, and goes on with requests that were held back meanwhile.
    func flush()

    /// Finish what was begun, accept nothing more, then close.
    func drain()

    /// Close at once.
    func abort()
}

extension HTTPConnection {
    /// Lets requests go on that wait for the peer to read, as far as it has.
    func resumeFeeds(of loop: LoopContext) {
        self.hasPausedFeeds = false
        loop.resumePausedFeeds()
    }
}
