// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP

/// A few commands to a redis-server past everything else, on a connection of their own.
package struct BackendClient: Sendable {
    private let backend: LabBackend
    private let eventLoop: any EventLoop

    package init(backend: LabBackend, eventLoop: any EventLoop) {
        self.backend = backend
        self.eventLoop = eventLoop
    }

    /// Runs commands, each given as its words, and returns their replies in order.
    /// - Throws: ``LabError/backendFailed``.
    package func run(_ commands: [[ByteBuffer]]) async throws -> [RESPValue] {
        try await self.eventLoop.flatSubmit { [backend, eventLoop] in
            let promise = eventLoop.makePromise(of: [RESPValue].self)
            var encoder = RESPEncoder()
            for command in commands {
                encoder.array(count: command.count)
                for word in command { encoder.bulk(word) }
            }
            let link = BackendLink(eventLoop: eventLoop)
            let replies = Replies()
            link.received = { frame in
                replies.values.append(frame.value)
                guard replies.values.count == commands.count else { return }
                link.close()
                promise.succeed(replies.values)
            }
            link.ended = { promise.fail(LabError.backendFailed) }
            link.send(encoder.buffer)
            link.connect(to: backend)
            return promise.futureResult
        }.get()
    }

    /// Runs one command.
    package func run(_ words: String...) async throws -> RESPValue {
        guard let reply = try await self.run([words.map { ByteBuffer(string: $0) }]).first else {
            throw LabError.backendFailed
        }
        return reply
    }

    /// Copies keys with their values to another server, as a replica would have them.
    package func copy(_ keys: [String], to other: BackendClient) async throws {
        let dumps = try await self.run(keys.map { [ByteBuffer(string: "DUMP"), ByteBuffer(string: $0)] })
        let restores = zip(keys, dumps).filter { !$0.1.isNull }.map { key, dump in
            [
                ByteBuffer(string: "RESTORE"), ByteBuffer(string: key), ByteBuffer(string: "0"), dump.payload,
                ByteBuffer(string: "REPLACE"),
            ]
        }
        guard !restores.isEmpty else { return }
        let replies = try await other.run(restores)
        guard !replies.contains(where: \.isError) else { throw LabError.backendFailed }
    }

    private final class Replies {
        var values: [RESPValue] = []
    }
}
