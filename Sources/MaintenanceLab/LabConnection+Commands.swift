// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import NIOCore
import RESP

extension LabConnection {
    /// Bytes from the client.
    func clientRead(_ bytes: ByteBuffer) {
        guard self.endpoint.mode != .silent else { return }
        self.cutter.feed(bytes)
        do {
            while !self.isClosed, let frame = try self.cutter.next() {
                self.take(LabCommand(frame))
            }
        } catch {
            self.clientEnded()
        }
    }

    private func take(_ command: LabCommand) {
        self.endpoint.counts.commands[command.name, default: 0] += 1
        // Once one command is kept back, those behind it are, too.
        guard !self.keepsBack, self.held.isEmpty else { return self.held.append(command) }
        self.deal(with: command)
    }

    /// Whether commands must wait here.
    private var keepsBack: Bool {
        if self.endpoint.isPaused || self.movesBackend { return true }
        guard let plan = self.closePlan else { return false }
        return plan.moment == .whenIdle
    }

    /// Goes on with the commands that were kept back.
    func resumeCommands() {
        while !self.isClosed, !self.keepsBack, let command = self.held.popFirst() {
            self.deal(with: command)
        }
    }

    private func deal(with command: LabCommand) {
        if case .failHandshake(let text) = self.endpoint.mode, command.name == "HELLO" || command.name == "AUTH" {
            return self.answer(ByteBuffer(string: "-\(text)\r\n"))
        }
        if command.isOptIn, let reply = self.endpoint.optInAnswer.reply { return self.answerOptIn(command, reply) }
        if command.setsConnectionState { self.remember(command) }
        if !command.isSubscription { self.slots.append(.backend) }
        self.link().send(command.bytes)
    }

    private func answerOptIn(_ command: LabCommand, _ reply: ByteBuffer) {
        guard self.endpoint.optInAnswer == .accept else {
            self.endpoint.counts.refusedOptIns += 1
            return self.answer(reply)
        }
        guard command.switchesOn else {
            self.isOptedIn = false
            return self.answer(reply)
        }
        self.endpoint.counts.optIns += 1
        self.endpoint.counts.endpointTypes.append(command.endpointType)
        self.answer(reply, optIn: true)
    }

    /// Queues a reply of the lab's own behind those that the backend still owes.
    private func answer(_ reply: ByteBuffer, optIn: Bool = false) {
        self.slots.append(.made(reply, optIn: optIn))
        self.sendMadeReplies()
    }

    private func remember(_ command: LabCommand) {
        if let index = self.state.firstIndex(where: { $0.key == command.stateKey }) {
            self.state[index].bytes = command.bytes
        } else {
            self.state.append((command.stateKey, command.bytes))
        }
    }

    private func link() -> BackendLink {
        if let backend = self.backend { return backend }
        return self.makeLink(preamble: [])
    }

    private func makeLink(preamble: [ByteBuffer]) -> BackendLink {
        let link = BackendLink(eventLoop: self.client.eventLoop, preamble: preamble)
        link.received = { [weak self] in self?.backendRead($0) }
        link.ended = { [weak self] in self?.backendEnded() }
        self.backend = link
        link.connect(to: self.endpoint.backend)
        return link
    }

    // MARK: Another backend

    /// Goes to the endpoint's new backend as soon as nothing is in flight on the old one.
    func moveBackend(done: @escaping () -> Void) {
        guard !self.isClosed else { return done() }
        self.movesBackend = true
        self.backendMoved = done
        self.finishMove()
    }

    /// Nothing is in flight: the new connection gets the commands that gave the old one its state.
    func finishMove() {
        guard self.movesBackend, self.slots.isEmpty else { return }
        self.movesBackend = false
        if let backend = self.backend {
            backend.close()
            _ = self.makeLink(preamble: self.state.map(\.bytes))
        }
        let moved = self.backendMoved
        self.backendMoved = {}
        moved()
        self.resumeCommands()
    }
}
