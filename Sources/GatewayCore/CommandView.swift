// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore

/// A command in its wire form, looked at for an error.
struct CommandView {
    private let commands: ByteBuffer
    private let offset: Int

    init(_ commands: ByteBuffer, at offset: Int) {
        self.commands = commands
        self.offset = offset
    }

    /// The name in upper case; empty if there is none.
    var name: String {
        let bytes = self.commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: self.offset), let first = cursor.next(bytes) else { return "" }
        return CommandPolicy.text(bytes.extracting(first.content))
    }

    /// The name as the caller has given it, at most 64 bytes of it; empty if there is none.
    var givenName: String {
        let bytes = self.commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: self.offset), let first = cursor.next(bytes) else { return "" }
        let start = self.commands.readerIndex + first.content.lowerBound
        let name = self.commands.getSlice(at: start, length: min(first.content.count, 64)) ?? ByteBuffer()
        return String(decoding: name.readableBytesView, as: UTF8.self)
    }

    /// What the error mapping needs to know of the command.
    func context(index: Int?, retryClass: RetryClass) -> CommandContext {
        var context = CommandContext(name: self.name, index: index, retryClass: retryClass)
        let bytes = self.commands.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: self.offset), let first = cursor.next(bytes),
            let name = CommandName(bytes.extracting(first.content))
        else { return context }
        context.isWriteScript = CommandCatalog.rule(for: name) == .script
        _ = cursor.next(bytes)
        switch context.name {
        case "INCR", "DECR": context.meansStoredNumber = true
        case "INCRBY", "DECRBY":
            if let argument = cursor.next(bytes) {
                context.meansStoredNumber = Decimal.int64(bytes.extracting(argument.content)) != nil
            }
        case "INCRBYFLOAT":
            if let argument = cursor.next(bytes) {
                context.meansStoredNumber = Double(CommandPolicy.text(bytes.extracting(argument.content))) != nil
            }
        default: break
        }
        return context
    }
}
