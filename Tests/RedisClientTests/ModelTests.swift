// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOEmbedded
import RedisCore
import Testing

@testable import RedisClient

/// Random histories of requests, replies, errors, losses and time, with a server that knows what it ran.
@Suite("Model")
struct ModelTests {
    @Test(
        "no request is lost or answered twice, no unsafe one runs twice, every reply goes to its own request",
        arguments: 0..<300)
    func history(seed: UInt64) throws {
        let model = RandomHistory(seed: seed)
        for _ in 0..<150 { try model.step() }
        try model.end()
        model.check()
    }

    @Test("the same with announced maintenance; and when it is over, nothing is left of it", arguments: 0..<300)
    func maintained(seed: UInt64) throws {
        let model = RandomHistory(seed: seed, isMaintained: true)
        for _ in 0..<150 { try model.step() }
        try model.end()
        model.check()
    }
}

/// One history. A command's words are its ticket, its ordinal and its class; its reply repeats the first two.
private final class RandomHistory {
    private var generator: SeededGenerator
    private let isMaintained: Bool
    private var sequence = 0
    private let world: World
    private var classes: [RequestTicket: RetryClass] = [:]
    private var transactions: Set<RequestTicket> = []
    private var deadlines: [RequestTicket: NIODeadline] = [:]
    private var cancelled: Set<RequestTicket> = []
    /// How often the server ran each command, by ticket and ordinal.
    private var runs: [String: Int] = [:]

    init(seed: UInt64, isMaintained: Bool = false) {
        self.isMaintained = isMaintained
        var generator = SeededGenerator(seed: seed)
        let lanes = Int.random(in: 1...3, using: &generator)
        let cap = Int.random(in: 1...30, using: &generator)
        let hasProbes = Bool.random(using: &generator)
        self.world = World(seed: seed, start: !isMaintained) {
            $0.connectionsPerLoop = lanes
            $0.inFlightMaximum = cap
            $0.holdQueueMaximum = cap
            $0.leasedConnectionsPerLoop = 2
            $0.stallTimeout = .milliseconds(300)
            $0.probeInterval = .milliseconds(100)
            guard isMaintained else { return }
            $0.endpoint = RedisEndpoint(address: .tcp(host: "redis.example.com", port: 6379))
            $0.maintenance.relaxedTimeout = .milliseconds(600)
            $0.maintenance.relaxedTail = .milliseconds(50)
            $0.maintenance.migrationWindowMaximum = .milliseconds(700)
            $0.maintenance.failoverWindowMaximum = .milliseconds(300)
            $0.maintenance.jitterMaximum = .milliseconds(20)
            $0.maintenance.probesTarget = hasProbes
        }
        self.generator = generator
        guard isMaintained else { return }
        self.world.onAddress { target in
            switch target {
            case .configured: "10.0.0.1"
            case .announced(let target): target.host
            case .resolved(let address): address.description
            }
        }
        self.world.names = ["10.0.0.1", "10.0.0.2"].compactMap { IPAddress($0) }
        self.world.upstream.start()
    }

    func step() throws {
        if self.isMaintained, Int.random(in: 0..<12, using: &self.generator) == 0 { try self.announce() }
        switch Int.random(in: 0..<100, using: &self.generator) {
        case 0..<40: self.submit()
        case 40..<70: try self.answer(atMost: Int.random(in: 1...5, using: &self.generator))
        case 70..<88: try self.world.advance(.milliseconds(Int64.random(in: 1...40, using: &self.generator)))
        case 88..<91: self.world.upstream.flush()
        case 91..<94: self.randomPeer()?.close()
        case 94..<95: try self.sendUnasked()
        case 95..<96: try self.randomPeer()?.send("!broken\r\n")
        case 96..<97: try self.randomPeer()?.send(">2\r\n+x\r\n:1\r\n")
        case 97..<98: self.world.dial = Bool.random(using: &self.generator) ? .accept : .refuse
        default: self.cancel()
        }
        if Bool.random(using: &self.generator) { try self.world.settle() }
    }

