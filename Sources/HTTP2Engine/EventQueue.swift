// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The events of a session that its owner has not taken yet, in order. The storage is used again and again.
struct EventQueue {
    private var events: ContiguousArray<HTTP2Event> = []
    private var head = 0

    mutating func append(_ event: HTTP2Event) {
        self.events.append(event)
    }

    mutating func popFirst() -> HTTP2Event? {
        guard self.head < self.events.count else { return nil }
        let event = self.events[self.head]
        self.head += 1
        if self.head == self.events.count {
            self.events.removeAll(keepingCapacity: true)
            self.head = 0
        }
        return event
    }
}
