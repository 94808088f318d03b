// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The query parameters that an operation takes.
struct ParameterSet: Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt32 = 0

    init(arrayLiteral elements: Parameter...) {
        for element in elements {
            self.insert(element)
        }
    }

    /// Whether the set holds a parameter.
    func contains(_ parameter: Parameter) -> Bool {
        self.bits & (1 << UInt32(parameter.rawValue)) != 0
    }

    /// Adds a parameter.
    mutating func insert(_ parameter: Parameter) {
        self.bits |= 1 << UInt32(parameter.rawValue)
    }
}
