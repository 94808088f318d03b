// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Logging

/// The metadata of one record: the handler's, then the provider's, then the call's; the later one wins.
enum LogMetadata {
    static func merge(
        _ base: Logger.Metadata, _ provider: Logger.MetadataProvider?, _ explicit: Logger.Metadata?
    ) -> Logger.Metadata {
        var merged = base
        if let provider { merged.merge(provider.get()) { $1 } }
        if let explicit { merged.merge(explicit) { $1 } }
        return merged
    }
}
