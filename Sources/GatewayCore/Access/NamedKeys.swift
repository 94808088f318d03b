// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The keys and patterns of one command in its wire form.
struct NamedKeys {
    /// Where the bytes of each key lie.
    private(set) var keys: [Range<Int>] = []
    /// Where the bytes of each pattern lie.
    private(set) var patterns: [Range<Int>] = []
    private var words: [Range<Int>] = []

    /// Finds the keys of the command at the cursor's place, and walks to its end. A syntax that Redis itself would refuse is refused
    /// here, too: nothing is known of it.
    ///
    /// nil if the keys cannot be told.
    /// - Parameters:
    ///   - bytes: The commands.
    ///   - cursor: Before the first word of one; behind its last when this returns.
    init?(_ bytes: Span<UInt8>, _ cursor: inout CommandCursor) {
        while let word = cursor.next(bytes) { self.words.append(word.content) }
        guard let first = self.words.first, let name = CommandName(bytes.extracting(first)),
            var place = KeyTable.place(of: name)
        else { return nil }
        if case .container = place {
            guard self.words.count > 1,
                let name = CommandName(bytes.extracting(first), subcommand: bytes.extracting(self.words[1])),
                let inner = KeyTable.place(of: name)
            else { return nil }
            place = inner
        } else if place == .none, self.words.count > 1, name == CommandName(catalog: "COMMAND") {
            // It has subcommands, and needs none.
            guard let name = CommandName(bytes.extracting(first), subcommand: bytes.extracting(self.words[1])),
                KeyTable.place(of: name) == KeyPlace.none
            else { return nil }
        }
        guard self.take(place, bytes), place == .none || !self.keys.isEmpty || !self.patterns.isEmpty else {
            return nil
        }
    }

    private mutating func take(_ place: KeyPlace, _ bytes: Span<UInt8>) -> Bool {
        switch place {
        case .none: true
        case .words(let first, let last, let step):
            self.append(from: first, to: last < 0 ? self.words.count + last : last, step: step)
        case .counted(let number, let step): self.appendCounted(number, step: step, bytes)
        case .targetAndCounted:
            self.append(from: 1, to: 1) && self.appendCounted(2, step: 1, bytes)
        case .streams(let isOfGroup): self.appendStreams(isOfGroup: isOfGroup, bytes)
        case .sort: self.append(from: 1, to: 1) && self.appendSortTarget(bytes)
        case .radius(let options): self.append(from: 1, to: 1) && self.appendRadiusTargets(from: options, bytes)
        case .scan: self.appendMatches(bytes)
        case .pattern: self.appendPattern(2)
        case .container: false
        }
    }

    private func word(_ index: Int, _ bytes: Span<UInt8>, is text: StaticString) -> Bool {
        bytes.extracting(self.words[index]).equalsIgnoringCase(text)
    }

    private mutating func append(from first: Int, to last: Int, step: Int = 1) -> Bool {
        guard first <= last, last < self.words.count else { return false }
        for index in stride(from: first, through: last, by: step) {
            self.keys.append(self.words[index])
        }
        return true
    }

    private mutating func appendPattern(_ index: Int) -> Bool {
        guard index < self.words.count else { return false }
        self.patterns.append(self.words[index])
        return true
    }

    /// The number must be one that Redis reads, and that the command has room for.
    private mutating func appendCounted(_ number: Int, step: Int, _ bytes: Span<UInt8>) -> Bool {
        guard number < self.words.count, let count = Decimal.int64(bytes.extracting(self.words[number])), count > 0,
            count <= (self.words.count - number - 1) / step
        else { return false }
        return self.append(from: number + 1, to: number + 1 + (Int(count) - 1) * step, step: step)
    }

    /// `[GROUP g c] [COUNT n] [BLOCK ms] [CLAIM ms] [NOACK] STREAMS key... id...`.
    private mutating func appendStreams(isOfGroup: Bool, _ bytes: Span<UInt8>) -> Bool {
        var index = 1
        var namesGroup = false
        while index < self.words.count, !self.word(index, bytes, is: "streams") {
            if self.word(index, bytes, is: "noack") {
                index += 1
            } else if self.word(index, bytes, is: "group") {
                namesGroup = true
                index += 3
            } else if self.word(index, bytes, is: "count") || self.word(index, bytes, is: "block")
                || self.word(index, bytes, is: "claim")
            {
                index += 2
            } else {
                return false
            }
        }
        let count = self.words.count - index - 1
        guard count > 0, count.isMultiple(of: 2), namesGroup == isOfGroup else { return false }
        return self.append(from: index + 1, to: index + count / 2)
    }

    /// `[LIMIT offset count] [ASC|DESC] [ALPHA] [STORE key]`.
    private mutating func appendSortTarget(_ bytes: Span<UInt8>) -> Bool {
        var index = 2
        while index < self.words.count {
            if self.word(index, bytes, is: "limit") {
                index += 3
            } else if self.word(index, bytes, is: "asc") || self.word(index, bytes, is: "desc")
                || self.word(index, bytes, is: "alpha")
            {
                index += 1
            } else {
                guard self.word(index, bytes, is: "store"), self.append(from: index + 1, to: index + 1) else {
                    return false
                }
                index += 2
            }
        }
        return true
    }

    /// `[WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC|DESC] [STORE key|STOREDIST key]`.
    private mutating func appendRadiusTargets(from options: Int, _ bytes: Span<UInt8>) -> Bool {
        var index = options
        while index < self.words.count {
            if self.word(index, bytes, is: "count") {
                index += 2
            } else if self.word(index, bytes, is: "store") || self.word(index, bytes, is: "storedist") {
                guard self.append(from: index + 1, to: index + 1) else { return false }
                index += 2
            } else {
                let flags: [StaticString] = ["withcoord", "withdist", "withhash", "any", "asc", "desc"]
                guard flags.contains(where: { self.word(index, bytes, is: $0) }) else { return false }
                index += 1
            }
        }
        return true
    }

    /// `cursor [MATCH pattern] [COUNT count] [TYPE type]`; the last MATCH counts, and each must be allowed.
    private mutating func appendMatches(_ bytes: Span<UInt8>) -> Bool {
        var index = 2
        while index < self.words.count {
            if self.word(index, bytes, is: "match") {
                guard self.appendPattern(index + 1) else { return false }
            } else if !self.word(index, bytes, is: "count") && !self.word(index, bytes, is: "type") {
                return false
            }
            index += 2
        }
        return true
    }
}