    /// A reply too many can be told only on a connection on which nothing is in flight.
    private func sendUnasked() throws {
        try self.world.settle()
        guard let peer = self.randomPeer(), peer.isReady, peer.commands.isEmpty else { return }
        try peer.send("+nobody asked\r\n")
    }

    /// Tells some connections of maintenance; now and then the same as before, or something impossible.
    private func announce() throws {
        if Int.random(in: 0..<3, using: &self.generator) > 0 { self.sequence += 1 }
        let target = Int.random(in: 1...4, using: &self.generator)
        let seconds = Int.random(in: -1...3, using: &self.generator)
        let number = ":\(self.sequence)\r\n"
        let endpoint = target == 4 ? "_\r\n" : "+10.0.0.\(target):6379\r\n"
        let pushes = [
            ">4\r\n+MOVING\r\n\(number):\(seconds)\r\n\(endpoint)", ">4\r\n+MOVING\r\n\(number):2\r\n\(endpoint)",
            ">4\r\n+MIGRATING\r\n\(number):2\r\n+x\r\n", ">3\r\n+MIGRATED\r\n\(number)+x\r\n",
            ">4\r\n+FAILING_OVER\r\n\(number):2\r\n+x\r\n", ">3\r\n+FAILED_OVER\r\n\(number)+x\r\n",
            ">3\r\n+MOVING\r\n_\r\n_\r\n", ">1\r\n+MOVING\r\n",
        ]
        let push = pushes.randomElement(using: &self.generator) ?? ""
        for peer in self.world.peers.filter(\.isOpen) where Bool.random(using: &self.generator) { try peer.send(push) }
        if Int.random(in: 0..<20, using: &self.generator) == 0 {
            _ = self.world.upstream.beginHandoff(
                target: MovingTarget("10.0.0.\(target):6379"), grace: .milliseconds(Int64(seconds) * 500))
        }
    }

    private func submit() {
        let count =
            Int.random(in: 0..<4, using: &self.generator) == 0 ? Int.random(in: 2...4, using: &self.generator) : 1
        let retryClass: RetryClass = [.readOnly, .idempotent, .unsafe].randomElement(using: &self.generator) ?? .unsafe
        let lease = Int.random(in: 0..<10, using: &self.generator) == 0
        let transaction = count > 2 && Bool.random(using: &self.generator)
        let timeout = Int64.random(in: 0...400, using: &self.generator)
        let index = self.classes.count
        let ticket = self.world.submit(
            (0..<count).map { ["\(index)", "\($0)", transaction ? "tx\(count)" : "plain"] }, class: retryClass,
            timeout: .milliseconds(timeout), lease: lease, transaction: transaction,
            soft: Bool.random(using: &self.generator))
        self.classes[ticket] = retryClass
        self.deadlines[ticket] = self.world.now + .milliseconds(timeout)
    }

    private func cancel() {
        guard let ticket = self.classes.keys.min(by: { $0.index < $1.index }) ?? nil else { return }
        let index = UInt32.random(in: 0..<UInt32(self.classes.count), using: &self.generator)
        let victim = RequestTicket(index: index, generation: ticket.generation)
        guard self.world.outcome(victim) == nil else { return }
        self.cancelled.insert(victim)
        self.world.source.forget(victim)
        self.world.upstream.cancel(victim)
    }

    private func randomPeer() -> FakePeer? {
        self.world.peers.filter(\.isOpen).randomElement(using: &self.generator)
    }

    /// The server takes commands and answers them, cutting what it sends anywhere.
    private func answer(atMost count: Int) throws {
        guard let peer = self.randomPeer() else { return }
        var text = ""
        for _ in 0..<count {
            guard let command = peer.take() else { break }
            if command[2].hasPrefix("tx"), command[1] == "0" {
                text += self.transaction(command, peer)
            } else {
                text += self.reply(to: command)
            }
        }
        guard !text.isEmpty else { return }
        let cut = Int.random(in: 0...text.utf8.count, using: &self.generator)
        if cut > 0 { try peer.send(String(text.prefix(cut))) }
        if cut < text.utf8.count { try peer.send(String(text.dropFirst(cut))) }
    }

