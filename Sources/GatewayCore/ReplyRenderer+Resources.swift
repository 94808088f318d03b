// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// The answers of the native resources.
///
/// A reply sets ``number`` to the status once that is known (204 where nothing sets it), writes JSON, or records a
/// problem; what follows a problem is not looked at. ``value`` holds the bytes of an element, or what a field of the
/// answer is made of.
extension ReplyRenderer {
    /// A reply of a resource's commands; of a transaction, MULTI's, one for each queued command, EXEC's.
    mutating func takeResource(_ reply: RESPValue, ordinal: Int) {
        guard self.problem == nil else { return }
        guard self.shape == .resourceTransaction else { return self.takePart(reply, index: ordinal) }
        if reply.isError { return self.failCommand(reply, index: max(ordinal - 1, 0)) }
        guard ordinal == self.expectedResults + 1 else { return }
        switch reply.kind {
        case .array where reply.count == self.expectedResults: break
        case .null:
            self.problem = Problem.transactionConflict
            return
        default: return self.mistype("EXEC")
        }
        var elements = reply.elements
        var index = 0
        while let element = elements.next(), self.problem == nil {
            self.takePart(element, index: index)
            index += 1
        }
    }

    /// The reply of one command.
    private mutating func takePart(_ reply: RESPValue, index: Int) {
        if reply.isError { return self.failCommand(reply, index: index) }
        switch self.rendering {
        case .none, .done: break
        case .removedKey, .removedMember, .createdMember, .renamedIfAbsent, .pushedExisting, .inserted, .value, .length,
            .added, .removed, .changed, .acknowledged, .score, .receivers:
            self.takeNumber(reply)
        case .element, .elementJSON, .moved, .addedEntry, .loadedScript, .created: self.takeBytes(reply)
        case .members, .operationMembers, .poppedMembers, .poppedValues, .awaitedValues, .poppedScores, .awaitedScores:
            self.takeMembers(reply)
        case .namedValues, .namedFields, .fields, .items, .scoredMembers, .rankedMembers:
            self.takeCollection(reply, index: index)
        case .replacedKey, .copied, .rank, .changedScore, .presentScore: self.takeState(reply, index: index)
        case .keyPage: self.takeKeyPage(reply)
        case .entries, .entry, .readEntries, .claimedEntries, .autoClaimed, .pending, .pendingSummary:
            self.takeStream(reply, index: index)
        case .scriptResult, .readResult:
            self.begin("result")
            ResultWriter.write(reply, into: &self.writer, context: CommandContext(retryClass: self.retryClass))
            self.writer.endObject()
        }
    }

    /// Records the error of a command of the plan.
    private mutating func failCommand(_ reply: RESPValue, index: Int) {
        let commands = self.subject
        let offset = self.cursor.offset(of: index, in: commands.readableBytesUInt8Span)
        var context = CommandView(commands, at: offset).context(index: nil, retryClass: self.retryClass)
        context.isTyped = true
        context.isWriteScript = self.rendering == .scriptResult
        self.problem = Problem(redisError: reply.payload, context)
    }

    /// Records that a reply has a type which its command never gives.
    mutating func mistypeResource() {
        self.mistype(CommandView(self.subject, at: 0).name)
    }

    /// The number of an integer reply. Anything else is recorded, and is nil.
    mutating func count(_ reply: RESPValue) -> Int64? {
        if let number = reply.integer { return number }
        self.mistypeResource()
        return nil
    }

    /// Begins an answer of 200 with one member, whose value must follow.
    mutating func begin(_ name: StaticString) {
        self.number = 200
        self.writer.beginObject()
        self.writer.name(name)
    }

    /// An argument of the plan's first command, the name being number 0; empty if there is none.
    func argument(_ place: Int) -> ByteBuffer {
        let commands = self.subject
        let bytes = commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0) else { return ByteBuffer() }
        var index = 0
        while let argument = cursor.next(bytes) {
            if index == place {
                let content = argument.content
                return commands.getSlice(at: commands.readerIndex + content.lowerBound, length: content.count)
                    ?? ByteBuffer()
            }
            index += 1
        }
        return ByteBuffer()
    }

    /// The response to a resource's request that Redis has served.
    mutating func resourceResponse(_ fields: RequestFields) -> Response {
        let status = self.number == 0 ? 204 : Int(clamping: self.number)
        if self.rendering == .element {
            return Response(status: 200, contentType: .octetStream, body: self.value.take() ?? ByteBuffer())
        }
        let extra = self.resourceFields(status, fields)
        let body = self.writer.buffer
        guard body.readableBytes > 0 else { return Response(status: status, fields: extra) }
        return Response(status: status, contentType: .json, body: body, fields: extra)
    }

    private func resourceFields(_ status: Int, _ fields: RequestFields) -> [ResponseField] {
        if status == 201 {
            let location =
                switch self.rendering {
                case .addedEntry: Location.target(fields, appending: self.value)
                case .copied: Location.path("/v1/keys/", self.copyTarget)
                case .loadedScript: Location.path("/v1/scripts/", self.value ?? ByteBuffer()) + "/invocations"
                default: Location.target(fields)
                }
            return [ResponseField(.location, location)]
        }
        if self.rendering == .keyPage, let link = self.nextPage { return [ResponseField(.link, link)] }
        return []
    }
}
