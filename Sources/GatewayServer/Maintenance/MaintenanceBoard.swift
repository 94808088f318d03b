// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import RedisCore
import Telemetry

/// Where the event loops tell each other of maintenance. Not on the request path: what is asked for is answered by each
/// loop from its own ``MaintenanceWatch``, which the board brings up to date.
final class MaintenanceBoard: Sendable {
    private struct State {
        var ledger: MaintenanceLedger
        var publication: MaintenancePublication
    }

    private let loops: [NIOLoopBound<LoopContext>]
    private let logger: Logger
    private let state: NIOLockedValueBox<State>

    /// - Parameters:
    ///   - loops: All of them; their order gives them their numbers.
    ///   - pictures: What each of them sees now.
    ///   - endpoint: Where the upstream is, without credentials.
    ///   - now: The present.
    ///   - logger: Gets a line a revision.
    init(
        loops: [NIOLoopBound<LoopContext>], pictures: [UpstreamMaintenance], endpoint: String, now: NIODeadline,
        logger: Logger
    ) {
        self.loops = loops
        self.logger = logger
        let mark = String(UInt32.random(in: .min ... .max), radix: 16)
        let ledger = MaintenanceLedger(
            mark: mark, endpoint: endpoint, pictures: pictures, now: now, clock: WallClock(now: now))
        self.state = NIOLockedValueBox(
            State(ledger: ledger, publication: MaintenancePublication(number: 0, ledger: ledger)))
    }

    /// The newest publication.
    var publication: MaintenancePublication {
        self.state.withLockedValue { $0.publication }
    }

    /// Takes what an event loop has to tell, and spreads it.
    /// - Parameters:
    ///   - notes: What has happened there, in order.
    ///   - picture: What the loop sees now.
    ///   - loop: The loop's number.
    ///   - now: The present.
    func report(_ notes: [MaintenanceNote], _ picture: UpstreamMaintenance, from loop: Int, now: NIODeadline) {
        let (events, publication) = self.state.withLockedValue { state in
            let events = state.ledger.report(notes, picture, from: loop, now: now)
            state.publication = MaintenancePublication(
                number: state.publication.number + 1, ledger: state.ledger)
            return (events, state.publication)
        }
        for event in events {
            var metadata = event.note.metadata
            metadata[LogKey.upstream] = "\(HandoffOrder.upstream)"
            self.logger.log(level: event.note.level, event.note.message, metadata: metadata)
        }
        for bound in self.loops {
            bound.eventLoop.execute { bound.value.published(publication) }
        }
    }

    /// Begins a move on every event loop.
    /// - Parameters:
    ///   - order: Where to, and how long it may take.
    ///   - eventLoop: Where the answer is wanted.
    /// - Returns: Whether any loop has begun; a loop refuses when too many moves go on.
    func begin(_ order: HandoffOrder, on eventLoop: any EventLoop) -> EventLoopFuture<Bool> {
        let answers = self.loops.map { bound in
            bound.eventLoop.submit {
                let hasBegun = bound.value.upstream?.beginHandoff(target: order.target, grace: order.grace) ?? false
                // At once, so that the answer holds the move.
                bound.value.reportMaintenance()
                return hasBegun
            }
        }
        return EventLoopFuture.whenAllSucceed(answers, on: eventLoop).map { $0.contains(true) }
    }
}
