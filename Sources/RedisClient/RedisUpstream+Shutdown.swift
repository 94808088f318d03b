// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
import RedisCore

extension RedisUpstream {
    /// Fails what is held, lets what is in flight finish until `deadline`, closes every connection. `completion` is
    /// called once, when the last connection is closed; possibly inside this call.
    package func shutdown(deadline: NIODeadline, completion: @escaping () -> Void) {
        switch self.phase {
        case .created, .running: break
        case .stopping, .stopped: return completion()
        }
        self.phase = .stopping(completion: completion)
        self.stopDeadline = deadline
        self.handoff.stop()
        self.handoffTimer.invalidate()
        for lane in self.lanes {
            lane.timer.invalidate()
        }
        let held = self.hold.removeAll() + self.removeWave() + self.leases.waiting.removeAll()
        for pending in held {
            self.fail(pending.request.ticket, pending.mayHaveRun ? .connectionLost : .shuttingDown)
        }
        self.flush()
        for connection in Array(self.connections.values) {
            self.wind(down: connection)
        }
        self.armTimer()
        self.batchEnded()
        self.finishIfStopped()
    }

    private func wind(down connection: RedisConnectionHandler) {
        switch connection.machine.state {
        case .dialing, .handshaking:
            connection.close(.shutdown)
        case .ready where connection.machine.slots.isEmpty:
            connection.close(.shutdown)
        case .ready:
            // A leased connection is closed when its request ends.
            if connection.role != .leased {
                self.ready.removeAll { $0 === connection }
                self.draining.append(connection)
                connection.drain()
            }
        case .draining, .closed:
            break
        }
    }

    /// The time for a gentle end is over.
    func closeEverything() {
        self.stopDeadline = .distantFuture
        for connection in Array(self.connections.values) {
            connection.close(.shutdown)
        }
    }

    func finishIfStopped() {
        guard case .stopping(let completion) = self.phase, self.connections.isEmpty else { return }
        self.phase = .stopped
        self.letGo()
        completion()
    }
}
