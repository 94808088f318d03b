// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Finds what somebody may have meant.
enum NearestName {
    /// The known name with the smallest edit distance, if it is close enough to be meant.
    static func of(_ name: String, among known: [String]) -> String? {
        let best = known.map { (name: $0, distance: self.distance(Array(name.utf8), Array($0.utf8))) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(2, name.utf8.count / 3) else { return nil }
        return best.name
    }

    /// Insertions, deletions and replacements (Levenshtein).
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
