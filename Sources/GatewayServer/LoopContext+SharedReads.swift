// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import NIOCore
import RedisCore
import Telemetry

/// Requests for one string that come together: one of them asks Redis, and its replies answer all. A key that everybody wants
/// costs Redis one read a tick of the event loop then.
///
/// Each of the others is admitted, counted, logged and answered by itself, keeps its place in its connection's window, and has
/// its own deadline, but for some milliseconds (``SharedReads/deadlineSlack``). When that one's caller goes away, or
/// what Redis says is no answer, they ask for themselves.
extension LoopContext {
    /// Whether the replies of another request will answer this one, which was told to wait for them then.
    @inline(__always)
    func follows(_ record: RequestRecord, epoch: UInt64) -> Bool {
        guard let mark = record.work.readMark(record.fields),
            let leader = self.sharedReads.leader(for: record, mark: mark, epoch: epoch)
        else { return false }
        leader.followers.append(record)
        self.shard.add(self.metrics.sharedReads)
        return true
    }

    /// The last reply for several requests has come.
    func respondToAll(_ leader: RequestRecord) {
        var followers = leader.followers.takeAll()
        let answer = leader.work.sharedAnswer()
        self.respond(
            to: leader, with: leader.work.finish(requestID: leader.requestID, fields: leader.fields))
        guard let answer else { return self.unanswered.append(followers) }
        while let record = followers.popFirst() {
            guard self.isAlive(record, bytes: answer.responseBytes) else { continue }
            record.work.take(answer)
            self.respond(
                to: record, with: record.work.finish(requestID: record.requestID, fields: record.fields))
        }
    }

    /// The request that asked has lost its caller: the next one asks in its place.
    func passOn(_ followers: consuming Followers) {
        while let record = followers.popFirst() {
            guard self.isAlive(record) else { continue }
            // Without an upstream each is answered at once.
            if self.upstream != nil { record.followers = followers.takeAll() }
            self.runDirectly(record, isApart: true)
        }
    }

    /// What could not be answered together is asked for one by one.
    func submitUnanswered() {
        let groups = self.unanswered
        self.unanswered.removeAll(keepingCapacity: true)
        for var followers in groups {
            while let record = followers.popFirst() {
                if self.isAlive(record) { self.runDirectly(record, isApart: true) }
            }
        }
    }

    /// Whether somebody waits for the request, whose replies have come or will not come; it is over otherwise.
    func isAlive(_ record: RequestRecord, bytes: Int = 0) -> Bool {
        record.isSubmitted = false
        if let window = record.abandoned {
            self.settle(record, window, bytes: bytes)
            return false
        }
        if record.isDeserted { self.release(record) }
        return !record.isDeserted
    }
}

extension RequestRecord {
    /// Whether its replies are to come, and its fields are its own.
    var isAwaited: Bool { self.isSubmitted && self.abandoned == nil && !self.isDeserted }

    /// Whether its caller has gone, and nobody has to be told of its end.
    var isDeserted: Bool { if case .none = self.owner { true } else { false } }
}
