// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// The commands that open a connection, as bytes. They leave in one write.
struct HandshakeCommands {
    let steps: [HandshakeStep]
    let bytes: ByteBuffer

    init(_ configuration: RedisConfiguration) {
        var steps: [HandshakeStep] = [.hello, .libraryName, .libraryVersion]
        var encoder = RESPEncoder()
        Self.hello(configuration, into: &encoder)
        encoder.array(count: 4)
        encoder.bulk("CLIENT")
        encoder.bulk("SETINFO")
        encoder.bulk("LIB-NAME")
        encoder.bulk("baton")
        encoder.array(count: 4)
        encoder.bulk("CLIENT")
        encoder.bulk("SETINFO")
        encoder.bulk("LIB-VER")
        encoder.bulk(ByteBuffer(string: configuration.libraryVersion))
        if configuration.endpoint.database != 0 {
            steps.append(.select)
            encoder.array(count: 2)
            encoder.bulk("SELECT")
            encoder.bulk(Int64(configuration.endpoint.database))
        }
        self.steps = steps
        self.bytes = encoder.buffer
    }

    /// `HELLO 3 [AUTH user password] [SETNAME name]`.
    private static func hello(_ configuration: RedisConfiguration, into encoder: inout RESPEncoder) {
        let endpoint = configuration.endpoint
        let authenticates = endpoint.username != nil || endpoint.password != nil
        let named = !configuration.clientName.isEmpty
        encoder.array(count: 2 + (authenticates ? 3 : 0) + (named ? 2 : 0))
        encoder.bulk("HELLO")
        encoder.bulk("3")
        if authenticates {
            encoder.bulk("AUTH")
            encoder.bulk(ByteBuffer(string: endpoint.username ?? "default"))
            encoder.bulk(ByteBuffer(string: endpoint.password ?? ""))
        }
        if named {
            encoder.bulk("SETNAME")
            encoder.bulk(ByteBuffer(string: configuration.clientName))
        }
    }
}
