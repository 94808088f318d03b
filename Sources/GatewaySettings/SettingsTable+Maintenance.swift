// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayServer
import NIOCore
import RedisClient
import RedisCore

extension Setting {
    /// How announced maintenance of the upstream is met.
    static var maintenance: [Setting] {
        let times = TimeAmount.milliseconds(1)...TimeAmount.hours(24)
        let timesOrNone = TimeAmount.zero...TimeAmount.hours(24)
        return [
            Setting(
                "Maintenance", "maintenance-notifications",
                .choice(MaintenanceMode.allCases.map(\.rawValue), \.maintenanceNotifications),
                "Ask Redis to announce its maintenance: never, if it can, or refuse a server that cannot."),
            Setting(
                "Maintenance", "moving-endpoint-type",
                .choice(MovingEndpointType.allCases.map(\.rawValue), \.movingEndpointType),
                "How the server is to name the endpoint to move to; auto decides by the connection's address and TLS."),
            Setting(
                "Maintenance", "proactive-reconnect", .flag(\.server.redis.maintenance.proactiveReconnect),
                "Open new connections when a move is announced, before the old ones break; false: only relax timeouts."),
            Setting(
                "Maintenance", "relaxed-timeout", .duration(timesOrNone, \.server.redis.maintenance.relaxedTimeout),
                "The timeout of commands during maintenance, if longer than command-timeout and the caller gave none; 0s: off."
            ),
            Setting(
                "Maintenance", "relaxed-tail", .duration(timesOrNone, \.server.redis.maintenance.relaxedTail),
                "How long timeouts stay relaxed after the end of maintenance."),
            Setting(
                "Maintenance", "migration-window-maximum",
                .duration(times, \.server.redis.maintenance.migrationWindowMaximum),
                "How long a migration may relax timeouts if its end is never announced."),
            Setting(
                "Maintenance", "failover-window-maximum",
                .duration(times, \.server.redis.maintenance.failoverWindowMaximum),
                "The same for a failover."),
            Setting(
                "Maintenance", "slot-migration-window-maximum",
                .duration(times, \.server.redis.maintenance.slotMigrationWindowMaximum),
                "The same for a migration of a cluster's slots."),
            Setting(
                "Maintenance", "handoff-margin", .duration(timesOrNone, \.server.redis.maintenance.handoffMargin),
                "How long before the server's deadline an old connection is closed, whatever it waits for."),
            Setting(
                "Maintenance", "handoff-parallel-dials",
                .integer(1...64, \.server.redis.maintenance.parallelDialsMaximum),
                "New connections that a move opens at the same time, per event loop."),
            Setting(
                "Maintenance", "handoff-jitter-maximum",
                .duration(timesOrNone, \.server.redis.maintenance.jitterMaximum),
                "Longest random delay before a move begins; never more than a tenth of its time."),
            Setting(
                "Maintenance", "handoff-target-allow-list",
                .list(placeholder: "CIDR|ADDRESS|DOMAIN", \.handoffTargets),
                "Where an announcement may lead; may be given again. Without it: hosts near the configured one, and with TLS any that proves its name."
            ),
            Setting(
                "Maintenance", "handoff-port-policy",
                .choice(PortPolicy.allCases.map(\.rawValue), \.handoffPortPolicy),
                "Whether a move may lead to another port than the configured one."),
            Setting(
                "Maintenance", "handoff-probe", .flag(\.server.redis.maintenance.probesTarget),
                "A new connection must answer a PING before it takes requests."),
            Setting(
                "Maintenance", "maintenance-reprobe-interval",
                .duration(times, \.server.redis.maintenance.reprobeInterval),
                "After a server has refused to announce maintenance, how long until it is asked again."),
            Setting(
                "Maintenance", "maintenance-wait-maximum", .duration(timesOrNone, \.server.maintenanceWaitMaximum),
                "How long GET /v1/maintenance may wait for news (Prefer: wait)."),
            Setting(
                "Maintenance", "maintenance-watchers-maximum",
                .integer(0...1_000_000, \.server.maintenanceWatchersMaximum),
                "Requests per event loop that may wait for such news, or subscribe to events. Over it: not held, and 503."
            ),
        ]
    }
}
