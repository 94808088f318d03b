// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The commands of a batch that have been read.
struct CommandBatch {
    var writer: CommandWriter
    var count = 0
    var effect = BatchEffect()
}
