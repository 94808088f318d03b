// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
package import Logging
package import NIOCore
import RESP
package import RedisCore
package import Telemetry

/// One upstream as one event loop sees it: its multiplexed and leased connections, its hold queue, its timers.
///
/// Every call is made on the event loop, and every call-back comes on it.
///
/// A request goes to a ready connection at once, or waits in ``hold``. What a connection leaves behind when it is lost
/// goes to the front of ``hold``, or fails, as ``RetryPolicy`` says. Requests that were answered with a transient error
/// gather in ``wave``, which is released as a whole after a pause.
@safe package final class RedisUpstream {
    /// How far the upstream's own life has come.
    enum Phase {
        case created
        case running
        case stopping(completion: () -> Void)
        case stopped
    }

    let configuration: RedisConfiguration
    let eventLoop: any EventLoop
    let source: any RequestSource
    let metrics: RedisMetrics
    let shard: MetricShard
    let logger: Logger
    let handshake: HandshakeCommands
    let connector: RedisConnector
    var generator: SeededGenerator

    var phase: Phase = .created {
        didSet {
            switch self.phase {
            case .created, .running: self.isOpen = true
            case .stopping, .stopped: self.isOpen = false
            }
        }
    }
    /// Whether requests are taken; looked at for each, while ``phase`` would have to be copied.
    private var isOpen = true
    /// When ``shutdown(deadline:completion:)`` stops waiting.
    var stopDeadline: NIODeadline = .distantFuture
    var lanes: [ConnectionLane] = []
    /// The shared connections that take requests.
    var ready: [RedisConnectionHandler] = [] {
        didSet { unsafe self.sole = self.ready.count == 1 ? Unmanaged.passUnretained(self.ready[0]) : nil }
    }
    /// The only one of them; nil if there are several, or none.
    ///
    /// Safety: ``ready`` holds it, and is not changed without it.
    private var sole: Unmanaged<RedisConnectionHandler>?
    /// Shared connections that were replaced and still wait for replies.
    var draining: [RedisConnectionHandler] = []
    /// Every connection whose channel may still be open.
    var connections: [ConnectionID: RedisConnectionHandler] = [:]
    var leases: LeasePool

    /// Requests without a connection, in order.
    var hold = HoldQueue()
    /// Requests that pause after a transient error, in order.
    var wave = HoldQueue()
    /// When the pause of ``wave`` ends.
    var waveDue: NIODeadline = .distantFuture
    /// The newest transient error of each request that was sent again for one.
    var transients: [RequestTicket: RESPValue] = [:]
    /// Set while the upstream refuses us.
    var refusal: Refusal?
    var unusableSince: NIODeadline?
    var lastError: String?

    /// What is subscribed to, and the lane of the connection for it; nil until there is something.
    var subscriptions = SubscriptionMachine()
    var subscriptionLane: Int?
    /// Called on the event loop for ``SubscriptionOrder/confirmed(_:)``, `deliver` and `gap`, and for nothing else.
    package var subscriptionEvent: ((SubscriptionOrder) -> Void)?

    // Announced maintenance.
    var handoff: HandoffMachine
    var optIns: OptInVerdicts
    /// The newest answer to a wish for notifications.
    var notifications: UpstreamMaintenance.Notifications = .off
    /// When servers that refused are asked again.
    var reprobeAt: NIODeadline = .distantFuture
    var orders: Deque<HandoffAction> = []
    var isPerforming = false
    var isResolving = false
    /// Changes that have not been told.
    var notes: [MaintenanceNote] = []
    var toldState: UpstreamMaintenance.State = .reconnecting
    var toldCounters = MaintenanceCounters()
    var toldRelaxed = false
    /// Called on the event loop after each change; ``maintenanceSnapshot`` shows it already.
    package var maintenanceChanged: ((MaintenanceNote) -> Void)?
    private var lastConnectionNumber: UInt32 = 0
    private(set) lazy var handoffTimer = LoopTimer(eventLoop: self.eventLoop) { now in self.handoffTimerFired(now) }

    /// Where ``connectionWithRoom()`` starts to look.
    private var nextLane = 0

    /// Whether an outcome was told outside the read of a connection, or in one that ends with it, and the source not yet asked to flush.
    var isBatchOpen = false

    private let isolatedLoop: NIOIsolatedEventLoop
    /// ``tickEnded()``, stored so that a tick allocates no closure (an optional would cost two: it stores closures in
    /// another form). Keeps the upstream alive between ``start()`` and the end of ``shutdown(deadline:completion:)``.
    private var flushTask: () -> Void = {}
    private var hasFlushTask = false
    private var flushIsScheduled = false
    private var tickTime: NIODeadline = .uptimeNanoseconds(0)
    /// Stays the same as long as a read that is submitted would be answered as one that was submitted before: nothing has been
    /// handed to a socket since, and nothing was submitted that may write.
    package private(set) var readEpoch: UInt64 = 0
    private var dirty: [RedisConnectionHandler] = []
    /// Failures that were found inside ``submit(_:)``; they are told at the end of the tick.
    private var deferred: [(RequestTicket, RedisFailure)] = []
    private(set) lazy var timer = LoopTimer(eventLoop: self.eventLoop) { now in self.timerFired(now) }

    /// Made on its event loop, like every other call.
    package convenience init(
        configuration: RedisConfiguration, eventLoop: any EventLoop, source: any RequestSource,
        metrics: RedisMetrics, shard: MetricShard, logger: Logger
    ) {
        self.init(
            configuration: configuration, eventLoop: eventLoop, source: source, metrics: metrics, shard: shard,
            logger: logger, connector: RedisConnector(configuration, eventLoop: eventLoop),
            seed: UInt64.random(in: 0...UInt64.max))
    }

    init(
        configuration: RedisConfiguration, eventLoop: any EventLoop, source: any RequestSource,
        metrics: RedisMetrics, shard: MetricShard, logger: Logger, connector: RedisConnector, seed: UInt64
    ) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.isolatedLoop = eventLoop.assumeIsolated()
        self.source = source
        self.metrics = metrics
        self.shard = shard
        self.logger = logger
        self.handshake = HandshakeCommands(configuration)
        self.connector = connector
        self.generator = SeededGenerator(seed: seed)
        self.leases = LeasePool(configuration)
        let maintenance = configuration.maintenance
        self.handoff = HandoffMachine(maintenance, policy: configuration.endpointPolicy, hasName: configuration.hasName)
        self.optIns = OptInVerdicts(maintenance)
    }

    /// Starts dialling. Returns at once.
    package func start() {
        guard case .created = self.phase else { return }
        self.phase = .running
        self.unusableSince = self.eventLoop.now
        self.flushTask = { self.tickEnded() }
        self.hasFlushTask = true
        for index in 0..<max(1, self.configuration.connectionsPerLoop) {
            let timer = LoopTimer(eventLoop: self.eventLoop) { _ in self.dial(lane: index) }
            self.lanes.append(ConnectionLane(self.configuration, timer: timer))
            self.dial(lane: index)
        }
    }

    func makeConnectionID() -> ConnectionID {
        self.lastConnectionNumber &+= 1
        return ConnectionID(self.lastConnectionNumber)
    }

    // MARK: - Requests

    /// Takes a request. Its commands are written at once when a connection is ready, and leave at the end of the tick;
    /// otherwise it is held. The outcome comes by ``RequestSource``, possibly (a failure only) after this call returns,
    /// never from inside it.
    package func submit(_ request: CommandRequest) {
        let now = self.startTick()
        if request.retryClass != .readOnly { self.readEpoch &+= 1 }
        guard self.isOpen else { return self.failLater(request.ticket, .shuttingDown) }
        guard request.retryClass != .bound else {
            return self.submitBound(PendingRequest(request, since: now), now: now)
        }
        guard request.deadline > now else {
            return self.failLater(request.ticket, .deadlinePassed(written: false))
        }
        guard !request.needsLease else { return self.submitLeased(PendingRequest(request, since: now), now: now) }
        guard self.hold.isEmpty, !self.ready.isEmpty else { return self.hold(PendingRequest(request, since: now)) }
        if let sole = unsafe self.sole {
            return unsafe sole._withUnsafeGuaranteedRef { connection in
                guard connection.hasRoom else { return self.failLater(request.ticket, .overloaded) }
                self.send(PendingRequest(request, since: now), on: connection, now: now)
            }
        }
        guard let connection = self.connectionWithRoom() else { return self.failLater(request.ticket, .overloaded) }
        self.send(PendingRequest(request, since: now), on: connection, now: now)
    }

    /// The caller has gone. What was written stays in its place and its replies are thrown away, for the ticket is
    /// stale; what was not is dropped when its turn comes, for ``RequestSource/encode(_:into:)`` refuses it. A leased
    /// connection that still waits is closed, so that it takes no element for nobody.
    package func cancel(_ ticket: RequestTicket) {
        guard let connection = self.leases.busy.removeValue(forKey: ticket) else { return }
        self.transients[ticket] = nil
        connection.machine.forgetAll()
        connection.close(.abandoned)
    }

    /// Hands everything that was encoded to the sockets, instead of waiting for the end of the tick. Any number of
    /// calls.
    package func flush() {
        // By index: a write that fails closes its connection, and what that leaves behind may make another one dirty.
        var index = 0
        while index < self.dirty.count {
            self.dirty[index].flush()
            index += 1
        }
        self.dirty.removeAll(keepingCapacity: true)
    }

    /// What health checks say of the upstream; answered from memory.
    package var status: UpstreamStatus {
        var status = UpstreamStatus()
        status.ready = self.ready.count
        status.connecting = max(0, self.lanes.count - (self.subscriptionLane == nil ? 0 : 1) - self.ready.count)
        status.leased = self.leases.busy.count
        status.held = self.hold.count + self.wave.count + self.leases.waiting.count
        status.inFlight = self.inFlight
        status.unusableSince = self.unusableSince
        status.lastError = self.lastError
        return status
    }

    /// Puts a request's commands into a connection's accumulator.
    /// - Returns: false if its caller has gone.
    @discardableResult
    @inline(__always)
    func send(_ pending: PendingRequest, on connection: RedisConnectionHandler, now: NIODeadline) -> Bool {
        guard connection.send(pending, now: now) else {
            if pending.attempts > 0 { self.transients[pending.request.ticket] = nil }
            return false
        }
        if !connection.isDirty {
            connection.isDirty = true
            self.dirty.append(connection)
        }
        return true
    }

    /// The connection has something in its accumulator that no request has put there.
    func noteDirty(_ connection: RedisConnectionHandler) {
        _ = self.startTick()
        guard !connection.isDirty else { return }
        connection.isDirty = true
        self.dirty.append(connection)
    }

    /// The shared connection with the fewest requests in flight; of equals, the next in turn. Nil when all are full.
    @inline(__always)
    func connectionWithRoom() -> RedisConnectionHandler? {
        let count = self.ready.count
        var best: RedisConnectionHandler?
        self.nextLane &+= 1
        for offset in 0..<count {
            let candidate = self.ready[(self.nextLane &+ offset) % count]
            guard candidate.hasRoom else { continue }
            if let current = best, current.machine.inFlight <= candidate.machine.inFlight { continue }
            best = candidate
        }
        return best
    }

    // MARK: - The tick

    /// Makes sure that the tick ends with a flush.
    /// - Returns: the time, read once a tick.
    func startTick() -> NIODeadline {
        if !self.flushIsScheduled {
            self.flushIsScheduled = true
            self.tickTime = self.eventLoop.now
            // The loop runs it after the events of this tick: all commands written in one tick leave in one write.
            if self.hasFlushTask {
                self.isolatedLoop.execute(self.flushTask)
            } else {
                self.isolatedLoop.execute { self.tickEnded() }
            }
        }
        return self.tickTime
    }

    /// Lets go of everything by which the upstream keeps itself alive.
    func letGo() {
        self.flushTask = {}
        self.hasFlushTask = false
        self.timer.invalidate()
        self.handoffTimer.invalidate()
        self.maintenanceChanged = nil
        self.subscriptionEvent = nil
    }

    /// Commands are being handed to a socket, or the tick is over.
    func endReadEpoch() { self.readEpoch &+= 1 }

    private func tickEnded() {
        self.flushIsScheduled = false
        self.endReadEpoch()
        self.flush()
        self.updateLoadGauges()
        guard !self.deferred.isEmpty || self.isBatchOpen else { return }
        let failures = self.deferred
        self.deferred.removeAll(keepingCapacity: true)
        for (ticket, failure) in failures {
            self.fail(ticket, failure)
        }
        self.batchEnded()
    }

    // MARK: - Outcomes

    /// Tells a failure at the end of the tick: for those that are found inside ``submit(_:)``.
    func failLater(_ ticket: RequestTicket, _ failure: RedisFailure) {
        self.deferred.append((ticket, failure))
    }

    /// Tells a failure now.
    func fail(_ ticket: RequestTicket, _ failure: RedisFailure) {
        self.isBatchOpen = true
        self.shard.add(self.metrics.failures, RedisMetrics.index(of: failure))
        if !self.transients.isEmpty { self.transients[ticket] = nil }
        self.source.failed(failure, for: ticket)
    }

    /// A run of call-backs is over.
    func batchEnded() {
        self.isBatchOpen = false
        self.source.repliesDelivered()
    }

    var inFlight: Int {
        var sum = 0
        for connection in self.ready { sum += connection.machine.inFlight }
        for connection in self.draining { sum += connection.machine.inFlight }
        return sum + self.leases.busy.count
    }

    func updateLoadGauges() {
        self.shard.set(self.metrics.inFlight, to: self.inFlight)
        self.shard.set(self.metrics.held, to: self.hold.count + self.wave.count + self.leases.waiting.count)
    }
}
