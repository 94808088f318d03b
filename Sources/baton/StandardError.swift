// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// Messages for the person who starts the process.
enum StandardError {
    static func write(_ text: String) {
        FileHandle.standardError.write(Data("baton: \(text.replacing("\n", with: "\nbaton: "))\n".utf8))
    }
}
