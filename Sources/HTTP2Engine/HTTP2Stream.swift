// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CPrefetch
public import HTTPCore

/// One request stream as its owner sees it: a name for an ``HTTP2StreamState``, whose members are its own. The session makes,
/// reuses and frees it: after ``HTTP2Event/streamClosed(_:)`` the owner must forget it.
///
/// It is no class, because counting references to a stream would cost more than most of what is done with it.
@safe @dynamicMemberLookup public struct HTTP2Stream: Equatable, BitwiseCopyable {
    /// Safety: initialised memory of one state, which lives as long as the stream is in the list of a session or in a pool.
    @usableFromInline let pointer: UnsafeMutablePointer<HTTP2StreamState>

    /// A stream that belongs to nobody yet.
    package init() {
        // On lines of the cache of its own.
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: MemoryLayout<HTTP2StreamState>.size, alignment: Self.alignment)
        unsafe self.pointer = memory.bindMemory(to: HTTP2StreamState.self, capacity: 1)
        unsafe self.pointer.initialize(to: HTTP2StreamState())
        self.fields.settle()
    }

    /// The stream behind what libnghttp2 was given by ``opaque``.
    init(opaque: UnsafeMutableRawPointer) {
        unsafe self.pointer = opaque.assumingMemoryBound(to: HTTP2StreamState.self)
    }

    /// What libnghttp2 is given to know the stream by.
    var opaque: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(self.pointer) }

    /// Frees the stream. Nothing may be done with it after that.
    package func deallocate() {
        self.fields.release()
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

    private static let alignment = 64

    /// The request's fields, which lie in the state.
    @inlinable public var fields: RequestFields {
        @inline(__always) get {
            // Safety: the table stays where it is as long as the stream lives. The compiler knows the offset.
            let offset = MemoryLayout<HTTP2StreamState>.offset(of: \.table) ?? 0
            let table = unsafe (UnsafeMutableRawPointer(self.pointer) + offset).assumingMemoryBound(
                to: RequestFields.Table.self)
            return unsafe RequestFields(in: table)
        }
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

    /// The stream is about to be used: it may have been left alone for long.
    package func prefetch() {
        // Safety: nothing is read; a stream is larger than what is named here.
        let memory = unsafe UnsafeRawPointer(self.pointer)
        unsafe prefetch_line(memory)
        unsafe prefetch_line(memory + Self.alignment)
        unsafe prefetch_line(memory + 2 * Self.alignment)
    }

    /// Lets go of a large body; a small buffer is used again by a later stream, unless somebody holds it.
    package func trim() { unsafe self.pointer.pointee.trim() }

    /// Makes the stream as new, and keeps its small buffers.
    func recycle() {
        self.fields.removeAll()
        unsafe self.pointer.pointee.recycle()
    }
}
