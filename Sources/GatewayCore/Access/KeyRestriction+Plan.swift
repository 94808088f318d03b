// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore

extension KeyRestriction {
    /// Checks all keys of a plan, and of those that may follow from its replies.
    /// - Parameter plan: Not sent yet.
    /// - Throws: ``Problem`` with the first command that names another key, or whose keys cannot be told.
    func check(_ plan: borrowing RedisPlan) throws(Problem) {
        switch plan.shape {
        case .readString, .readStringJSON, .measureString, .readStringPart, .writeString, .swapString, .swapStringJSON,
            .checkString, .deleteKey, .describeKey, .readTTL, .writeTTL, .removeTTL:
            try self.check(key: plan.subject)
        // The gateway's own script, which writes no other key.
        case .conditionalWrite: try self.check(key: RedisPlan.argument(3, of: plan.subject))
        case .checkTransaction:
            try self.check(commands: plan.subject, areIndexed: false)
            try self.check(commands: plan.checkedTransaction.subject, areIndexed: true)
        case .command, .commandRESP, .upstashCommand, .resource, .resourceTransaction:
            try self.check(commands: plan.subject, areIndexed: false)
        case .pipeline, .transaction, .upstashPipeline, .upstashTransaction:
            try self.check(commands: plan.subject, areIndexed: true)
        case .info, .topology: throw Self.unknownKeys("INFO", nil)
        }
    }

    /// Checks what is subscribed to.
    /// - Parameter subscriptions: Channels and patterns.
    /// - Throws: ``Problem`` if one is not allowed.
    func check(_ subscriptions: [SubscriptionKey]) throws(Problem) {
        for subscription in subscriptions {
            let name = subscription.name.readableBytesUInt8Span
            let isAllowed =
                switch subscription.kind {
                case .channel, .shardChannel: self.allows(key: name)
                case .pattern: self.allows(pattern: name)
                }
            guard isAllowed else {
                throw Problem(.keyNotAllowed, detail: "The token is for other channels.")
            }
        }
    }

    private func check(key: ByteBuffer) throws(Problem) {
        guard self.allows(key: key.readableBytesUInt8Span) else { throw Problem(kind: .keyNotAllowed) }
    }

    /// Checks commands in their wire form.
    /// - Parameters:
    ///   - commands: One behind the other.
    ///   - areIndexed: Whether a problem names the place of the command.
    /// - Throws: ``Problem`` with the first that is not allowed.
    private func check(commands: ByteBuffer, areIndexed: Bool) throws(Problem) {
        let bytes = commands.readableBytesUInt8Span
        var offset = 0
        var index = 0
        while offset < bytes.count {
            guard var cursor = CommandCursor(bytes, at: offset) else { throw Problem(kind: .keyNotAllowed) }
            guard let named = NamedKeys(bytes, &cursor) else {
                guard let end = Self.endOfOwnCommand(bytes, at: offset) else {
                    let name = CommandView(commands, at: offset).name
                    throw Self.unknownKeys(name, areIndexed ? index : nil)
                }
                offset = end
                index += 1
                continue
            }
            guard named.keys.allSatisfy({ self.allows(key: bytes.extracting($0)) }),
                named.patterns.allSatisfy({ self.allows(pattern: bytes.extracting($0)) })
            else {
                let name = CommandView(commands, at: offset).name
                throw Problem(
                    .keyNotAllowed, detail: "\(name) names a key that the token is not for.", command: name,
                    commandIndex: areIndexed ? index : nil)
            }
            offset = cursor.offset
            index += 1
        }
    }

    /// Where a command ends that the gateway itself puts into a batch, and that touches no key.
    /// - Returns: nil if it is another one.
    private static func endOfOwnCommand(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        for own in [Gateway.emptyCommand, Gateway.plainOK] {
            let end = offset + own.utf8CodeUnitCount
            if end <= bytes.count, bytes.extracting(offset..<end).equals(own) { return end }
        }
        return nil
    }

    /// The problem of a command whose keys cannot be told.
    /// - Parameters:
    ///   - name: The command's.
    ///   - index: Its place in a batch.
    /// - Returns: The problem.
    static func unknownKeys(_ name: String, _ index: Int?) -> Problem {
        Problem(
            .keyNotAllowed, detail: "The token is for certain keys, and those that \(name) would use cannot be told.",
            command: name, commandIndex: index)
    }
}
