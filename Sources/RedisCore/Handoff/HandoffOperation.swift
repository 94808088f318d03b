// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// One move of the connections on some peers to another endpoint.
struct HandoffOperation: Sendable {
    /// A shared connection that is to be replaced.
    struct Member: Sendable {
        enum Phase: Sendable, Equatable {
            /// -> dialing
            case waiting(until: NIODeadline)
            /// Nil until the driver has named the connection. -> settling, waiting, kept; or the member has moved
            case dialing(ConnectionID?)
            /// The new connection is ready but has the address of the old one: does the server send it away too (M11)?
            /// -> waiting; or the member has moved
            case settling(ConnectionID, until: NIODeadline)
            /// The target does not want us: the connection stays where it is (M7).
            case kept
        }

        var id: ConnectionID
        var phase: Phase

        /// The connection that is to take its place, if there is one already.
        var replacement: ConnectionID? {
            switch self.phase {
            case .waiting, .kept: nil
            case .dialing(let id): id
            case .settling(let id, _): id
            }
        }

        /// Whether a dial goes on.
        var isDialing: Bool {
            switch self.phase {
            case .waiting, .kept, .settling: false
            case .dialing: true
            }
        }
    }

    var record: HandoffRecord
    /// The announced target, unless the policy forbids it.
    var target: MovingTarget?
    /// An address of the configured name that is not being retired.
    var found: IPAddress?
    /// The peers whose connections move.
    var affected: [PeerAddress] = []
    /// Peers that a newer move has taken away from this one.
    var passedOn: [PeerAddress] = []
    var members: [Member] = []
    /// When the first replacement may be opened.
    var startAt: NIODeadline
    /// When to look up the configured name; `distantFuture` if there is nothing to find.
    var resolveAt: NIODeadline = .distantFuture
    /// When old connections are closed, whatever they wait for.
    var drainBy: NIODeadline
    /// Whether `drainBy` has come: no replacement is opened any more.
    var isTooLate = false
    /// Whether a connection to the new endpoint has worked: leased connections may be let go.
    var isCommitted = false
    /// Whether only timeouts are relaxed, and nothing is replaced.
    var isPassive: Bool
    /// Whether the target does not want us.
    var isRefused = false
    /// Everything has moved, or nothing more will; the rest of the time only new dials are sent to the target (M5).
    var isFinished = false
    /// Dials that failed of connections that were lost early: they go to the target and the configured endpoint in turn.
    var redialFailures = 0
    var backoff = Backoff(minimum: .milliseconds(250), maximum: .seconds(2))

    var identity: HandoffIdentity { self.record.identity }

    static let affectedMaximum = 64

    /// Where its replacements go.
    var dialTarget: DialTarget {
        if let target = self.target { return .announced(target) }
        return self.found.map { .resolved($0) } ?? .configured
    }

    /// When a connection that is given up now is closed: what it was given last has the margin, if there was nothing else.
    func drainEnd(now: NIODeadline) -> NIODeadline {
        now < self.drainBy ? self.drainBy : max(now, self.record.deadline)
    }

    func index(of id: ConnectionID) -> Int? {
        self.members.firstIndex { $0.id == id }
    }
}
