// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

public import HTTPCore
package import NIOCore

/// What is known of one request stream; reached through an ``HTTP2Stream``.
public struct HTTP2StreamState {
    /// The stream's identifier (RFC 9113 section 5.1.1).
    package internal(set) var id: Int32 = 0
    /// What the session knows of the stream.
    var facts: Facts = []
    /// Why the request is to be refused; it is announced once the header section is complete.
    package internal(set) var rejection: RequestRejection?
    /// Where the session's list of streams holds this one.
    var slot: Int32 = 0
    /// For the owner's use; 0 for a new stream.
    package var tag: UInt64 = 0
    /// The head of the response, once there is one.
    var head = ResponseHead()
    /// When END_STREAM came.
    package internal(set) var completed = NIODeadline.uptimeNanoseconds(0)
    /// What is left of the response body; nil: nothing.
    var unsent: ByteBuffer?
    /// The value of `content-length`, -1 without one.
    var declaredBytes = -1
    /// Body bytes received, whether kept or not.
    var receivedBytes = 0
    /// Body bytes that the queued `dataReceived` event will report.
    var unreportedBytes = 0
    /// Body bytes whose flow-control credit the peer has not got back.
    var owedBytes = 0
    /// The request body so far.
    package var body = ByteBuffer()
    /// Reached by ``HTTP2Stream/fields``.
    @usableFromInline var table = RequestFields.Table()

    init() {}

    /// Whether the stream has ended. Its ``HTTP2Event/streamClosed(_:)`` may still wait in the queue.
    package var isClosed: Bool { self.facts.contains(.closed) }

    /// Bytes of the response body that have not been drained.
    package var unsentBytes: Int { self.unsent?.readableBytes ?? 0 }

    /// Whether the whole request was received.
    package var isRequestComplete: Bool { self.facts.contains(.requestComplete) }

    /// Lets go of a large body.
    mutating func trim() {
        if self.body.capacity > Self.keptBodyBytes { self.body = ByteBuffer() }
    }

    /// Makes the stream as new, and keeps its small buffers.
    mutating func recycle() {
        if self.body.capacity > 0 { self.body.clear() }
        self.id = 0
        self.tag = 0
        self.facts = []
        self.rejection = nil
        self.declaredBytes = -1
        self.receivedBytes = 0
        self.unreportedBytes = 0
        self.owedBytes = 0
    }

    /// A body buffer up to this capacity stays with a pooled stream.
    private static let keptBodyBytes = 4096
}

extension HTTP2StreamState {
    /// Facts of a stream's life. They are only ever added, except `dataQueued`, `answeredEarly`, `isStreaming` and `continues`.
    struct Facts: OptionSet {
        let rawValue: UInt16

        /// An event has named the stream to the owner.
        static let announced = Facts(rawValue: 1 << 0)
        /// The first header section was complete; a further one is the trailer section.
        static let headersComplete = Facts(rawValue: 1 << 1)
        /// END_STREAM was received.
        static let requestComplete = Facts(rawValue: 1 << 2)
        /// A `dataReceived` event waits in the queue.
        static let dataQueued = Facts(rawValue: 1 << 3)
        /// `requestRejected` was queued.
        static let rejected = Facts(rawValue: 1 << 4)
        /// The owner has answered.
        static let answered = Facts(rawValue: 1 << 5)
        /// The owner has answered before the request was complete: RST_STREAM(NO_ERROR) follows the response.
        static let answeredEarly = Facts(rawValue: 1 << 6)
        /// We have queued an RST_STREAM that the peer has not provoked.
        static let resetByUs = Facts(rawValue: 1 << 7)
        /// The stream has ended.
        static let closed = Facts(rawValue: 1 << 8)
        /// The method is HEAD: no response body is sent.
        static let isHead = Facts(rawValue: 1 << 9)
        /// The response body goes on: what is unsent is not the end.
        static let isStreaming = Facts(rawValue: 1 << 10)
        /// `100 (Continue)` waits to be sent.
        static let continues = Facts(rawValue: 1 << 11)

        /// The owner wants no more of the request.
        static let ignoresBody: Facts = [.rejected, .answered, .resetByUs]
    }
}
