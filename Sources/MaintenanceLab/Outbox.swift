// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import NIOCore

/// What goes to a client: in order, perhaps late, perhaps stalled, perhaps in small pieces. Frames are never interleaved.
final class Outbox {
    private struct Chunk {
        var bytes: ByteBuffer
        var due: NIODeadline
        var isReply: Bool
    }

    private let channel: any Channel
    private let settings: EndpointState
    /// Frames that go out as soon as they are due.
    private var wire: Deque<Chunk> = []
    /// Replies that are stalled, and pushes that keep their place among them.
    private var held: Deque<Chunk> = []
    private var isScheduled = false
    /// Called when everything was written.
    var drained: () -> Void = {}

    init(channel: any Channel, settings: EndpointState) {
        self.channel = channel
        self.settings = settings
    }

    var isEmpty: Bool { self.wire.isEmpty && self.held.isEmpty }
    /// Replies not yet written.
    var replies: Int { self.wire.count(where: \.isReply) + self.held.count(where: \.isReply) }

    /// A reply, or a push that has a place among the replies.
    func appendInOrder(_ bytes: ByteBuffer, isReply: Bool) {
        let now = self.channel.eventLoop.now
        let chunk = Chunk(bytes: bytes, due: now + self.settings.latency, isReply: isReply)
        if self.settings.isStalled || !self.held.isEmpty {
            self.held.append(chunk)
        } else {
            self.wire.append(chunk)
            self.pump()
        }
    }

    /// A push that waits for nothing but the end of the frame that is being written.
    func append(_ bytes: ByteBuffer) {
        self.wire.append(Chunk(bytes: bytes, due: self.channel.eventLoop.now, isReply: false))
        self.pump()
    }

    /// The stall is over.
    func release() {
        while let chunk = self.held.popFirst() { self.wire.append(chunk) }
        self.pump()
    }

    /// Writes what is due.
    private func pump() {
        guard !self.isScheduled else { return }
        let now = self.channel.eventLoop.now
        while var chunk = self.wire.first {
            guard chunk.due <= now else {
                self.schedule(at: chunk.due)
                break
            }
            guard let dribble = self.settings.dribble else {
                self.wire.removeFirst()
                self.channel.write(chunk.bytes, promise: nil)
                continue
            }
            let piece = chunk.bytes.readSlice(length: min(dribble.bytes, chunk.bytes.readableBytes)) ?? ByteBuffer()
            if chunk.bytes.readableBytes > 0 { self.wire[0] = chunk } else { self.wire.removeFirst() }
            self.channel.write(piece, promise: nil)
            if !self.wire.isEmpty { self.schedule(at: now + dribble.interval) }
            break
        }
        self.channel.flush()
        if self.isEmpty { self.drained() }
    }

    private func schedule(at deadline: NIODeadline) {
        self.isScheduled = true
        let bound = NIOLoopBound(self, eventLoop: self.channel.eventLoop)
        self.channel.eventLoop.scheduleTask(deadline: deadline) {
            bound.value.isScheduled = false
            bound.value.pump()
        }
    }
}
