// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// One request stream as its owner sees it: a name for an ``HTTP2StreamState``, whose members are its own. The session makes,
/// reuses and frees it: after ``HTTP2Event/streamClosed(_:)`` the owner must forget it.
///
/// It is no class, because counting references to a stream would cost more than most of what is done with it.
@safe @dynamicMemberLookup public struct HTTP2Stream: Equatable {
    /// Safety: initialised memory of one state, which lives as long as the stream is in the list of a session or in a pool.
    @usableFromInline let pointer: UnsafeMutablePointer<HTTP2StreamState>

    /// A stream that belongs to nobody yet.
    package init() {
        unsafe self.pointer = .allocate(capacity: 1)
        unsafe self.pointer.initialize(to: HTTP2StreamState())
    }

    /// The stream behind what libnghttp2 was given by ``opaque``.
    init(opaque: UnsafeMutableRawPointer) {
        unsafe self.pointer = opaque.assumingMemoryBound(to: HTTP2StreamState.self)
    }

    /// What libnghttp2 is given to know the stream by.
    var opaque: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(self.pointer) }

    /// Frees the stream. Nothing may be done with it after that.
    package func deallocate() {
        self.fields.deallocate()
        unsafe self.pointer.deinitialize(count: 1)
        unsafe self.pointer.deallocate()
    }

    /// Whether both name the same stream.
    /// - Parameters:
    ///   - first: A stream.
    ///   - second: A stream.
    /// - Returns: Whether they are the same; their contents do not matter.
    @inlinable @inline(__always)
    public static func == (first: HTTP2Stream, second: HTTP2Stream) -> Bool {
        unsafe first.pointer == second.pointer
    }

    /// A member of the state.
    /// - Parameter member: Known to the compiler, which makes it an access to memory.
    /// - Returns: The member's value.
    @inlinable
    public subscript<Value>(dynamicMember member: KeyPath<HTTP2StreamState, Value>) -> Value {
        @inline(__always) get { unsafe self.pointer.pointee[keyPath: member] }
    }

    /// A member of the state that can be changed.
    /// - Parameter member: Known to the compiler, which makes it an access to memory.
    /// - Returns: The member's value.
    @inlinable
    public subscript<Value>(dynamicMember member: WritableKeyPath<HTTP2StreamState, Value>) -> Value {
        @inline(__always) get { unsafe self.pointer.pointee[keyPath: member] }
        @inline(__always) nonmutating _modify { yield unsafe &self.pointer.pointee[keyPath: member] }
    }

    /// Lets go of a large body; a small buffer is used again by a later stream, unless somebody holds it.
    package func trim() { unsafe self.pointer.pointee.trim() }

    /// Makes the stream as new, and keeps its small buffers.
    func recycle() { unsafe self.pointer.pointee.recycle() }
}
