// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import NIOCore

/// What the session has to say goes to the channel.
extension HTTP2ConnectionHandler {
    func flush() {
        self.isDirty = false
        guard let context = self.context, !self.isFlushing else { return }
        self.isFlushing = true
        var wasWritten = false
        var hasMore = true
        while hasMore {
            self.isDirty = false
            let drained = self.drain(context)
            self.processEvents()
            if drained != .nothing {
                wasWritten = true
                // The socket may take all of it at once, and the channel then says that it is writable again while this
                // flush is still running: go on here.
                context.flush()
            }
            hasMore = self.isDirty || drained == .untilFull && self.isWritable && self.context != nil
        }
        self.isFlushing = false
        self.settle(context, wasWritten: wasWritten)
        if self.hasPausedFeeds { self.resumeFeeds(of: self.loop) }
    }

    /// What moving output to the channel came to.
    private enum Drained {
        case nothing
        /// The session has no more to say now.
        case all
        /// The channel has no room for more.
        case untilFull
    }

    /// Moves what the session has to say to the channel, as long as the channel has room.
    private func drain(_ context: ChannelHandlerContext) -> Drained {
        var drained = Drained.nothing
        // A request that is on its way to Redis leaves nothing to say for now.
        guard self.session.hasOutput else { return drained }
        while self.isWritable {
            self.loop.output.clear()
            self.attempt { () throws(EngineError) in
                if self.isEncrypted {
                    try self.session.drain(into: &self.loop.output, limit: Self.writeChunkBytes)
                } else {
                    try self.session.drain(
                        into: &self.loop.output, parts: &self.loop.bodyParts, limit: Self.writeChunkBytes)
                }
            }
            let bytes = self.write(context)
            guard bytes > 0 else { return drained == .nothing ? .nothing : .all }
            drained = .all
            // The session has no more to say. The buffer comes back when the flush has copied it into the socket.
            guard bytes >= Self.writeChunkBytes else { return .all }
            self.loop.output = ByteBuffer()
            drained = .untilFull
        }
        return drained
    }

    /// Hands what was drained to the channel.
    /// - Returns: How many bytes that are.
    private func write(_ context: ChannelHandlerContext) -> Int {
        var frames = self.loop.output
        var bytes = frames.readableBytes
        var position = 0
        for part in self.loop.bodyParts {
            if let before = frames.readSlice(length: part.offset - position) {
                context.write(self.wrapOutboundOut(before), promise: nil)
            }
            context.write(self.wrapOutboundOut(part.bytes), promise: nil)
            position = part.offset
            bytes += part.bytes.readableBytes
        }
        if !self.loop.bodyParts.isEmpty { self.loop.bodyParts.removeAll(keepingCapacity: true) }
        if frames.readableBytes > 0 { context.write(self.wrapOutboundOut(frames), promise: nil) }
        return bytes
    }

    /// What follows from a flush: accounting, reading on, the write timer, the end.
    private func settle(_ context: ChannelHandlerContext, wasWritten: Bool) {
        let queued = self.session.queuedBytes
        self.countResponseBytes(queued - self.countedResponseBytes)
        if queued > 0 || !self.isWritable {
            if self.deadlines.outputBlocked(now: self.loop.now, progressed: wasWritten) {
                self.arm(self.loop.now + self.deadlines.timeouts.write)
            }
        } else {
            self.deadlines.outputDone()
        }
        if self.isDraining, self.session.openStreams == 0, queued == 0, self.deadlines.isLastGoAwaySent {
            context.close(promise: nil)
        } else if self.session.isFinished, queued == 0 {
            context.close(promise: nil)
        }
    }

    func countResponseBytes(_ change: Int) {
        guard change != 0 else { return }
        self.loop.queuedResponseBytes += change
        self.countedResponseBytes += change
    }
}
