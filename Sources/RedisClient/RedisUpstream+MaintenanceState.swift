// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
package import RedisCore
import Telemetry

/// Announced maintenance as people and metrics see it.
extension RedisUpstream {
    /// A picture of the upstream's maintenance, from memory.
    package var maintenanceSnapshot: UpstreamMaintenance {
        let configured = self.configuration.commandTimeout
        var picture = UpstreamMaintenance(mode: self.configuration.maintenance.mode, configuredTimeout: configured)
        picture.notifications = self.notifications
        picture.state = self.maintenanceState
        picture.connections.ready = self.ready.count + self.leases.idle.count + self.leases.busy.count
        picture.connections.draining = self.draining.count
        picture.connections.dialing =
            self.connections.values.count { $0.machine.state == .dialing || $0.machine.state == .handshaking }
        if self.handoff.isAnyRelaxed {
            picture.effectiveTimeout = max(configured, self.configuration.maintenance.relaxedTimeout)
        }
        self.handoff.describe(in: &picture)
        return picture
    }

    /// The upstream in one word.
    package var maintenanceState: UpstreamMaintenance.State {
        switch self.phase {
        case .created, .running: break
        case .stopping, .stopped: return .down
        }
        if self.ready.isEmpty { return self.refusal == nil ? .reconnecting : .down }
        if self.handoff.isMoving { return .moving }
        return self.handoff.isAnyRelaxed ? .relaxed : .normal
    }

    /// Tells what has changed since the last call.
    func maintenanceUpdated() {
        let state = self.maintenanceState
        if state != self.toldState {
            self.toldState = state
            self.notes.append(MaintenanceNote(.state(state)))
        }
        self.updateMaintenanceMetrics()
        guard !self.notes.isEmpty else { return }
        let notes = self.notes
        self.notes.removeAll(keepingCapacity: true)
        guard let changed = self.maintenanceChanged else { return }
        for note in notes { changed(note) }
    }

    private func updateMaintenanceMetrics() {
        let counters = self.handoff.counters
        let told = self.toldCounters
        guard counters != told || !self.notes.isEmpty || self.handoff.isAnyRelaxed != self.toldRelaxed else { return }
        self.toldCounters = counters
        self.toldRelaxed = self.handoff.isAnyRelaxed
        self.metrics.note(counters, since: told, on: self.shard)
        self.shard.set(self.metrics.relaxed, to: self.toldRelaxed ? 1 : 0)
        for kind in WindowKind.allCases {
            self.shard.set(
                self.metrics.windows, Int(kind.rawValue), to: self.handoff.windows.open.count { $0.kind == kind })
        }
        let hasEnded = self.notes.contains { $0.change == .handoff(.done) || $0.change == .handoff(.failed) }
        if hasEnded, let duration = self.handoff.lastHandoff?.duration {
            self.shard.observe(self.metrics.handoffDuration, nanoseconds: duration.nanoseconds)
        }
    }
}
