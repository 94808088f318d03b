// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// What the arguments of a command say about its effect. Each function takes a cursor that stands behind the name.
enum CommandShape {
    /// SET (Redis documentation, "SET"): NX, GET and the comparing options make it unsafe; with XX the answer depends
    /// on the data. A relative time to live starts anew with a second run, which is accepted.
    static func set(_ bytes: Span<UInt8>, _ cursor: CommandCursor) -> CommandEffect {
        var cursor = cursor
        _ = cursor.next(bytes)
        _ = cursor.next(bytes)
        var effect = CommandEffect.overwrite
        while let argument = cursor.next(bytes) {
            let option = bytes.extracting(argument.content)
            if option.equalsIgnoringCase("ex") || option.equalsIgnoringCase("px")
                || option.equalsIgnoringCase("exat") || option.equalsIgnoringCase("pxat")
            {
                _ = cursor.next(bytes)
            } else if option.equalsIgnoringCase("xx") {
                effect = .repeatable
            } else if !option.equalsIgnoringCase("keepttl") {
                return .unsafe
            }
        }
        return effect
    }

    /// EXPIRE and its kin: plain or with XX a second run does the same; with NX, GT or LT it would be refused.
    static func expire(_ bytes: Span<UInt8>, _ cursor: CommandCursor) -> CommandEffect {
        var cursor = cursor
        _ = cursor.next(bytes)
        _ = cursor.next(bytes)
        while let argument = cursor.next(bytes) {
            guard bytes.extracting(argument.content).equalsIgnoringCase("xx") else { return .unsafe }
        }
        return .repeatable
    }

    /// Whether STORE or STOREDIST stands anywhere behind the key. A pattern of that name makes a reading SORT count as
    /// a write, which is the safe side.
    static func stores(_ bytes: Span<UInt8>, _ cursor: CommandCursor) -> Bool {
        var cursor = cursor
        _ = cursor.next(bytes)
        while let argument = cursor.next(bytes) {
            let option = bytes.extracting(argument.content)
            if option.equalsIgnoringCase("store") || option.equalsIgnoringCase("storedist") { return true }
        }
        return false
    }

    /// Whether COPY has its DB option.
    static func namesDatabase(_ bytes: Span<UInt8>, _ cursor: CommandCursor) -> Bool {
        var cursor = cursor
        _ = cursor.next(bytes)
        _ = cursor.next(bytes)
        while let argument = cursor.next(bytes) {
            if bytes.extracting(argument.content).equalsIgnoringCase("db") { return true }
        }
        return false
    }

    /// The blocking commands of lists and sorted sets: the time in seconds is the first or the last argument.
    static func blocking(_ bytes: Span<UInt8>, _ cursor: CommandCursor, isLast: Bool) -> CommandDecision {
        var cursor = cursor
        guard cursor.count > 2, var argument = cursor.next(bytes) else {
            return .invalid("The blocking command has too few arguments.")
        }
        while isLast, let next = cursor.next(bytes) {
            argument = next
        }
        guard let milliseconds = Self.seconds(bytes.extracting(argument.content)) else {
            return .invalid("The timeout must be a number of seconds, 0 or greater.")
        }
        return .lease(
            BlockingTime(argument: argument.start..<argument.end, milliseconds: milliseconds, isSeconds: true), .write)
    }

    /// XREAD and XREADGROUP: `[GROUP g c] [COUNT n] [BLOCK ms] [CLAIM ms] [NOACK] STREAMS ...`. The options are read as
    /// Redis reads them; an unknown one is refused here, because BLOCK could hide behind it.
    static func streamRead(_ bytes: Span<UInt8>, _ cursor: CommandCursor, _ effect: CommandEffect) -> CommandDecision {
        var cursor = cursor
        var blocking: BlockingTime?
        while let argument = cursor.next(bytes) {
            let option = bytes.extracting(argument.content)
            if option.equalsIgnoringCase("streams") { break }
            if option.equalsIgnoringCase("noack") { continue }
            if option.equalsIgnoringCase("group") { _ = cursor.next(bytes) }
            guard let value = cursor.next(bytes) else { return .invalid("An option has no value.") }
            if option.equalsIgnoringCase("block") {
                guard blocking == nil, let time = Decimal.int64(bytes.extracting(value.content)), time >= 0 else {
                    return .invalid("BLOCK must be given once, as a number of milliseconds, 0 or greater.")
                }
                blocking = BlockingTime(argument: value.start..<value.end, milliseconds: time, isSeconds: false)
            } else if !option.equalsIgnoringCase("count") && !option.equalsIgnoringCase("group")
                && !option.equalsIgnoringCase("claim")
            {
                return .invalid("An option before STREAMS is not known.")
            }
        }
        guard let blocking else { return CommandPolicy.allow(effect) }
        return .lease(blocking, effect == .read ? .read : .write)
    }

    /// Reads `digits[.digits]` as milliseconds, rounded up so that no wait becomes 0, which means for ever.
    private static func seconds(_ text: Span<UInt8>) -> Int64? {
        var index = 0
        var whole: Int64 = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            whole = min(whole * 10 + Int64(text[index] &- UInt8(ascii: "0")), 1_000_000_000)
            index += 1
        }
        guard index > 0 else { return nil }
        guard index < text.count else { return whole * 1000 }
        guard text[index] == UInt8(ascii: "."), index + 1 < text.count else { return nil }
        index += 1
        var part: Int64 = 0
        var scale: Int64 = 100
        var isInexact = false
        while index < text.count {
            let digit = Int64(text[index] &- UInt8(ascii: "0"))
            guard digit < 10 else { return nil }
            part += digit * scale
            isInexact = isInexact || (scale == 0 && digit > 0)
            scale /= 10
            index += 1
        }
        return whole * 1000 + part + (isInexact ? 1 : 0)
    }
}
