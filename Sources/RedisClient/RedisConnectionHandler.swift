// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// One connection to Redis: the driver of a ``ConnectionMachine`` in a channel.
///
/// Confined to its event loop, like the upstream it belongs to.
final class RedisConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let role: Role
    let id: ConnectionID
    /// Where it leads, and because of which move.
    let plan: DialPlan
    let upstream: RedisUpstream
    private let source: any RequestSource
    var machine = ConnectionMachine()
    private var decoder: RESPDecoder
    var encoder = RESPEncoder()
    /// The other accumulator: the socket may still hold the bytes of the last write when the next are encoded, and
    /// clearing a shared buffer allocates.
    private var spare = ByteBuffer()
    private var context: ChannelHandlerContext?
    private var isWritable = true
    /// Bytes of the last write that the socket may not have taken; 0 while the channel is writable.
    private var unsentBytes = 0
    /// Whether it is in the upstream's list of connections with something to flush.
    var isDirty = false
    /// Whether a leased connection is not to be used again.
    var isSpent = false
    /// Whether it is to take another's place, by order of the handoff machine.
    var awaitsSwitch = false
    /// The other end; nil before the transport is there.
    private(set) var peer: PeerAddress?
    /// Whether commands may take longer than usual, and how long.
    var isRelaxed = false
    var relaxedTimeout: TimeAmount = .zero
    /// When it took another's place, and how many commands it had answered then; nil after its first reply since.
    private var takeover: (at: NIODeadline, answered: Int)?
    /// When bytes last came; the time of the connect before that.
    var lastRead: NIODeadline
    private var isReading = false
    var connectDeadline: NIODeadline
    /// Keeps the handler alive until it is closed.
    let timer: LoopTimer

    init(role: Role, plan: DialPlan, upstream: RedisUpstream) {
        self.role = role
        self.plan = plan
        self.id = upstream.makeConnectionID()
        self.upstream = upstream
        self.source = upstream.source
        self.decoder = RESPDecoder(limits: upstream.configuration.limits)
        self.lastRead = upstream.eventLoop.now
        self.connectDeadline = self.lastRead + upstream.configuration.connectTimeout
        self.timer = LoopTimer(eventLoop: upstream.eventLoop)
        self.timer.start { now in self.timerFired(now) }
    }

    /// Whether it takes one more request.
    @inline(__always)
    var hasRoom: Bool {
        self.machine.inFlight < self.upstream.configuration.inFlightMaximum
            && self.encoder.buffer.readableBytes &+ self.unsentBytes < self.upstream.configuration.writeBufferMaximum
    }

    /// Whether the connection is older than a second, so that losing it is not a sign of a server that drops us at once.
    func hasLived(now: NIODeadline) -> Bool {
        now >= self.readySince + .seconds(1)
    }

    private(set) var readySince: NIODeadline = .distantFuture

    // MARK: - Requests

    /// Appends a request's commands. The upstream flushes at the end of the tick.
    /// - Returns: false if the caller has gone; nothing was written.
    func send(_ pending: PendingRequest, now: NIODeadline) -> Bool {
        let start = self.encoder.buffer.writerIndex
        guard self.source.encode(pending.request.ticket, into: &self.encoder) else {
            self.encoder.buffer.moveWriterIndex(to: start)
            return false
        }
        if self.isRelaxed, pending.request.hasSoftDeadline { return self.appendRelaxed(pending, now: now) }
        self.machine.appended(pending, now: now)
        self.timer.arm(at: pending.request.deadline)
        return true
    }

    private func appendRelaxed(_ pending: PendingRequest, now: NIODeadline) -> Bool {
        var pending = pending
        pending.relax(timeout: self.relaxedTimeout)
        self.machine.appended(pending, now: now)
        self.timer.arm(at: pending.request.deadline)
        return true
    }

    /// Hands what was encoded to the socket, unless that is still busy with earlier bytes: what stays in the accumulator
    /// is known not to have been sent.
    func flush() {
        self.isDirty = false
        guard self.isWritable, let context = self.context, self.encoder.buffer.readableBytes > 0 else { return }
        self.upstream.endReadEpoch()
        let bytes = self.encoder.buffer
        // First the change, then clear: a buffer that is referred to twice is not cleared but allocated anew.
        self.encoder.buffer = ByteBuffer()
        swap(&self.encoder.buffer, &self.spare)
        self.encoder.buffer.clear()
        self.machine.flushed()
        let count = bytes.readableBytes
        // A buffer that one large value has blown up is not kept.
        if bytes.capacity <= Self.keptCapacity { self.spare = bytes }
        context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
        if !self.isWritable { self.unsentBytes &+= count }
    }

    private static let keptCapacity = 1024 * 1024

    /// Takes the requests away whose bytes have not been handed to the socket.
    func takeUnwritten() -> [PendingRequest] {
        guard self.machine.state == .ready else { return [] }
        self.encoder.buffer.clear()
        return self.machine.takeUnwritten()
    }

    /// W1, W2: commands may take until `timeout` after they were sent, those that are in flight among them; or no longer.
    func setRelaxed(_ isRelaxed: Bool, timeout: TimeAmount) {
        let isSame = isRelaxed == self.isRelaxed
        self.isRelaxed = isRelaxed
        self.relaxedTimeout = timeout
        switch self.machine.state {
        case .dialing, .handshaking, .closed: return
        case .ready, .draining: break
        }
        if isRelaxed { self.machine.relax(timeout: timeout) }
        guard !isSame, !isRelaxed else { return }
        // The time after which it counts as stalled is shorter again.
        self.armHousekeeping(now: self.upstream.eventLoop.now)
    }

    /// It has taken another's place.
    func hasTakenOver(now: NIODeadline) {
        self.takeover = (now, self.machine.slots.head)
    }

    /// The time from the takeover to the first reply after it; nil if that has been told, or has not come.
    @inline(__always)
    func timeToFirstReply(now: NIODeadline) -> TimeAmount? {
        guard let takeover = self.takeover, self.machine.slots.head > takeover.answered else { return nil }
        self.takeover = nil
        return now - takeover.at
    }

    /// Asks for notifications once more.
    func optInAgain(now: NIODeadline) {
        guard self.machine.state == .ready else { return }
        HandshakeCommands.optIn(self.endpointType, into: &self.encoder)
        self.machine.appendedOptIn(now: now)
        self.flush()
        self.timer.arm(at: now + self.upstream.configuration.stallTimeout)
    }

    private var endpointType: MovingEndpointType {
        let configuration = self.upstream.configuration
        return configuration.maintenance.movingEndpointType.resolved(
            peer: self.peer, usesTLS: configuration.endpoint.usesTLS)
    }

    /// Takes no more requests and closes when the last reply has come.
    func drain() {
        self.machine.drain()
        self.closeIfDrained()
    }

    private func closeIfDrained() {
        if self.machine.state == .draining, self.machine.slots.isEmpty { self.close(.replaced) }
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { self.begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        self.begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard self.machine.state == .dialing else {
            // The dial was given up before it succeeded.
            if self.machine.state == .closed { context.close(promise: nil) }
            return
        }
        let now = self.upstream.eventLoop.now
        self.lastRead = now
        let peer = PeerAddress(context.channel.remoteAddress)
        self.peer = peer
        guard self.upstream.connected(self, to: peer) else { return }
        let handshake = self.handshake(now: now)
        self.machine.connected(steps: handshake.steps, now: now)
        context.writeAndFlush(self.wrapOutboundOut(handshake.bytes), promise: nil)
    }

    private func handshake(now: NIODeadline) -> HandshakeCommands {
        let asks = self.upstream.asksForNotifications(self.plan, now: now)
        guard asks || self.plan.probes else { return self.upstream.handshake }
        return self.upstream.handshake.followed(
            probes: self.plan.probes, optIn: asks ? self.endpointType : nil,
            isRequired: self.upstream.configuration.maintenance.mode == .enabled)
    }

    /// Starts the clock of the connect timeout.
    func armConnectTimeout() {
        self.timer.arm(at: self.connectDeadline)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !self.isReading {
            self.isReading = true
            self.lastRead = self.upstream.eventLoop.now
        }
        self.decoder.feed(self.unwrapInboundIn(data))
        do {
            while self.machine.state != .closed, let reply = try self.decoder.next() {
                self.route(reply)
            }
        } catch {
            self.close(.badReply)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.isReading = false
        if self.machine.wantsReplacement {
            self.machine.replacementNoted()
            self.upstream.replacementWanted(for: self, now: self.lastRead)
        }
        self.closeIfDrained()
        self.upstream.readCompleted(on: self, now: self.lastRead)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.isWritable = context.channel.isWritable
        if self.isWritable {
            self.unsentBytes = 0
            self.flush()
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if self.machine.state == .handshaking {
            self.upstream.noteError("the connection was closed during the handshake")
            self.close(.handshakeFailed)
        }
        self.close(.peerClosed)
        self.upstream.channelEnded(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.upstream.noteError(error)
        self.close(self.machine.state == .handshaking ? .dialFailed : .ioError)
    }

    /// The transport could not be opened.
    func dialFailed(_ error: any Error) {
        if self.machine.state != .closed { self.upstream.noteError(error) }
        self.close(.dialFailed)
        self.upstream.channelEnded(self)
    }

    /// Ends the connection now, whatever is in flight. Does nothing the second time.
    func close(_ cause: CloseCause) {
        guard self.machine.state != .closed else { return }
        let written = self.machine.written
        let lost = self.machine.close()
        self.timer.invalidate()
        self.encoder = RESPEncoder()
        // The channel does not tell the end of the read that it is closed in: what this read has brought is flushed with the tick.
        if self.isReading { self.upstream.isBatchOpen = true }
        self.upstream.connectionClosed(self, cause: cause, lost: lost, written: written)
        // Last: it may end the channel inside this call, and with it the upstream's shutdown.
        self.context?.close(promise: nil)
    }

    // MARK: - Replies

    /// Consumes the reply: destroying the optional that it came in costs more than routing it.
    private func route(_ reply: consuming RESPValue) {
        switch self.machine.received(reply) {
        case .deliver(let delivery):
            self.source.received(reply, ordinal: delivery.ordinal, for: delivery.ticket)
            if delivery.isLast {
                if let near = self.machine.ticket(behind: 2), let far = self.machine.ticket(behind: 4) {
                    self.source.expect(near: near, far: far)
                }
                self.upstream.completed(delivery, on: self, now: self.lastRead)
            }
        case .discard:
            break
        case .sendAgain(let pending, let reason):
            self.upstream.sendAgain(pending, reason: reason, reply: reply, from: self, now: self.lastRead)
        case .push:
            self.upstream.received(push: reply, on: self, now: self.lastRead)
        case .handshakeCompleted:
            self.readySince = self.lastRead
            self.connectDeadline = .distantFuture
            self.armHousekeeping(now: self.lastRead)
            self.upstream.connectionReady(self, now: self.lastRead)
        case .handshakeFailed(.transient):
            self.upstream.noteError("the server is not ready")
            self.close(.handshakeFailed)
        case .handshakeFailed(.refused(let refusal)):
            self.upstream.refused(refusal)
            self.close(.refused)
        case .fenced: self.upstream.fenced(self)
        case .optedIn(let answer):
            self.upstream.optedIn(answer, on: self, now: self.lastRead)
        case .unexpected:
            self.close(.badReply)
        }
    }
}
