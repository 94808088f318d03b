// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Which connections something is done to.
package struct Recipients: Sendable {
    /// Only those of this endpoint.
    var endpoint: LabEndpoint?
    /// Only these, by ``LabConnectionInfo/id``.
    var connections: Set<Int>?
    /// Only those that have opted in.
    var needsOptIn: Bool

    /// Every connection that has opted in.
    package static let optedIn = Recipients(needsOptIn: true)
    /// Every connection, asked for or not.
    package static let all = Recipients(needsOptIn: false)

    /// Those connections of an endpoint that have opted in.
    package static func optedIn(_ endpoint: LabEndpoint) -> Recipients {
        Recipients(endpoint: endpoint, needsOptIn: true)
    }

    /// Every connection of an endpoint.
    package static func all(_ endpoint: LabEndpoint) -> Recipients {
        Recipients(endpoint: endpoint, needsOptIn: false)
    }

    /// These connections, opted in or not.
    package static func connections(_ ids: Set<Int>) -> Recipients {
        Recipients(connections: ids, needsOptIn: false)
    }

    func includes(_ connection: LabConnection) -> Bool {
        if let endpoint = self.endpoint, connection.endpoint.value != endpoint { return false }
        if let connections = self.connections, !connections.contains(connection.id) { return false }
        return !self.needsOptIn || connection.isOptedIn
    }
}
