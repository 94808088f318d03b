// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// Decodes bytes whole and cut: both must give the same replies and the same end, and must hold no more than the limits allow.
///
/// The first byte chooses the limits, the second the size of the pieces. An invariant that does not hold traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRESPDecoder(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    var limits = RESPLimits()
    limits.bulkBytes = 4_000
    limits.replyBytes = 20_000
    if input[0] & 1 == 1 {
        limits.bulkBytes = 40
        limits.replyBytes = 120
        limits.elements = 12
        limits.depth = 10
        limits.lineBytes = 20
    }
    let bytes = ByteBuffer(bytes: input.dropFirst(2))
    var whole = Reading(limits: limits)
    whole.feed(bytes, piece: max(1, bytes.readableBytes))
    var cut = Reading(limits: limits)
    cut.feed(bytes, piece: max(1, Int(input[1])))
    precondition(whole.transcript == cut.transcript, "the replies depend on the cuts")
    precondition(whole.hasSameEnd(as: cut), "the end depends on the cuts")
    return 0
}

private struct Reading {
    private var decoder: RESPDecoder
    private let limits: RESPLimits
    /// Everything that can be asked of the replies, in order.
    var transcript = ByteBuffer()
    private var error: RESPError?

    init(limits: RESPLimits) {
        self.decoder = RESPDecoder(limits: limits)
        self.limits = limits
    }

    mutating func feed(_ bytes: ByteBuffer, piece: Int) {
        var rest = bytes
        while self.error == nil, let part = rest.readSlice(length: min(piece, rest.readableBytes)),
            part.readableBytes > 0
        {
            self.decoder.feed(part)
            do throws(RESPError) {
                while let value = try self.decoder.next() {
                    self.note(value, depth: 0)
                }
                precondition(self.decoder.bufferedBytes <= self.limits.replyBytes, "an incomplete reply is too large")
            } catch {
                self.error = error
            }
        }
    }

    /// Whether both failed or neither did, for the same reason. A reply that is too large as well as malformed may be refused
    /// for its size before its last bytes are there.
    func hasSameEnd(as other: Reading) -> Bool {
        guard let error = self.error, let otherError = other.error else {
            return self.error == other.error && self.decoder.bufferedBytes == other.decoder.bufferedBytes
        }
        return error == otherError || error == .replyTooLarge || otherError == .replyTooLarge || error == .lineTooLong
            || otherError == .lineTooLong
    }

    private mutating func note(_ value: RESPValue, depth: Int) {
        precondition(depth <= self.limits.depth, "deeper than allowed")
        self.transcript.writeInteger(value.kind.rawValue)
        self.transcript.writeInteger(value.integer ?? -1)
        self.transcript.writeInteger(UInt8(value.boolean.map { $0 ? 1 : 0 } ?? 2))
        self.transcript.writeInteger(UInt8(value.hasErrorCode("ERR") ? 1 : 0))
        precondition(value.kind != .integer || value.integer != nil, "an integer without a value")
        precondition(value.string.utf8.count >= 0)
        guard value.kind.isAggregate else {
            precondition(value.count == 0)
            self.transcript.writeInteger(value.payload.readableBytes)
            self.transcript.writeImmutableBuffer(value.payload)
            return
        }
        precondition(value.count <= self.limits.elements, "more elements than allowed")
        self.transcript.writeInteger(value.count)
        var count = 0
        for element in value.elements {
            self.note(element, depth: depth + 1)
            count += 1
        }
        precondition(count == value.count, "not as many elements as were announced")
    }
}
