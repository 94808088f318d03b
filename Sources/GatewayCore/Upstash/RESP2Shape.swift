// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP

/// How the RESP2 reply of a command differs from its RESP3 reply beyond the types themselves (Redis documentation, the replies of
/// each command).
struct RESP2Shape: Equatable {
    /// What becomes of aggregates.
    enum Layout {
        /// Maps become flat arrays.
        case plain
        /// The pairs that RESP3 gives as arrays of two lie flat: members with scores, fields with values.
        case flatPairs
        /// A map becomes an array of pairs: streams with their entries.
        case pairs
    }

    /// Which nulls are null arrays.
    enum NullArrays {
        case none
        /// The whole reply.
        case whole
        /// Elements of the reply.
        case elements
        /// The fourth element: the consumers of XPENDING.
        case fourth
    }

    var layout = Layout.plain
    var nullArrays = NullArrays.none

    init() {}

    /// The shape of the command in its wire form at `offset`.
    init(_ commands: Span<UInt8>, at offset: Int) {
        guard var cursor = CommandCursor(commands, at: offset), let first = cursor.next(commands) else { return }
        let name = commands.extracting(first.content)
        if Self.flatNames.contains(where: { name.equalsIgnoringCase($0) }) {
            self.layout = .flatPairs
        } else if name.equalsIgnoringCase("xread") || name.equalsIgnoringCase("xreadgroup") {
            self.layout = .pairs
            self.nullArrays = .whole
        } else if name.equalsIgnoringCase("geopos") {
            self.nullArrays = .elements
        } else if name.equalsIgnoringCase("xpending") {
            self.nullArrays = .fourth
        } else if name.equalsIgnoringCase("lmpop") || name.equalsIgnoringCase("zmpop") {
            self.nullArrays = .whole
        } else if name.equalsIgnoringCase("lpop") || name.equalsIgnoringCase("rpop") {
            // With a count.
            self.nullArrays = cursor.count > 2 ? .whole : .none
        }
    }

    private static let flatNames: [StaticString] = [
        "zrange", "zrevrange", "zrangebyscore", "zrevrangebyscore", "zunion", "zinter", "zdiff", "zpopmin", "zpopmax",
        "zrandmember", "hrandfield",
    ]
}

extension RESP2Shape {
    /// Hands a reply to a sink.
    func write<Sink: RESP2Sink>(_ reply: RESPValue, into sink: inout Sink) {
        guard reply.kind.isAggregate else {
            return Self.writeScalar(reply, into: &sink, isWhole: true, isArray: self.nullArrays == .whole)
        }
        switch self.layout {
        case .plain: self.writeElements(of: reply, into: &sink)
        case .flatPairs: Self.writeFlat(reply, into: &sink)
        case .pairs: Self.writePairs(reply, into: &sink)
        }
    }

    private func writeElements<Sink: RESP2Sink>(of reply: RESPValue, into sink: inout Sink) {
        sink.beginArray(count: reply.count)
        var elements = reply.elements
        var index = 0
        while let element = elements.next() {
            let isArray = self.nullArrays == .elements || self.nullArrays == .fourth && index == 3
            Self.writeNested(element, into: &sink, isArray: isArray)
            index += 1
        }
        sink.endArray()
    }

    /// Any value inside of an aggregate; `isArray` says what a null is.
    private static func writeNested<Sink: RESP2Sink>(_ value: RESPValue, into sink: inout Sink, isArray: Bool = false) {
        guard value.kind.isAggregate else {
            return Self.writeScalar(value, into: &sink, isWhole: false, isArray: isArray)
        }
        sink.beginArray(count: value.count)
        var elements = value.elements
        while let element = elements.next() { Self.writeNested(element, into: &sink) }
        sink.endArray()
    }

    private static func writeFlat<Sink: RESP2Sink>(_ reply: RESPValue, into sink: inout Sink) {
        var count = 0
        var elements = reply.elements
        while let element = elements.next() { count += element.kind.isAggregate ? element.count : 1 }
        sink.beginArray(count: count)
        elements = reply.elements
        while let element = elements.next() {
            guard element.kind.isAggregate else {
                Self.writeNested(element, into: &sink)
                continue
            }
            var parts = element.elements
            while let part = parts.next() { Self.writeNested(part, into: &sink) }
        }
        sink.endArray()
    }

    private static func writePairs<Sink: RESP2Sink>(_ reply: RESPValue, into sink: inout Sink) {
        guard reply.kind == .map else { return Self.writeNested(reply, into: &sink) }
        sink.beginArray(count: reply.count / 2)
        var elements = reply.elements
        while let key = elements.next(), let value = elements.next() {
            sink.beginArray(count: 2)
            Self.writeNested(key, into: &sink)
            Self.writeNested(value, into: &sink)
            sink.endArray()
        }
        sink.endArray()
    }

    private static func writeScalar<Sink: RESP2Sink>(
        _ value: RESPValue, into sink: inout Sink, isWhole: Bool, isArray: Bool
    ) {
        switch value.kind {
        case .integer: sink.integer(value.payload)
        case .boolean: sink.flag(value.boolean ?? false)
        case .simpleString: sink.status(value.payload, isWhole: isWhole)
        case .bulkString, .verbatimString, .double, .bigNumber: sink.bulk(value.payload)
        case .simpleError, .bulkError: sink.error(value.payload)
        case .null: sink.null(isArray: isArray)
        case .array, .set, .map, .push: break
        }
    }
}
