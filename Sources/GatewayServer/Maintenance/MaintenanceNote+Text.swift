// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Logging
import RedisCore
import Telemetry

extension MaintenanceNote {
    /// The event's name in documents.
    var name: String {
        switch self.change {
        case .notifications: "notifications"
        case .windowOpened: "window_opened"
        case .windowClosed: "window_closed"
        case .windowExpired: "window_expired"
        case .handoff: "handoff"
        case .targetRefused: "target_refused"
        case .peerNotAdvertised: "peer_not_advertised"
        case .state: "state"
        }
    }

    /// What the log says of it.
    var message: Logger.Message {
        switch self.change {
        case .notifications: "maintenance notifications"
        case .windowOpened: "maintenance began"
        case .windowClosed: "maintenance ended"
        case .windowExpired: "maintenance ended without an announcement"
        case .handoff(.waiting): "handoff announced"
        case .handoff(.dialing): "handoff is opening connections"
        case .handoff(.switched): "handoff has switched"
        case .handoff(.draining): "handoff is draining old connections"
        case .handoff(.done): "handoff done"
        case .handoff(.failed): "handoff failed"
        case .targetRefused: "announced target is not allowed"
        case .peerNotAdvertised: "the name no longer leads to the peer"
        case .state: "upstream state"
        }
    }

    /// How important it is.
    var level: Logger.Level {
        switch self.change {
        case .handoff(.failed), .targetRefused, .windowExpired: .warning
        case .handoff, .windowOpened, .windowClosed, .peerNotAdvertised: .notice
        case .notifications, .state: .info
        }
    }

    /// The values for the log.
    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        switch self.change {
        case .notifications(let answer): metadata[LogKey.state] = "\(answer.rawValue)"
        case .windowOpened(let kind), .windowClosed(let kind), .windowExpired(let kind):
            metadata[LogKey.kind] = "\(kind.label)"
        case .handoff(let phase): metadata[LogKey.phase] = "\(phase.rawValue)"
        case .state(let state): metadata[LogKey.state] = "\(state.rawValue)"
        case .targetRefused, .peerNotAdvertised: break
        }
        if let sequence = self.sequence { metadata[LogKey.sequence] = "\(sequence)" }
        if let target = self.target { metadata[LogKey.target] = "\(target)" }
        return metadata
    }
}
