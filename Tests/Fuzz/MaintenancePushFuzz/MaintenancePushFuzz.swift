// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// Reads a stream of pushes and gives each to a handoff machine with two connections: nothing may trap, what is kept stays
/// bounded, and once the time of every announcement is over, nothing is left of them.
///
/// The first byte chooses the settings, the second how much time passes between two pushes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMaintenancePush(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    var stand = Stand(settings: input[0], step: .milliseconds(Int64(input[1]) * 20))
    var decoder = RESPDecoder(limits: RESPLimits())
    decoder.feed(ByteBuffer(bytes: input.dropFirst(2)))
    while let value = try? decoder.next() {
        let push = MaintenancePush(value)
        precondition(push.kind != nil || push.event == nil, "an event of no kind")
        stand.received(push)
    }
    stand.end()
    return 0
}

/// A machine and its time. Orders are followed only as far as the machine needs it: dials fail.
private struct Stand {
    var machine: HandoffMachine
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    let step: TimeAmount
    var generator = SeededGenerator(seed: 1)
    var turn: UInt32 = 0
    var nextID: UInt32 = 3
    let configuration: MaintenanceConfiguration

    init(settings: UInt8, step: TimeAmount) {
        var configuration = MaintenanceConfiguration()
        configuration.proactiveReconnect = settings & 1 == 0
        configuration.probesTarget = settings & 2 == 0
        configuration.portPolicy = settings & 4 == 0 ? .any : .same
        configuration.jitterMaximum = settings & 8 == 0 ? .zero : .seconds(1)
        self.configuration = configuration
        let policy = EndpointPolicy(
            configuration, host: "redis.example.com", port: 6379, isVerified: settings & 16 != 0)
        self.machine = HandoffMachine(configuration, policy: policy, hasName: settings & 32 != 0)
        self.step = step
        for number in UInt32(1)...2 {
            let id = ConnectionID(number)
            self.machine.opened(id, role: .shared, plan: DialPlan())
            self.machine.connected(id, peer: PeerAddress(ip: IPAddress(ipv4: 0x0A00_0000 + number), port: 6379))
            _ = self.machine.ready(id, now: self.now)
        }
    }

    mutating func received(_ push: MaintenancePush) {
        self.turn += 1
        self.follow(
            self.machine.received(
                push, from: ConnectionID(self.turn % 2 + 1), now: self.now, using: &self.generator))
        self.pass(self.step)
        precondition(self.machine.windows.open.count <= RelaxedWindows.countMaximum + 8, "windows without bound")
    }

    mutating func pass(_ time: TimeAmount) {
        self.now = self.now + time
        if self.now >= self.machine.nextDeadline {
            self.follow(self.machine.timerFired(now: self.now, using: &self.generator))
        }
    }

    /// Every dial fails.
    mutating func follow(_ actions: [HandoffAction]) {
        for action in actions {
            guard case .replace(let old, let plan) = action else { continue }
            let id = ConnectionID(self.nextID)
            self.nextID += 1
            self.machine.opened(id, role: .shared, plan: plan, replacing: old)
            self.follow(self.machine.closed(id, cause: .dialFailed, now: self.now, using: &self.generator))
        }
    }

    /// Waits for everything to end.
    mutating func end() {
        let longest = self.configuration.migrationWindowMaximum + .minutes(3)
        let end = self.now + longest
        var firings = 0
        while self.machine.nextDeadline < end {
            self.now = max(self.now + .milliseconds(1), self.machine.nextDeadline)
            self.follow(self.machine.timerFired(now: self.now, using: &self.generator))
            firings += 1
            precondition(firings < 20_000, "the machine wants to be asked without end")
        }
        precondition(!self.machine.isMoving, "a move has no end")
        precondition(!self.machine.isAnyRelaxed, "a window has no end")
        precondition(self.machine.plan(former: nil, now: end) == DialPlan(), "the configured endpoint is forgotten")
    }
}
