// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CPrefetch
import GatewayCore
import HTTP2Engine
import HTTPCore
import NIOCore
import RedisCore

/// One request from its header section to its response: a name for a ``RequestState``, whose members are its own. Pooled by
/// ``RequestTable``; confined to one event loop.
///
/// It is no class, because counting references to a record would cost more than most of what is done with it.
@safe @dynamicMemberLookup struct RequestRecord: BitwiseCopyable {
    /// Who gets the response.
    ///
    /// Safety: not counted, since counting would be most of the cost of passing a request on. A handler cancels its
    /// requests when it ends, and a stream is not reused before its request has been answered or cancelled.
    @safe enum Owner {
        case none
        case http2(Unmanaged<HTTP2ConnectionHandler>, HTTP2Stream)
        case http1(Unmanaged<HTTP1ConnectionHandler>)

        init(_ connection: HTTP2ConnectionHandler, _ stream: HTTP2Stream) {
            self = unsafe .http2(.passUnretained(connection), stream)
        }

        init(_ connection: HTTP1ConnectionHandler) {
            self = unsafe .http1(.passUnretained(connection))
        }

        /// The response may take long, and says nothing of the load: it does not keep other requests of the connection back.
        func hold() {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { $0.hold(stream) }
            case .http1, .none: break
            }
        }

        /// The response is about to be handed over.
        @inline(__always)
        func prefetch() {
            if case .http2(_, let stream) = self { stream.prefetch() }
        }

        /// Hands over the response.
        func respond(with response: Response, requestID: RequestID) {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef {
                    $0.respond(to: stream, with: response, requestID: requestID)
                }
            case .http1(let connection):
                unsafe connection._withUnsafeGuaranteedRef { $0.respond(with: response, requestID: requestID) }
            case .none: break
            }
        }

        /// Sends more of a streamed body.
        func send(_ bytes: ByteBuffer) {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { $0.send(bytes, on: stream) }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.send(bytes) }
            case .none: break
            }
        }

        /// Ends a streamed body.
        func finishResponse() {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { $0.finishResponse(on: stream) }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.finishResponse() }
            case .none: break
            }
        }

        /// More of the streamed body is to be made when the peer has read.
        func notePausedFeed() {
            switch self {
            case .http2(let connection, _): unsafe connection._withUnsafeGuaranteedRef { $0.hasPausedFeeds = true }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.hasPausedFeeds = true }
            case .none: break
            }
        }

        /// Bytes of a streamed body that the peer has not taken.
        var unsentBytes: Int {
            switch self {
            case .http2(_, let stream): stream.unsentBytes
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.queuedBytes }
            case .none: 0
            }
        }
    }

    /// Safety: initialised memory, which lives as long as the table that has made it.
    private let pointer: UnsafeMutablePointer<RequestState>

    init(index: UInt32, fields: RequestFields, arrived: NIODeadline) {
        // On lines of the cache of its own.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<RequestState>.size, alignment: 64)
        unsafe self.pointer = memory.bindMemory(to: RequestState.self, capacity: 1)
        unsafe self.pointer.initialize(to: RequestState(index: index, fields: fields, arrived: arrived))
    }

    /// Frees the record. Nothing may be done with it after that.
    func deallocate() {
        self.work.deallocate()
        unsafe self.pointer.deinitialize(count: 1)
        unsafe self.pointer.deallocate()
    }

    subscript<Value>(dynamicMember member: KeyPath<RequestState, Value>) -> Value {
        @inline(__always) get { unsafe self.pointer.pointee[keyPath: member] }
    }

    subscript<Value>(dynamicMember member: WritableKeyPath<RequestState, Value>) -> Value {
        @inline(__always) get { unsafe self.pointer.pointee[keyPath: member] }
        @inline(__always) nonmutating _modify { yield unsafe &self.pointer.pointee[keyPath: member] }
    }

    /// The request is about to be used: it may have been left alone for long.
    @inline(__always)
    func prefetch() {
        // Safety: nothing is read; a state is larger than what is named here.
        let memory = unsafe UnsafeRawPointer(self.pointer)
        unsafe prefetch_line(memory)
        unsafe prefetch_line(memory + 64)
        unsafe prefetch_line(memory + 128)
    }

    var ticket: RequestTicket {
        RequestTicket(index: self.index, generation: self.generation)
    }
}
