// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The JSON body of an operation, read by what the operation says of it.
struct BodyValues {
    /// A value that was read.
    enum Value {
        case bytes(ByteBuffer)
        case integer(Int64)
        case flag(Bool)
        case word(Int)
        case list(ArgumentList)
        /// The text, and whether it is a fraction (or was a string).
        case number(ByteBuffer, isFloat: Bool)
    }

    private let members: [BodyMember]
    private var values: [Value?] = []
    /// The pairs of a body that is a map itself.
    private(set) var pairs = PairList()

    /// Reads the body of an operation.
    /// - Throws: ``Problem`` that names the member which is unknown, given twice, missing or wrong.
    init(_ body: ByteBuffer, _ form: Operation.Body, limit: Int) throws(Problem) {
        switch form {
        case .none, .octets: self.members = []
        case .object(let members):
            self.members = members
            self.values = Array(repeating: nil, count: members.count)
            // A body that says nothing may be left out.
            if body.readableBytes > 0 { try self.readObject(body, limit: limit) }
            try self.checkRequired()
        case .pairs(let allowsNull):
            self.members = []
            var reader = MemberReader(body, limit: limit)
            self.pairs = try reader.pairs(reader.next(), name: nil, allowsNull: allowsNull)
            try reader.finish()
        }
    }

    private mutating func readObject(_ body: ByteBuffer, limit: Int) throws(Problem) {
        var reader = MemberReader(body, limit: limit)
        guard try reader.next() == .beginObject else { throw MemberReader.problem("The body must be an object.") }
        while case .name(let name) = try reader.next() {
            guard let index = self.index(name) else {
                throw MemberReader.problem("The member '\(String(buffer: name).prefix(64))' is not known here.")
            }
            guard self.values[index] == nil else {
                throw MemberReader.problem("The member '\(self.members[index].name)' is given twice.")
            }
            self.values[index] = try reader.value(self.members[index])
        }
        try reader.finish()
    }

    private func index(_ name: ByteBuffer) -> Int? {
        self.members.firstIndex { name.readableBytesUInt8Span.equals($0.name) }
    }

    private func checkRequired() throws(Problem) {
        for (index, member) in self.members.enumerated() where member.isRequired && self.values[index] == nil {
            throw MemberReader.problem("The member '\(member.name)' is missing.")
        }
    }

    private func value(_ name: StaticString) -> Value? {
        for (index, member) in self.members.enumerated() where member.name.description == name.description {
            return self.values[index]
        }
        assertionFailure("the operation has no member \(name)")
        return nil
    }

    /// The bytes of a member; nil if it was left out.
    func bytes(_ name: StaticString) -> ByteBuffer? {
        if case .bytes(let bytes) = self.value(name) { bytes } else { nil }
    }

    /// The whole number of a member; nil if it was left out.
    func integer(_ name: StaticString) -> Int64? {
        if case .integer(let number) = self.value(name) { number } else { nil }
    }

    /// The boolean of a member; false if it was left out.
    func flag(_ name: StaticString) -> Bool {
        if case .flag(let flag) = self.value(name) { flag } else { false }
    }

    /// The place of a member's word among its words; nil if it was left out.
    func word(_ name: StaticString) -> Int? {
        if case .word(let index) = self.value(name) { index } else { nil }
    }

    /// The elements of a member; nil if it was left out.
    func list(_ name: StaticString) -> ArgumentList? {
        if case .list(let list) = self.value(name) { list } else { nil }
    }

    /// The text of a number, and whether it is to be added as a fraction; nil if it was left out.
    func number(_ name: StaticString) -> (text: ByteBuffer, isFloat: Bool)? {
        if case .number(let text, let isFloat) = self.value(name) { (text, isFloat) } else { nil }
    }
}
