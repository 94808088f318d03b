// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What each endpoint said to our wish for notifications, so that one that refused is not asked with every connection.
package struct OptInVerdicts: Sendable {
    private struct Entry: Sendable {
        var endpoint: String
        var reply: OptInReply
        var at: NIODeadline
    }

    private static let countMaximum = 32
    private let mode: MaintenanceMode
    private let reprobeInterval: TimeAmount
    private var entries: [Entry] = []

    package init(_ configuration: MaintenanceConfiguration) {
        self.mode = configuration.mode
        self.reprobeInterval = configuration.reprobeInterval
    }

    /// Whether a new connection to the endpoint is to ask. A refusal holds for a while in the mode `auto`.
    package func asks(_ endpoint: String, now: NIODeadline) -> Bool {
        switch self.mode {
        case .disabled: return false
        case .enabled: return true
        case .auto:
            guard let entry = self.entries.first(where: { $0.endpoint == endpoint }) else { return true }
            return entry.reply == .accepted || now >= entry.at + self.reprobeInterval
        }
    }

    /// Keeps an answer.
    /// - Returns: whether it is another than before.
    package mutating func answered(_ reply: OptInReply, by endpoint: String, now: NIODeadline) -> Bool {
        let entry = Entry(endpoint: endpoint, reply: reply, at: now)
        if let index = self.entries.firstIndex(where: { $0.endpoint == endpoint }) {
            let isNew = self.entries[index].reply != reply
            self.entries[index] = entry
            return isNew
        }
        if self.entries.count == Self.countMaximum { self.entries.removeFirst() }
        self.entries.append(entry)
        return true
    }
}
