// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore
package import RESP
package import RedisCore

/// GET or PUT of a string, without a parameter, a condition or a wish: what most requests are.
///
/// It is what a ``RedisPlan`` and a ``ReplyRenderer`` are to every other request, in a few words: the key stays where it lies in the
/// request, and the replies are taken as they come. It says the same as the two would (`.readString`, `.writeString`). What does not
/// go well it leaves to them, by ``plan(_:)`` and ``firstReply``.
package struct DirectString: Sendable {
    /// The commands of both methods have a reply each.
    package static let replyCount = 2

    /// PUT; else GET.
    package let isWrite: Bool
    /// Whether the key was there before a PUT.
    private var isFound = false
    /// Where the key lies in the request's fields.
    private let keyStart: UInt32
    private let keyEnd: UInt32
    /// What PTTL says.
    private var ttl: Int64 = -1
    /// The value: of PUT before it is sent, of GET when it has come.
    package var value: ByteBuffer?
    /// The value's tag, if it is known already.
    private var tag: ValueTag?
    /// Whether the replies to GET have come, and were what they are when all is well.
    private var isAnswered = false

    /// - Parameters:
    ///   - isWrite: PUT; else GET.
    ///   - key: Where the key lies in the request's fields; it stands there as it is.
    init(isWrite: Bool, key: Range<Int>) {
        self.isWrite = isWrite
        self.keyStart = UInt32(clamping: key.lowerBound)
        self.keyEnd = UInt32(clamping: key.upperBound)
    }

    private var key: Range<Int> { Int(self.keyStart)..<Int(self.keyEnd) }

    /// PUT has the same effect and the same answer but for 201 and 204 when it runs twice.
    package var retryClass: RetryClass { self.isWrite ? .idempotent : .readOnly }

    /// Writes the commands; the same bytes each time.
    /// - Parameters:
    ///   - fields: Those of the request.
    ///   - encoder: Takes them.
    package func encode(_ fields: RequestFields, into encoder: inout RESPEncoder) {
        fields.withSpan { request in
            let key = request.extracting(self.key)
            if self.isWrite {
                encoder.keyed("*2\r\n$6\r\nEXISTS\r\n", "*3\r\n$3\r\nSET\r\n", key, value: self.value)
            } else {
                encoder.keyed("*2\r\n$3\r\nGET\r\n", "*2\r\n$4\r\nPTTL\r\n", key)
            }
        }
    }

    /// Takes the next reply. Ordinal 0 starts anew (the request was sent again).
    /// - Returns: false if it is not what the command gives when all is well; nothing changed then.
    package mutating func received(_ reply: RESPValue, ordinal: Int) -> Bool {
        switch (self.isWrite, ordinal) {
        case (false, 0): return self.takeValue(reply)
        case (false, _):
            guard let ttl = Self.integer(reply) else { return false }
            self.ttl = ttl
            self.isAnswered = true
        case (true, 0):
            guard let count = Self.integer(reply) else { return false }
            self.isFound = count > 0
        case (true, _):
            guard case .simpleString = reply.kind else { return false }
        }
        return true
    }

    private static func integer(_ reply: RESPValue) -> Int64? {
        guard case .integer = reply.kind else { return nil }
        return reply.payload.withSpan(Decimal.int64)
    }

    private mutating func takeValue(_ reply: RESPValue) -> Bool {
        self.isAnswered = false
        switch reply.kind {
        case .bulkString: self.value = reply.payload
        case .null: self.value = nil
        default: return false
        }
        return true
    }

    /// The response, when both replies were taken.
    /// - Parameters:
    ///   - requestID: Of the request.
    ///   - fields: Those of the request.
    /// - Returns: The response.
    package mutating func response(requestID: RequestID, fields: RequestFields) -> Response {
        guard let value = self.value.take() else {
            return Problem(kind: .keyNotFound).response(requestID: requestID, fields: fields)
        }
        let tag = self.tag ?? ValueTag(of: value)
        if !self.isWrite {
            let fields = self.ttl >= 0 ? [ResponseField(.redisTTL, String(self.ttl))] : []
            return Response(status: 200, contentType: .octetStream, body: value, fields: fields, tag: tag)
        }
        guard !self.isFound else { return Response(status: 204, tag: tag) }
        let location = Location.string(fields.slice(in: self.key))
        return Response(status: 201, fields: [ResponseField(.location, location)], tag: tag)
    }

    /// The size of the body that the response will have.
    package var responseBytes: Int { self.isWrite ? 0 : self.value?.readableBytes ?? 0 }

    // MARK: One answer for several

    /// A number that is the same for the same key.
    /// - Parameter fields: Those of the request.
    /// - Returns: The number; keys that differ in nothing but what stands before their last eight bytes have the same, too.
    package func keyMark(_ fields: RequestFields) -> UInt64 {
        fields.withSpan { request in
            let end = Int(self.keyEnd)
            guard end >= 8, end <= request.count else { return 0 }
            // Safety: the eight bytes lie inside. Before a shorter key stands the rest of the path, which is the same for all.
            let last = unsafe request.withUnsafeBytes { bytes in
                unsafe bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)
            }
            return last ^ UInt64(self.keyEnd &- self.keyStart)
        }
    }

    /// Whether another request asks for the same.
    /// - Parameters:
    ///   - fields: Those of this request.
    ///   - other: The other one.
    ///   - otherFields: Those of that.
    /// - Returns: Whether both read the same key.
    package func isSameRead(_ fields: RequestFields, as other: DirectString, _ otherFields: RequestFields) -> Bool {
        guard !self.isWrite, !other.isWrite else { return false }
        return fields.withSpan { request in
            otherFields.withSpan { request.extracting(self.key).equals(bytes: $0.extracting(other.key)) }
        }
    }

    /// What others that ask for the same are answered by; nil if the replies were not what they are when all is well.
    package mutating func sharedAnswer() -> DirectString? {
        guard self.isAnswered else { return nil }
        if let value = self.value { self.tag = ValueTag(of: value) }
        return self
    }

    /// Takes the replies that another request for the same key has got.
    /// - Parameter answer: The other request's.
    package mutating func take(_ answer: borrowing DirectString) {
        self.value = answer.value
        self.ttl = answer.ttl
        self.tag = answer.tag
        self.isAnswered = true
    }

    // MARK: The general way

    /// The plan that does the same; its timeout means nothing, since the request runs already.
    /// - Parameter fields: Those of the request.
    /// - Returns: The plan.
    package func plan(_ fields: RequestFields) -> RedisPlan {
        let key = fields.slice(in: self.key)
        return self.isWrite
            ? RedisPlan(.writeString, key: key, value: self.value ?? ByteBuffer(), timeout: .zero)
            : RedisPlan(.readString, key: key, timeout: .zero)
    }

    /// The first of the two replies, once it was taken.
    package var firstReply: RESPValue {
        if self.isWrite { return RESPValue(kind: .integer, payload: ByteBuffer(string: self.isFound ? "1" : "0")) }
        guard let value = self.value else { return RESPValue(kind: .null, payload: ByteBuffer()) }
        return RESPValue(kind: .bulkString, payload: value)
    }
}
