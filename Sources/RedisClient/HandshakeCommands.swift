// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// The commands that open a connection, as bytes. They leave in one write.
///
/// The wish for notifications comes last: an accepted one is answered with everything that is going on, at once.
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

    /// These commands, and then those that depend on the connection.
    /// - Parameters:
    ///   - probes: whether the server must answer a PING.
    ///   - optIn: the form in which the server is to name new endpoints; nil: notifications are not asked for.
    ///   - isRequired: whether a refusal of notifications ends the handshake.
    /// - Returns: all commands, in order.
    func followed(probes: Bool, optIn: MovingEndpointType?, isRequired: Bool) -> HandshakeCommands {
        var steps = self.steps
        var encoder = RESPEncoder()
        if probes {
            steps.append(.ping)
            encoder.array(count: 1)
            encoder.bulk("PING")
        }
        if let optIn {
            steps.append(isRequired ? .requiredOptIn : .optIn)
            Self.optIn(optIn, into: &encoder)
        }
        var bytes = self.bytes
        bytes.writeImmutableBuffer(encoder.buffer)
        return HandshakeCommands(steps: steps, bytes: bytes)
    }

    private init(steps: [HandshakeStep], bytes: ByteBuffer) {
        self.steps = steps
        self.bytes = bytes
    }

    /// `CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type <type>`.
    static func optIn(_ type: MovingEndpointType, into encoder: inout RESPEncoder) {
        encoder.array(count: 5)
        encoder.bulk("CLIENT")
        encoder.bulk("MAINT_NOTIFICATIONS")
        encoder.bulk("ON")
        encoder.bulk("moving-endpoint-type")
        encoder.bulk(ByteBuffer(string: type.rawValue))
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
