// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOPosix

/// Everything of a lab that changes. Confined to the lab's event loop.
final class LabState {
    /// An operation that late joiners hear of.
    struct Notice {
        var push: LabPush
        /// nil: every endpoint's connections.
        var endpoint: LabEndpoint?
        /// For MOVING: when the grace is over.
        var deadline: NIODeadline
    }

    let eventLoop: any EventLoop
    var endpoints: [EndpointState] = []
    var connections: [Int: LabConnection] = [:]
    var replays: ReplayPolicy = [.openers, .moving]
    private var notices: [Notice] = []
    private var completion: Notice?
    private var accepted = 0

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func endpoint(_ value: LabEndpoint) throws(LabError) -> EndpointState {
        guard value.id < self.endpoints.count, self.endpoints[value.id].value == value else { throw .noSuchEndpoint }
        return self.endpoints[value.id]
    }

    /// This endpoint, or all of them for nil.
    func endpoints(_ value: LabEndpoint?) throws(LabError) -> [EndpointState] {
        guard let value else { return self.endpoints }
        return [try self.endpoint(value)]
    }

    /// The chosen connections, oldest first.
    func chosen(_ recipients: Recipients) -> [LabConnection] {
        self.connections.values.filter { recipients.includes($0) }.sorted { $0.id < $1.id }
    }

    // MARK: Listening

    func bind(host: String, port: Int) -> EventLoopFuture<any Channel> {
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        return ServerBootstrap(group: self.eventLoop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.accept(channel) }
            }
            .bind(host: host, port: port)
    }

    /// Takes a fresh connection in. Its own address says which endpoint it came to.
    private func accept(_ channel: any Channel) throws {
        let port = channel.localAddress?.port
        let host = channel.localAddress?.ipAddress
        guard let endpoint = self.endpoints.first(where: { $0.value.port == port && $0.value.host == host }),
            endpoint.mode != .refuse
        else {
            throw LabError.noSuchEndpoint
        }
        endpoint.counts.accepted += 1
        if endpoint.mode == .closeAtOnce { throw ChannelError.eof }
        self.accepted += 1
        let connection = LabConnection(id: self.accepted, endpoint: endpoint, lab: self, client: channel)
        self.connections[connection.id] = connection
        try channel.pipeline.syncOperations.addHandler(LabClientHandler(connection: connection))
    }

    func forget(_ connection: LabConnection) {
        self.connections[connection.id] = nil
    }

    // MARK: Late joiners

    /// Remembers a push for connections that opt in later: an opener until its end, a MOVING until its time is over.
    func note(_ push: LabPush, endpoint: LabEndpoint?) {
        let now = self.eventLoop.now
        switch push {
        case .migrating, .failingOver, .slotsMigrating:
            self.notices.append(Notice(push: push, endpoint: endpoint, deadline: .distantFuture))
        case .moving(_, let time, _):
            let grace = TimeAmount.seconds(min(max(time, 0), 3600))
            self.notices.append(Notice(push: push, endpoint: endpoint, deadline: now + grace))
        case .migrated, .failedOver, .slotsMigrated:
            self.forgetOpener(of: push)
            self.completion = Notice(push: push, endpoint: endpoint, deadline: .distantFuture)
        case .raw: break
        }
    }

    /// What a connection is told that opts in now.
    func replayed(to connection: LabConnection) -> [LabPush] {
        let now = self.eventLoop.now
        self.notices.removeAll { $0.deadline <= now }
        var pushes: [LabPush] = []
        for notice in self.notices where notice.endpoint == nil || notice.endpoint == connection.endpoint.value {
            if case .moving(let sequence, _, let target) = notice.push {
                let left = (notice.deadline - now).nanoseconds
                let push = LabPush.moving(
                    sequence: sequence, time: (left + 999_999_999) / 1_000_000_000, target: target)
                if self.replays.contains(.moving) { pushes.append(push) }
            } else if self.replays.contains(.openers) {
                pushes.append(notice.push)
            }
        }
        if self.replays.contains(.completion), let completion = self.completion { pushes.append(completion.push) }
        return pushes
    }

    /// Nothing is under way any more.
    func forgetNotices() {
        self.notices = []
        self.completion = nil
    }

    /// The oldest opener of the kind that `closer` ends.
    private func forgetOpener(of closer: LabPush) {
        let index = self.notices.firstIndex { notice in
            switch (notice.push, closer) {
            case (.migrating, .migrated), (.failingOver, .failedOver), (.slotsMigrating, .slotsMigrated): true
            default: false
            }
        }
        if let index { self.notices.remove(at: index) }
    }

    // MARK: Counting

    func counts(_ endpoints: [EndpointState]) -> LabCounts {
        var total = LabCounts()
        for endpoint in endpoints { total.add(endpoint.counts) }
        let wanted = Set(endpoints.map(\.value.id))
        for connection in self.connections.values where wanted.contains(connection.endpoint.value.id) {
            total.open += 1
            total.inFlight += connection.inFlight
        }
        return total
    }
}
