// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import Glibc
import NIOCore
import RESP

/// One client of the lab: its commands go to the backend, the replies come back, and pushes go in between.
/// Confined to the lab's event loop.
final class LabConnection {
    /// A reply that the client waits for.
    enum Slot {
        /// The backend will give it.
        case backend
        /// The lab gives it, when its turn comes.
        case made(ByteBuffer, optIn: Bool)
    }

    /// A push that waits for its place among the replies.
    struct Injection {
        var push: LabPush
        var point: PushPoint
    }

    let id: Int
    let endpoint: EndpointState
    /// Who knows the rules for all connections.
    let lab: LabState
    let client: any Channel
    let outbox: Outbox
    /// nil until the first command needs it, and between two backends.
    var backend: BackendLink?
    var cutter = FrameCutter()
    var slots: Deque<Slot> = []
    /// Commands that are kept back.
    var held: Deque<LabCommand> = []
    /// The newest of each command that gave the connection its state, in the order in which they first came.
    var state: [(key: String, bytes: ByteBuffer)] = []
    var isOptedIn = false
    var injections: [Injection] = []
    /// What is to be closed, and when; nil: nothing.
    var closePlan: (manner: CloseManner, moment: CloseMoment)?
    /// Whether the connection goes to another backend as soon as nothing is in flight on this one.
    var movesBackend = false
    /// The connection is over, for whatever reason.
    private(set) var isClosed = false
    /// Called once, when the backend was changed or the connection has ended.
    var backendMoved: () -> Void = {}

    init(id: Int, endpoint: EndpointState, lab: LabState, client: any Channel) {
        self.id = id
        self.endpoint = endpoint
        self.lab = lab
        self.client = client
        self.outbox = Outbox(channel: client, settings: endpoint)
        self.injections = endpoint.arrivals.map {
            Injection(push: $0.push, point: .afterReplies($0.beforeReply))
        }
    }

    /// The connection is up.
    func start() {
        self.outbox.drained = { [weak self] in self?.closeIfIdle() }
        self.flushInjections()
    }

    /// Commands received and not answered: waiting here, at the backend, or with their replies held back.
    var inFlight: Int { self.slots.count + self.held.count + self.outbox.replies }

    var info: LabConnectionInfo {
        LabConnectionInfo(
            id: self.id, endpoint: self.endpoint.value, isOptedIn: self.isOptedIn, inFlight: self.inFlight)
    }

    // MARK: Pushes

    /// Sends a push at a point of the reply stream.
    func push(_ push: LabPush, at point: PushPoint) {
        guard point != .now else { return self.write(push, inOrder: false) }
        self.injections.append(Injection(push: push, point: point))
        self.flushInjections()
    }

    /// Sends the pushes whose place is here, in front of the next reply.
    func flushInjections() {
        while let index = self.injections.firstIndex(where: { $0.point == .afterReplies(0) }) {
            self.write(self.injections.remove(at: index).push, inOrder: true)
        }
    }

    /// A reply has gone: pushes that count replies come nearer.
    func advanceInjections(isQueued: Bool) {
        for index in self.injections.indices {
            switch self.injections[index].point {
            case .afterReplies(let count): self.injections[index].point = .afterReplies(max(0, count - 1))
            case .afterQueued: if isQueued { self.injections[index].point = .afterReplies(0) }
            case .now: self.injections[index].point = .afterReplies(0)
            }
        }
        self.flushInjections()
    }

    func write(_ push: LabPush, inOrder: Bool) {
        guard !self.isClosed else { return }
        self.endpoint.counts.pushes[push.name, default: 0] += 1
        if inOrder {
            self.outbox.appendInOrder(push.encoded, isReply: false)
        } else {
            self.outbox.append(push.encoded)
        }
    }

    // MARK: The end

    /// Closes, or plans to.
    func close(_ manner: CloseManner, at moment: CloseMoment) {
        guard !self.isClosed else { return }
        guard moment != .now else { return self.closeNow(manner) }
        self.closePlan = (manner, moment)
        self.closeIfIdle()
    }

    /// A plan to close when nothing is in flight comes true.
    func closeIfIdle() {
        guard let plan = self.closePlan, self.outbox.isEmpty else { return }
        switch plan.moment {
        case .whenIdle: if self.slots.isEmpty { self.closeNow(plan.manner) }
        case .now: self.closeNow(plan.manner)
        case .beforeNextReply, .afterNextReply: break
        }
    }

    /// Closes the client's connection at once, and counts what is lost with it.
    func closeNow(_ manner: CloseManner) {
        guard !self.isClosed else { return }
        self.endpoint.counts.closedByLab += 1
        self.endpoint.counts.inFlightAtLabClose += self.inFlight
        self.end()
        if manner == .reset, let socket = self.client as? any SocketOptionProvider {
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { [client] _ in client.close(promise: nil)
            }
        } else {
            self.client.close(promise: nil)
        }
    }

    /// The client has gone, or what it sent is not RESP.
    func clientEnded() {
        guard !self.isClosed else { return }
        self.endpoint.counts.closedByClient += 1
        self.endpoint.counts.inFlightAtClientClose += self.inFlight
        self.end()
        self.client.close(promise: nil)
    }

    /// The backend has gone.
    func backendEnded() {
        guard !self.isClosed else { return }
        self.endpoint.counts.closedByBackend += 1
        self.end()
        self.client.close(promise: nil)
    }

    private func end() {
        self.isClosed = true
        self.outbox.drained = {}
        self.backend?.close()
        self.backend = nil
        self.lab.forget(self)
        let moved = self.backendMoved
        self.backendMoved = {}
        moved()
    }
}
