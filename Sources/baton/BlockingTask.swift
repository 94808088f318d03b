// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Dispatch
import Synchronization

/// Runs asynchronous work to its end while the main thread waits: the process has no main queue to serve.
enum BlockingTask {
    static func run(_ work: @escaping @Sendable () async throws -> Void) throws {
        let result = Mutex<Result<Void, any Error>>(.success(()))
        let box = Box(result)
        let done = DispatchSemaphore(value: 0)
        Task { @concurrent in
            do {
                try await work()
            } catch {
                box.result.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        try box.result.withLock { $0 }.get()
    }

    private final class Box: Sendable {
        let result: Mutex<Result<Void, any Error>>

        init(_ result: consuming Mutex<Result<Void, any Error>>) {
            self.result = result
        }
    }
}
