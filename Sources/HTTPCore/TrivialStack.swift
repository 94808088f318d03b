// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A growing list of trivial values with one owner. An array would look, at each change, whether somebody else has it too.
@safe public struct TrivialStack<Element: BitwiseCopyable>: ~Copyable {
    /// Safety: memory for `capacity` elements, of which the first `count` are initialised; nil while the capacity is 0.
    @usableFromInline var base: UnsafeMutablePointer<Element>?
    @usableFromInline var capacity = 0
    /// The number of elements.
    @inlinable @inline(__always)
    public var count: Int { self.elementCount }
    @usableFromInline var elementCount = 0

    /// An empty stack, without memory.
    @inlinable
    public init() {
        unsafe self.base = nil
    }

    deinit {
        unsafe self.base?.deallocate()
    }

    /// Whether there is no element.
    @inlinable @inline(__always)
    public var isEmpty: Bool { self.elementCount == 0 }

    /// Puts an element behind all others.
    /// - Parameter element: The new last one.
    @inlinable @inline(__always)
    public mutating func append(_ element: Element) {
        if self.elementCount == self.capacity { self.grow() }
        // Safety: there is room, and so there is memory.
        unsafe (self.base.unsafelyUnwrapped + self.elementCount).initialize(to: element)
        self.elementCount &+= 1
    }

    /// Takes the last element.
    /// - Returns: It; nil without any.
    @inlinable @inline(__always)
    public mutating func popLast() -> Element? {
        guard self.elementCount > 0 else { return nil }
        self.elementCount &-= 1
        // Safety: it was the last of the initialised ones.
        return unsafe self.base.unsafelyUnwrapped[self.elementCount]
    }

    /// The last element; nil without any.
    @inlinable @inline(__always)
    public var last: Element? {
        self.elementCount > 0 ? self[self.elementCount &- 1] : nil
    }

    /// An element by its place, from 0 on.
    /// - Parameter index: Smaller than ``count``.
    /// - Returns: The element.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: self.elementCount))
            return unsafe self.base.unsafelyUnwrapped[index]
        }
        @inline(__always) set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: self.elementCount))
            unsafe self.base.unsafelyUnwrapped[index] = newValue
        }
    }

    /// Takes an element out; the last one comes into its place.
    /// - Parameter index: Smaller than ``count``.
    @inlinable @inline(__always)
    public mutating func swapRemove(at index: Int) {
        guard let last = self.popLast(), index < self.elementCount else { return }
        self[index] = last
    }

    /// The place of the first element that a condition holds for.
    /// - Parameter condition: The condition.
    /// - Returns: The place; nil if there is none.
    @inlinable @inline(__always)
    public func firstIndex(where condition: (Element) -> Bool) -> Int? {
        var index = 0
        while index < self.elementCount {
            if condition(self[index]) { return index }
            index &+= 1
        }
        return nil
    }

    /// Takes all elements and keeps the memory.
    @inlinable @inline(__always)
    public mutating func removeAll() {
        self.elementCount = 0
    }

    @inlinable @inline(never)
    mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(8, self.capacity * 2))
        if let base = unsafe self.base {
            unsafe larger.moveInitialize(from: base, count: self.elementCount)
            unsafe base.deallocate()
        }
        unsafe self.base = larger
        self.capacity = max(8, self.capacity * 2)
    }
}
