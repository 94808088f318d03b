// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Testing

@Suite("ConnectionMachine")
struct ConnectionMachineTests {
    private static func ready() -> MachineBox {
        let machine = MachineBox()
        machine.connected(steps: [.hello])
        _ = machine.received(.ok)
        return machine
    }

    private static func loaded(_ requests: [PendingRequest]) -> MachineBox {
        let machine = Self.ready()
        for request in requests { machine.appended(request, now: .ms(1)) }
        machine.flushed()
        return machine
    }

    @Test("the handshake is over with the reply to its last step")
    func handshake() {
        let machine = MachineBox()
        #expect(machine.state == .dialing)
        machine.connected(steps: [.hello, .libraryName, .libraryVersion, .select])
        #expect(machine.state == .handshaking)
        #expect(machine.received(.ok) == .discard)
        // Redis before 7.2 does not know SETINFO.
        #expect(machine.received(.error("ERR Unknown subcommand")) == .discard)
        #expect(machine.received(.push) == .push)
        #expect(machine.received(.error("ERR Unknown subcommand")) == .discard)
        #expect(machine.received(.ok) == .ready)
        #expect(machine.state == .ready)
    }

    static let refusals: [(String, HandshakeStep, HandshakeFailure)] = [
        ("NOAUTH HELLO must be called with the client already authenticated", .hello, .refused(.passwordRequired)),
        ("WRONGPASS invalid username-password pair or user is disabled.", .hello, .refused(.wrongPassword)),
        ("NOPERM User x has no permissions to run the 'hello' command", .hello, .refused(.noPermission)),
        ("NOPROTO unsupported protocol version", .hello, .refused(.helloUnknown)),
        ("ERR unknown command `HELLO`, with args beginning with: `3`, ", .hello, .refused(.helloUnknown)),
        ("DENIED Redis is running in protected mode", .hello, .refused(.protectedMode)),
        ("ERR DB index is out of range", .select, .refused(.databaseOutOfRange)),
        ("ERR Client names cannot contain spaces", .hello, .refused(.other)),
        ("ERR max number of clients reached", .hello, .transient(.tooManyClients)),
        ("LOADING x", .select, .transient(.loading)),
    ]

    @Test("a handshake's error is judged", arguments: refusals)
    func refused(text: String, step: HandshakeStep, expected: HandshakeFailure) {
        let machine = MachineBox()
        machine.connected(steps: [step])
        #expect(machine.received(.error(text)) == .failed(expected))
        #expect(machine.state == .handshaking)
    }

    @Test("replies go to their requests in order; pushes are out of band")
    func order() {
        let machine = Self.loaded([pending(1), pending(2, replies: 3), pending(3)])
        #expect(machine.received(.ok) == .deliver(1, ordinal: 0, isLast: true))
        #expect(machine.received(.ok) == .deliver(2, ordinal: 0, isLast: false))
        #expect(machine.received(.push) == .push)
        #expect(machine.received(.ok) == .deliver(2, ordinal: 1, isLast: false))
        #expect(machine.received(.ok) == .deliver(2, ordinal: 2, isLast: true))
        #expect(machine.inFlight == 1)
        #expect(machine.received(.ok) == .deliver(3, ordinal: 0, isLast: true))
        #expect(machine.received(.ok) == .unexpected)
    }

    @Test("a reply to what has not been written is unexpected")
    func unwritten() {
        let machine = Self.ready()
        machine.appended(pending(1), now: .ms(0))
        #expect(machine.received(.ok) == .unexpected)
    }

    @Test("an expired request keeps its place; its replies are thrown away")
    func expiry() {
        let machine = Self.loaded([
            pending(1, deadline: .ms(50), replies: 2), pending(2, deadline: .ms(10)), pending(3, deadline: .ms(70)),
        ])
        #expect(machine.received(.ok) == .deliver(1, ordinal: 0, isLast: false))
        #expect(machine.earliestDeadline == .ms(10))
        #expect(machine.expire(now: .ms(50)) == [1, 2])
        #expect(machine.expire(now: .ms(50)).isEmpty)
        #expect(machine.earliestDeadline == .ms(70))
        #expect(machine.inFlight == 3)
        #expect(machine.received(.ok) == .discard)
        #expect(machine.received(.error("LOADING")) == .discard)
        #expect(machine.received(.ok) == .deliver(3, ordinal: 0, isLast: true))
    }

    @Test("a transient error sends the request again; the reply stays here")
    func transient() {
        let machine = Self.loaded([pending(1), pending(2)])
        #expect(machine.received(.error("LOADING x")) == .sendAgain(1, .loading))
        #expect(!machine.wantsReplacement)
        #expect(machine.received(.error("READONLY x")) == .sendAgain(2, .readOnly))
        #expect(machine.wantsReplacement)
    }

    @Test("an error that a script may have made up asks for no new connection")
    func madeUp() {
        let machine = Self.loaded([pending(1, mayRunPartly: true)])
        #expect(machine.received(.error("READONLY x")) == .deliver(1, ordinal: 0, isLast: true))
        #expect(!machine.wantsReplacement)
    }

    @Test("a transient error in the middle of a pipeline is delivered")
    func transientInPipeline() {
        let machine = Self.loaded([pending(1, replies: 2), pending(2, replies: 2)])
        #expect(machine.received(.error("LOADING x")) == .deliver(1, ordinal: 0, isLast: false))
        #expect(machine.received(.ok) == .deliver(1, ordinal: 1, isLast: true))
        #expect(machine.received(.error("LOADING x")) == .deliver(2, ordinal: 0, isLast: false))
        #expect(machine.received(.error("BUSY x")) == .sendAgain(2, .busy))
    }

    @Test("a probe's reply goes nowhere")
    func probe() {
        let machine = Self.ready()
        machine.appendedProbe(now: .ms(5))
        machine.flushed()
        #expect(machine.oldestSentAt == .ms(5))
        #expect(machine.received(.ok) == .discard)
        #expect(machine.oldestSentAt == nil)
    }

    @Test("close gives the queue away, and nothing is routed after it")
    func close() {
        let machine = Self.loaded([pending(1)])
        machine.appended(pending(2), now: .ms(0))
        let written = machine.written
        let lost = machine.close()
        #expect(lost.count == 2)
        #expect(lost.head + 1 == written)
        #expect(machine.state == .closed)
        #expect(machine.received(.ok) == .discard)
        #expect(machine.inFlight == 0)
    }
}
