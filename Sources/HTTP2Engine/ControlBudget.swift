// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// What the peer may spend on frames that ask for work and carry nothing: SETTINGS, PING, PRIORITY, WINDOW_UPDATE and empty
/// DATA, and HEADERS that are ignored because their stream is over. (A frame of an unknown type asks for no work: libnghttp2 skips it.)
///
/// A bucket of ``HTTP2Limits/controlFrames`` tokens. Each such frame takes one; a new request puts ``perRequest`` back and
/// a DATA frame that we send ``perDataFrame`` (a window update for the stream and one for the connection), so that the
/// traffic which explains such frames also pays for them. At the end of an interval the bucket is filled up again, and
/// what it holds above ``surplusFactor`` times its size is lost.
struct ControlBudget {
    static let perRequest = 4
    /// Every HEADERS frame is counted when it begins, before it is known whether it is ignored. This pays it back.
    static let perHeaders = 1
    static let perDataFrame = 2
    static let surplusFactor = 16

    private let size: Int
    private let interval: TimeAmount
    private var left: Int
    private var refillAt: NIODeadline?

    init(limits: HTTP2Limits) {
        self.size = max(0, limits.controlFrames)
        self.interval = .seconds(Int64(limits.controlIntervalSeconds))
        self.left = self.size
    }

    mutating func refill(now: NIODeadline) {
        guard let refillAt = self.refillAt else {
            self.refillAt = now + self.interval
            return
        }
        guard now >= refillAt else { return }
        self.refillAt = now + self.interval
        self.left = max(self.size, min(self.left, self.size.multipliedSaturating(by: ControlBudget.surplusFactor)))
    }

    mutating func earn(_ tokens: Int) {
        self.left &+= tokens
    }

    /// - Parameter overdraft: How far below zero this frame may go.
    /// - Returns: false if the peer has spent all it had.
    mutating func spend(overdraft: Int = 0) -> Bool {
        guard self.left > -overdraft else { return false }
        self.left &-= 1
        return true
    }
}

extension Int {
    fileprivate func multipliedSaturating(by factor: Int) -> Int {
        let (product, overflow) = self.multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }
}
