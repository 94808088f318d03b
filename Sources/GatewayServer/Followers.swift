// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Requests that are answered by the replies of another one, in the order in which they came. Each is held by the one before it.
struct Followers {
    private(set) var first: RequestRecord?
    private var last: RequestRecord?

    @inline(__always)
    var isEmpty: Bool { self.first == nil }

    mutating func append(_ record: RequestRecord) {
        record.isFollower = true
        if let last = self.last { last.nextFollower = record } else { self.first = record }
        self.last = record
    }

    /// Takes all of them.
    mutating func takeAll() -> Followers {
        let all = self
        self = Followers()
        return all
    }

    /// Takes the first one, which is on its own then.
    mutating func popFirst() -> RequestRecord? {
        guard let record = self.first else { return nil }
        self.first = record.nextFollower
        if self.first == nil { self.last = nil }
        self.first?.prefetch()
        record.nextFollower = nil
        record.isFollower = false
        return record
    }
}
