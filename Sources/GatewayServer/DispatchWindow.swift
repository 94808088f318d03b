// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How many requests of one HTTP/2 connection may be at Redis at a time: as many as their answers are expected to fit in the
/// connection's share of output memory.
///
/// A request whose caller has gone counts until its reply has come all the same, since Redis is still busy with it: resetting
/// streams buys no further work. Confined to the connection's event loop.
final class DispatchWindow {
    /// What a response is expected to hold before one was seen.
    private static let firstExpectedBytes = 1024 * 1024

    /// Whom to wake when there is room again; set while the connection is open. A weak reference would make every counting of the
    /// connection's references take the slow way.
    var connection: (any HTTPConnection)?
    /// Requests begun whose reply has not come.
    private(set) var inFlight = 0
    private var expectedBytes = DispatchWindow.firstExpectedBytes

    /// Whether one more request may be dispatched with `room` bytes of output memory left. One always may, as long as there is
    /// any.
    func mayDispatch(room: Int) -> Bool {
        room > 0 && (self.inFlight == 0 || self.inFlight &* self.expectedBytes < room)
    }

    func begin() {
        self.inFlight &+= 1
    }

    /// A request is over, with a response body of `bytes`: a larger one is expected again at once, smaller ones little by
    /// little.
    func end(bytes: Int) {
        self.inFlight &-= 1
        if bytes > self.expectedBytes {
            self.expectedBytes = bytes
        } else {
            self.expectedBytes -= (self.expectedBytes - bytes) / 4
        }
    }
}
