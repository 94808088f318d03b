// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP1Engine
import HTTPCore
import NIOCore

/// Feeds bytes to a session whole and cut: both must give the same requests and the same answers.
///
/// The first byte chooses the owner's behaviour and the limits, the second the size of the pieces. An invariant that does not
/// hold traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP1Session(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    let bytes = ByteBuffer(bytes: input.dropFirst(2))
    var whole = Conversation(behaviour: input[0])
    whole.feed(bytes, piece: max(1, bytes.readableBytes))
    var cut = Conversation(behaviour: input[0])
    cut.feed(bytes, piece: max(1, Int(input[1])))
    precondition(whole.transcript == cut.transcript, "the requests depend on the cuts")
    precondition(whole.hasSameEnd(as: cut), "the end depends on the cuts")
    return 0
}

private struct Conversation {
    private let session: HTTP1Session
    private let limits: HTTP1Limits
    private let behaviour: UInt8
    /// The requests that were complete or answered early, in order.
    var transcript = ByteBuffer()
    private var output = ByteBuffer()
    private var rejection: RequestRejection?
    /// Bytes of the current request's body that were announced.
    private var announced = 0
    private var events = 0

    init(behaviour: UInt8) {
        var limits = HTTP1Limits()
        limits.bodyBytes = 10_000
        if behaviour & 1 == 1 {
            limits.headerBytes = 200
            limits.headerFields = 5
            limits.targetBytes = 40
            limits.bodyBytes = 30
            limits.chunkHeaderBytes = 20
            limits.trailerBytes = 40
        }
        self.session = HTTP1Session(limits: limits)
        self.limits = limits
        self.behaviour = behaviour
    }

    mutating func feed(_ bytes: ByteBuffer, piece: Int) {
        var rest = bytes
        while let part = rest.readSlice(length: min(piece, rest.readableBytes)), part.readableBytes > 0 {
            self.session.receive(part)
            while let event = self.session.nextEvent() {
                precondition(!self.session.mustClose, "an event after the end")
                self.events += 1
                precondition(self.events <= 2 * bytes.readableBytes + 2, "events without bytes")
                self.take(event)
            }
            self.checkMemory()
        }
    }

    /// Whether both ended alike. A head that is too large as well as malformed may be refused for its size before its last
    /// bytes are there.
    func hasSameEnd(as other: Conversation) -> Bool {
        guard self.session.mustClose == other.session.mustClose else { return false }
        guard let rejection = self.rejection, let otherRejection = other.rejection else {
            return self.rejection == other.rejection && self.output == other.output
                && self.session.body == other.session.body
                && self.session.bufferedBytes == other.session.bufferedBytes
                && self.session.isReceiving == other.session.isReceiving
        }
        if rejection == otherRejection { return self.output == other.output }
        let sizes: [RequestRejection] = [.headerFieldsTooLarge, .targetTooLong]
        return sizes.contains(rejection) || sizes.contains(otherRejection)
    }

    private mutating func take(_ event: HTTP1Event) {
        switch event {
        case .headersReceived:
            precondition(self.announced == 0 && self.session.body.readableBytes == 0, "a body before its head")
            self.checkFields()
            if self.behaviour & 2 != 0 { self.session.writeContinue(into: &self.output) }
            if self.behaviour & 4 != 0 { self.answer() }
        case .dataReceived(let bytes):
            precondition(bytes > 0, "no data were received")
            self.announced += bytes
            precondition(self.announced == self.session.body.readableBytes, "bytes of the body are missing")
            precondition(self.announced <= self.limits.bodyBytes, "more body than allowed")
        case .requestReceived:
            precondition(self.announced == self.session.body.readableBytes, "bytes of the body are missing")
            self.checkFields()
            if self.behaviour & 8 != 0 { self.session.closeAfterResponse() }
            self.answer()
        case .requestRejected(let rejection):
            precondition(self.rejection == nil, "a second rejection")
            self.rejection = rejection
            self.answer()
            precondition(self.session.mustClose, "a refused connection stays open")
        }
    }

    private mutating func answer() {
        if self.rejection == nil { self.note() }
        let body = ByteBuffer(repeating: 1, count: self.behaviour & 16 == 0 ? 5 : 20_000)
        let separate = self.session.respond(
            with: Response(status: 200, contentType: .json, body: body), requestID: .made(1), into: &self.output)
        if let separate { self.output.writeImmutableBuffer(separate) }
        self.announced = 0
        precondition(self.session.body.readableBytes == 0, "the body stays")
        if self.session.mustClose { precondition(self.session.bufferedBytes == 0, "bytes stay after the end") }
    }

    private mutating func note() {
        let fields = self.session.fields
        for name in FieldName.allCases {
            guard let value = fields.slice(name) else { continue }
            self.transcript.writeInteger(name.rawValue)
            self.transcript.writeInteger(value.readableBytes)
            self.transcript.writeImmutableBuffer(value)
        }
        self.transcript.writeInteger(fields.method.rawValue)
        self.transcript.writeInteger(fields.fieldCount)
        self.transcript.writeInteger(fields.decodedBytes)
        self.transcript.writeInteger(self.session.body.readableBytes)
        self.transcript.writeImmutableBuffer(self.session.body)
    }

    private func checkFields() {
        let fields = self.session.fields
        precondition(fields.fieldCount <= self.limits.headerFields + 2, "more fields than allowed")
        precondition(fields.range(.path).count > 0, "a request without a target")
        precondition(fields.range(.path).count <= self.limits.targetBytes, "a longer target than allowed")
        precondition(fields.method != .other || fields.range(.method).count > 0, "a request without a method")
        for name in FieldName.allCases {
            guard let value = fields.slice(name) else { continue }
            let isClean = value.readableBytesView.allSatisfy { $0 != 0 && $0 != 0x0A && $0 != 0x0D }
            precondition(isClean, "a value holds a line end")
        }
    }

    private func checkMemory() {
        let limit = max(self.limits.headerBytes, self.limits.chunkHeaderBytes + 2, self.limits.trailerBytes + 2)
        precondition(self.session.bufferedBytes <= limit, "more bytes wait than one line or head may have")
    }
}