    private func reply(to command: [String]) -> String {
        if Int.random(in: 0..<6, using: &self.generator) == 0 {
            return ["-LOADING x\r\n", "-READONLY x\r\n", "-BUSY x\r\n"].randomElement(using: &self.generator) ?? ""
        }
        self.runs["\(command[0]):\(command[1])", default: 0] += 1
        return "+\(command[0]):\(command[1])\r\n"
    }

    /// A transaction's commands arrive in one piece; either all run or none.
    private func transaction(_ first: [String], _ peer: FakePeer) -> String {
        let count = Int(first[2].dropFirst(2)) ?? 1
        var words = [first]
        while words.count < count, let next = peer.take() { words.append(next) }
        guard words.count == count else { return "" }
        guard Int.random(in: 0..<3, using: &self.generator) == 0 else {
            for command in words { self.runs["\(command[0]):\(command[1])", default: 0] += 1 }
            return words.map { "+\($0[0]):\($0[1])\r\n" }.joined()
        }
        let queued = words.dropLast().map { "+\($0[0]):\($0[1])\r\n" }
        return (queued.dropLast() + ["-READONLY x\r\n"]).joined() + "-EXECABORT Transaction discarded\r\n"
    }

    func end() throws {
        try self.world.settle()
        try self.world.advance(.milliseconds(self.isMaintained ? 1500 : 500))
        for (ticket, _) in self.classes where !self.cancelled.contains(ticket) {
            #expect(self.world.outcome(ticket) != nil, "request \(ticket.index) was lost")
        }
        #expect(self.world.source.unannounced == 0)
        #expect(self.world.upstream.status.held == 0)
        if self.isMaintained { try self.endOfMaintenance() }
        try self.world.finish()
        #expect(self.world.upstream.transients.isEmpty)
        #expect(self.world.upstream.connections.isEmpty)
    }

    /// The longest move takes three seconds; whoever asks then is asked again every half second.
    private func endOfMaintenance() throws {
        self.world.dial = .accept
        try self.world.advance(.seconds(5), step: .milliseconds(25))
        let picture = self.world.upstream.maintenanceSnapshot
        #expect(picture.handoffs.isEmpty)
        #expect(picture.windows.isEmpty)
        #expect(picture.state == .normal, "\(self.world.upstream.status)")
        #expect(self.world.upstream.draining.isEmpty)
        #expect(self.world.upstream.ready.count == self.world.upstream.configuration.connectionsPerLoop)
    }

    func check() {
        for (ticket, retryClass) in self.classes {
            let entry = self.world.source.entries[ticket]
            for ordinal in 0..<(entry?.commands.count ?? 0) where retryClass == .unsafe {
                let count = self.runs["\(ticket.index):\(ordinal)", default: 0]
                #expect(count <= 1, "unsafe request \(ticket.index) ran \(count) times")
            }
            guard let outcome = self.world.outcome(ticket) else { continue }
            self.check(ticket, outcome)
        }
    }

    private func check(_ ticket: RequestTicket, _ outcome: Outcome) {
        switch outcome {
        case .replies(let replies):
            for (ordinal, reply) in replies.enumerated() where !reply.hasPrefix("-") {
                #expect(reply == "\(ticket.index):\(ordinal)")
            }
        case .failed(let failure):
            guard failure.meansNotExecuted else { return }
            let count = self.runs.filter { $0.key.hasPrefix("\(ticket.index):") }.values.reduce(0, +)
            #expect(count == 0, "\(failure) was said of request \(ticket.index), which ran")
        }
    }
}

extension RedisFailure {
    /// Whether it says that nothing ran.
    fileprivate var meansNotExecuted: Bool {
        switch self {
        case .deadlinePassed(written: false), .overloaded, .shuttingDown, .refused, .leaseLost: true
        case .deadlinePassed(written: true), .connectionLost, .badReply: false
        }
    }
}
