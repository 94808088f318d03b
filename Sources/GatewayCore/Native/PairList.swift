// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The names and values of a map, in the order in which they came.
struct PairList {
    /// Names and values in turn.
    private(set) var values = ArgumentList()
    /// The names whose value is null.
    private(set) var removals = ArgumentList()
    private var names: Set<ByteBuffer> = []

    /// How many names there are.
    var count: Int { self.names.count }

    /// Adds a pair.
    /// - Returns: false if the name is there already; nothing is added then.
    mutating func append(_ name: ByteBuffer, _ value: ByteBuffer?) -> Bool {
        guard self.names.insert(name).inserted else { return false }
        if let value {
            self.values.append(name)
            self.values.append(value)
        } else {
            self.removals.append(name)
        }
        return true
    }
}
