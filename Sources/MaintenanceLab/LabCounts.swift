// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a lab has seen, of one endpoint or of all of them.
package struct LabCounts: Sendable, Equatable {
    /// Connections accepted.
    package var accepted = 0
    /// Connections open now.
    package var open = 0
    /// Opt-ins accepted.
    package var optIns = 0
    /// Opt-ins answered with an error.
    package var refusedOptIns = 0
    /// The `moving-endpoint-type` of each opt-in, in order; empty where none was named.
    package var endpointTypes: [String] = []
    /// Commands received, by name in upper case; those of CLIENT with their subcommand, as `CLIENT SETNAME`.
    package var commands: [String: Int] = [:]
    /// Replies passed on or made.
    package var replies = 0
    /// Pushes written, one for each connection that got it, by ``LabPush/name``.
    package var pushes: [String: Int] = [:]
    /// Connections that the lab closed.
    package var closedByLab = 0
    /// Commands received and not answered when the lab closed their connections.
    package var inFlightAtLabClose = 0
    /// Connections that the client closed.
    package var closedByClient = 0
    /// Commands received and not answered when the client closed their connections.
    package var inFlightAtClientClose = 0
    /// Connections that ended because their backend did, or could not be reached.
    package var closedByBackend = 0
    /// Commands received and not answered now.
    package var inFlight = 0

    package init() {}

    /// Commands received, of all names.
    package var commandTotal: Int { self.commands.values.reduce(0, +) }
    /// Pushes written, of all kinds.
    package var pushTotal: Int { self.pushes.values.reduce(0, +) }

    /// Adds another endpoint's.
    mutating func add(_ other: LabCounts) {
        self.accepted += other.accepted
        self.open += other.open
        self.optIns += other.optIns
        self.refusedOptIns += other.refusedOptIns
        self.endpointTypes += other.endpointTypes
        self.commands.merge(other.commands, uniquingKeysWith: +)
        self.replies += other.replies
        self.pushes.merge(other.pushes, uniquingKeysWith: +)
        self.closedByLab += other.closedByLab
        self.inFlightAtLabClose += other.inFlightAtLabClose
        self.closedByClient += other.closedByClient
        self.inFlightAtClientClose += other.inFlightAtClientClose
        self.closedByBackend += other.closedByBackend
        self.inFlight += other.inFlight
    }
}
