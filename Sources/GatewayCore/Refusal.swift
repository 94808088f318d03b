// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why the command policy refuses a command: what it would do to a connection that many callers share, or to the
/// server.
enum Refusal: UInt8, CaseIterable, Sendable {
    case identity, replyMode, tracking, session, database, transaction, subscription, monitor
    case waiting, blockingInBatch, unknownBlockingForm
    case replication, control, routing, introspection, debugging, administration, dataMovement
    case unknown

    /// The sentence for the caller.
    var text: StaticString {
        switch self {
        case .identity: "It would change the identity or protocol of a connection that others use."
        case .replyMode: "It would change how Redis replies on a connection that others use."
        case .tracking: "Client-side caching belongs to a connection of one's own."
        case .session: "It would change the session of a connection that others use."
        case .database: "Only the gateway's own database can be used."
        case .transaction: "Send the commands to /v1/transactions."
        case .subscription: "Subscriptions change the mode of a connection that others use."
        case .monitor: "It would show the traffic of others."
        case .waiting: "It waits for the last write of a connection that others use."
        case .blockingInBatch: "A blocking command can be sent to /v1/commands only."
        case .unknownBlockingForm: "The gateway does not know how to bound this blocking command."
        case .replication: "It would turn a connection that others use into a replication link."
        case .control: "It would stop or disturb Redis or the connections of others."
        case .routing: "It would change the cluster state of a connection that others use."
        case .introspection: "It tells about the gateway's own connections."
        case .debugging: "Debugging commands are not allowed."
        case .administration: "Administration of the Redis server is not allowed."
        case .dataMovement: "Moving data between servers or databases is not allowed."
        case .unknown: "The gateway does not know it, and the setting for further commands does not name it."
        }
    }
}
