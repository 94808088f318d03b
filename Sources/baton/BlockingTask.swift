// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Dispatch
import NIOConcurrencyHelpers

/// Runs asynchronous work to its end while the main thread waits: the process has no main queue to serve.
enum BlockingTask {
    static func run(_ work: @escaping @Sendable () async throws -> Void) throws {
        let result = NIOLockedValueBox<Result<Void, any Error>>(.success(()))
        let done = DispatchSemaphore(value: 0)
        Task { @concurrent in
            do {
                try await work()
            } catch {
                result.withLockedValue { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        try result.withLockedValue { $0 }.get()
    }
}
