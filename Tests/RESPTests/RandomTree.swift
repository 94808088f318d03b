// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import TestKit

/// A random reply, as it stands on the wire and as `Reading.describe` shows it.
struct RandomTree {
    var wire: String
    var description: String

    static func make(depth: Int, using generator: inout SplitMix) -> RandomTree {
        let number = Int.random(in: -1000...1000, using: &generator)
        let text = String(repeating: "x\r\n", count: Int.random(in: 0...5, using: &generator))
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0: return RandomTree(wire: ":\(number)\r\n", description: "integer(\(number))")
        case 1: return RandomTree(wire: "$\(text.utf8.count)\r\n\(text)\r\n", description: "bulkString(\(text))")
        case 2: return RandomTree(wire: "+s\(number)\r\n", description: "simpleString(s\(number))")
        case 3: return RandomTree(wire: "_\r\n", description: "null()")
        case 4: return RandomTree(wire: "!\(text.utf8.count)\r\n\(text)\r\n", description: "bulkError(\(text))")
        case 5: return RandomTree(wire: "#t\r\n", description: "boolean(t)")
        case 6: return self.aggregate("*", "array", 1, depth, &generator)
        case 7: return self.aggregate("~", "set", 1, depth, &generator)
        case 8: return self.aggregate("%", "map", 2, depth, &generator)
        default:
            let attribute = self.aggregate("|", "map", 2, depth, &generator)
            let value = self.make(depth: depth - 1, using: &generator)
            return RandomTree(wire: attribute.wire + value.wire, description: value.description)
        }
    }

    private static func aggregate(
        _ type: String, _ name: String, _ width: Int, _ depth: Int, _ generator: inout SplitMix
    ) -> RandomTree {
        let count = Int.random(in: 0...4, using: &generator)
        let elements = (0..<count * width).map { _ in self.make(depth: depth - 1, using: &generator) }
        return RandomTree(
            wire: "\(type)\(count)\r\n" + elements.map(\.wire).joined(),
            description: "\(name)[\(elements.map(\.description).joined(separator: ", "))]")
    }
}
