// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The queue of a connection's unanswered commands: a ring whose capacity is a power of two.
///
/// Slots are named by a running number that repeats only for slots that were taken away unwritten, so that "written up to here" is one
/// integer and a scan can go on where it stopped although slots were added or taken meanwhile.
package struct SlotQueue: Sendable {
    private var storage: ContiguousArray<CommandSlot>
    /// The number of the oldest slot.
    package private(set) var head: Int = 0
    /// One more than the number of the newest slot.
    package private(set) var tail: Int = 0

    package init() {
        self.storage = []
    }

    package var count: Int { self.tail &- self.head }
    package var isEmpty: Bool { self.tail == self.head }

    /// The slot of a number in `head..<tail`.
    package subscript(number: Int) -> CommandSlot {
        get { self.storage[number & (self.storage.count &- 1)] }
        _modify { yield &self.storage[number & (self.storage.count &- 1)] }
    }

    /// Appends a slot.
    package mutating func append(_ slot: CommandSlot) {
        if self.count == self.storage.count { self.grow(filler: slot) }
        let index = self.tail & (self.storage.count &- 1)
        self.storage[index] = slot
        self.tail &+= 1
    }

    /// Takes the oldest slot away; there must be one.
    package mutating func removeFirst() {
        assert(!self.isEmpty)
        self.head &+= 1
    }

    /// Takes the slots from number `first` on away; it must be in `head...tail`. Their numbers are given out again.
    package mutating func removeLast(from first: Int) {
        assert((self.head...self.tail).contains(first))
        self.tail = first
    }

    private mutating func grow(filler: CommandSlot) {
        let capacity = max(16, self.storage.count * 2)
        var larger = ContiguousArray(repeating: filler, count: capacity)
        for number in self.head..<self.tail {
            larger[number & (capacity - 1)] = self[number]
        }
        self.storage = larger
    }
}
