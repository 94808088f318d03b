// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where the decoder stands in an incomplete reply. It remembers what was understood, so that no byte is read twice
/// however the reply is cut.
///
/// All offsets count from the first byte of the reply. States: between elements (``bulkEnd`` is 0), or inside a bulk
/// whose last byte has not come (``bulkEnd`` > 0).
struct RESPCursor {
    /// What a step came to.
    enum Outcome {
        /// More bytes are needed.
        case incomplete
        /// The reply is complete: ``kind``, ``count``, payload and ``position`` hold it.
        case complete
        case failed(RESPError)
    }

    /// The first byte that is not understood yet.
    private(set) var position = 0
    /// No CR lies between ``position`` and here.
    private var scanned = 0
    /// One past the CRLF of a bulk whose header was read; 0 when there is none.
    private(set) var bulkEnd = 0
    /// Elements of this reply so far, nested ones included.
    private var elements = 0
    /// Open aggregates: elements still to come, negative for an attribute, whose completion completes no element.
    private var shallow = InlineArray<8, Int>(repeating: 0)
    private var deep: [Int] = []
    private var depth = 0

    private(set) var kind = RESPKind.null
    private(set) var count = 0
    private(set) var payloadStart = 0
    private(set) var payloadEnd = 0

    /// How many bytes the reply is known to need at least.
    var needed: Int { self.bulkEnd }

    /// Reads on.
    mutating func advance(_ bytes: UnsafeRawBufferPointer, limits: RESPLimits) -> Outcome {
        while true {
            if self.bulkEnd > 0 {
                guard bytes.count >= self.bulkEnd else { return .incomplete }
                guard unsafe bytes[self.bulkEnd - 2] == 0x0D && bytes[self.bulkEnd - 1] == 0x0A else {
                    return .failed(.malformedLine)
                }
                self.position = self.bulkEnd
                self.bulkEnd = 0
                if self.completeElement() { return .complete }
                continue
            }
            let result = unsafe RESPHeader.read(
                bytes, at: self.position, scanned: self.scanned, lineLimit: limits.lineBytes)
            switch result {
            case .incomplete(let scanned):
                self.scanned = scanned
                guard bytes.count <= limits.replyBytes else { return .failed(.replyTooLarge) }
                return .incomplete
            case .failed(let error):
                return .failed(error)
            case .header(let header):
                if let outcome = self.take(header, limits: limits) { return outcome }
            }
        }
    }

    /// Takes an element's header; nil: go on.
    private mutating func take(_ header: RESPHeader, limits: RESPLimits) -> Outcome? {
        self.scanned = 0
        guard header.end <= limits.replyBytes else { return .failed(.replyTooLarge) }
        switch header.type {
        case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "="):
            return self.takeBulk(header, limits: limits)
        case UInt8(ascii: "*"), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: ">"), UInt8(ascii: "|"):
            return self.takeAggregate(header, limits: limits)
        default:
            guard let kind = RESPKind(typeByte: header.type) else { return .failed(.unknownType(header.type)) }
            self.note(kind, count: 0, header.contentStart, header.contentEnd)
            self.position = header.end
            return self.completeElement() ? .complete : nil
        }
    }

    private mutating func takeBulk(_ header: RESPHeader, limits: RESPLimits) -> Outcome? {
        if header.number == -1, header.type == UInt8(ascii: "$") {
            self.note(.null, count: 0, header.contentEnd, header.contentEnd)
            self.position = header.end
            return self.completeElement() ? .complete : nil
        }
        guard header.number >= 0 else { return .failed(.malformedNumber) }
        guard header.number <= Int64(limits.bulkBytes) else { return .failed(.bulkTooLarge) }
        let length = Int(header.number)
        guard length <= limits.replyBytes - header.end - 2 else { return .failed(.replyTooLarge) }
        guard let kind = RESPKind(typeByte: header.type) else { return .failed(.unknownType(header.type)) }
        // A verbatim string begins with three letters and a colon, which say how to show it.
        let prefix = kind == .verbatimString ? 4 : 0
        guard length >= prefix else { return .failed(.malformedLine) }
        self.note(kind, count: 0, header.end + prefix, header.end + length)
        self.position = header.end
        self.bulkEnd = header.end + length + 2
        return nil
    }

    private mutating func takeAggregate(_ header: RESPHeader, limits: RESPLimits) -> Outcome? {
        if header.number == -1, header.type == UInt8(ascii: "*") {
            self.note(.null, count: 0, header.contentEnd, header.contentEnd)
            self.position = header.end
            return self.completeElement() ? .complete : nil
        }
        guard header.number >= 0 else { return .failed(.malformedNumber) }
        guard header.number <= Int64(limits.elements) else { return .failed(.tooManyElements) }
        let isPairs = header.type == UInt8(ascii: "%") || header.type == UInt8(ascii: "|")
        let count = Int(header.number) * (isPairs ? 2 : 1)
        self.elements += count
        guard self.elements <= limits.elements else { return .failed(.tooManyElements) }
        let isAttribute = header.type == UInt8(ascii: "|")
        if let kind = RESPKind(typeByte: header.type) { self.note(kind, count: count, header.end, header.end) }
        self.position = header.end
        if count == 0 { return isAttribute ? nil : self.completeElement() ? .complete : nil }
        guard self.depth < limits.depth else { return .failed(.tooDeep) }
        self.push(isAttribute ? -count : count)
        return nil
    }

    /// Remembers the outermost element.
    private mutating func note(_ kind: RESPKind, count: Int, _ start: Int, _ end: Int) {
        guard self.depth == 0 else { return }
        self.kind = kind
        self.count = count
        self.payloadStart = start
        self.payloadEnd = end
    }

    /// An element is complete, and with it perhaps the aggregates around it.
    /// - Returns: whether the reply is complete.
    private mutating func completeElement() -> Bool {
        while self.depth > 0 {
            let rest = self.top
            if rest < 0 {
                self.top = rest + 1
                if rest < -1 { return false }
                // The attribute is over; the value that it belongs to follows.
                self.depth -= 1
                return false
            }
            self.top = rest - 1
            if rest > 1 { return false }
            self.depth -= 1
        }
        if self.kind.isAggregate { self.payloadEnd = self.position }
        return true
    }

    private mutating func push(_ rest: Int) {
        if self.depth < 8 {
            self.shallow[self.depth] = rest
        } else if self.depth - 8 < self.deep.count {
            self.deep[self.depth - 8] = rest
        } else {
            self.deep.append(rest)
        }
        self.depth += 1
    }

    private var top: Int {
        get { self.depth <= 8 ? self.shallow[self.depth - 1] : self.deep[self.depth - 9] }
        set {
            if self.depth <= 8 {
                self.shallow[self.depth - 1] = newValue
            } else {
                self.deep[self.depth - 9] = newValue
            }
        }
    }
}
