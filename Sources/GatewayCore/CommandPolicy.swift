// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Decides about commands before anything is sent, by their effect on a connection that many callers share.
///
/// It reads a command in its wire form, so that every surface is judged by what would really be sent.
struct CommandPolicy: Sendable {
    private let database: Int
    private let allowed: Set<String>

    init(_ configuration: GatewayConfiguration) {
        self.database = configuration.database
        self.allowed = configuration.allowedCommands
    }

    /// Decides about the command whose `*` lies at `start`.
    func decide(_ bytes: Span<UInt8>, at start: Int) -> CommandDecision {
        guard var cursor = CommandCursor(bytes, at: start), let first = cursor.next(bytes) else {
            return .refuse(.unknown)
        }
        let name = bytes.extracting(first.content)
        guard let packed = CommandName(name) else { return .refuse(.unknown) }
        guard let rule = CommandCatalog.rule(for: packed) else { return self.unknown(name) }
        switch rule {
        case .container, .openContainer:
            guard let second = cursor.next(bytes) else {
                return rule == .openContainer ? Self.allow(.read) : .refuse(.unknown)
            }
            guard let packed = CommandName(name, subcommand: bytes.extracting(second.content)),
                let rule = CommandCatalog.rule(for: packed)
            else { return .refuse(.unknown) }
            return self.apply(rule, bytes, cursor)
        default: return self.apply(rule, bytes, cursor)
        }
    }

    /// Applies a rule; the cursor stands before the first argument behind the name.
    private func apply(_ rule: CommandRule, _ bytes: Span<UInt8>, _ cursor: CommandCursor) -> CommandDecision {
        switch rule {
        case .allow(let effect): Self.allow(effect)
        case .script: Self.allow(.unsafe)
        case .publish: .allow(.unsafe, .publish)
        case .set: Self.allow(CommandShape.set(bytes, cursor))
        case .expire: Self.allow(CommandShape.expire(bytes, cursor))
        case .getEx: Self.allow(cursor.count > 2 ? .repeatable : .read)
        case .readUnlessStoring: Self.allow(CommandShape.stores(bytes, cursor) ? .unsafe : .read)
        case .copy: CommandShape.namesDatabase(bytes, cursor) ? .refuse(.dataMovement) : Self.allow(.unsafe)
        case .blockingLast: CommandShape.blocking(bytes, cursor, isLast: true)
        case .blockingFirst: CommandShape.blocking(bytes, cursor, isLast: false)
        case .streamRead(let effect): CommandShape.streamRead(bytes, cursor, effect)
        case .container, .openContainer: .refuse(.unknown)
        case .answer: .answer
        case .select: self.select(bytes, cursor)
        case .refuse(let reason): .refuse(reason)
        }
    }

    /// The scope follows from the effect.
    static func allow(_ effect: CommandEffect) -> CommandDecision {
        .allow(effect, effect == .read ? .read : .write)
    }

    private func select(_ bytes: Span<UInt8>, _ cursor: CommandCursor) -> CommandDecision {
        var cursor = cursor
        guard let argument = cursor.next(bytes), cursor.count == 2,
            let index = Decimal.int64(bytes.extracting(argument.content)), index == Int64(self.database)
        else { return .refuse(.database) }
        return .answer
    }

    /// A name that is not in the catalog is allowed only if the operator vouches for it.
    private func unknown(_ name: Span<UInt8>) -> CommandDecision {
        guard !self.allowed.isEmpty else { return .refuse(.unknown) }
        return self.allowed.contains(Self.text(name)) ? Self.allow(.unsafe) : .refuse(.unknown)
    }

    /// A name in upper case, at most 64 bytes of it, for texts and settings.
    static func text(_ name: Span<UInt8>) -> String {
        var text = ""
        for index in 0..<min(name.count, 64) {
            let byte = name[index]
            let upper = byte &- 0x61 < 26 ? byte &- 0x20 : byte
            text.unicodeScalars.append(upper < 0x80 ? Unicode.Scalar(upper) : "\u{FFFD}")
        }
        return text
    }
}
