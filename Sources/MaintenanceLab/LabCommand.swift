// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// A client's command, and what the lab needs to know of it.
struct LabCommand {
    /// As it came.
    let bytes: ByteBuffer
    /// In upper case; with the subcommand for CLIENT.
    let name: String
    let words: [String]

    init(_ frame: FrameCutter.Frame) {
        self.bytes = frame.bytes
        // Arguments beyond these say nothing to the lab, and may be large.
        self.words = frame.value.elements.prefix(6).map { $0.payload.readableBytes < 512 ? $0.string : "" }
        let name = (self.words.first ?? "").uppercased()
        self.name = name == "CLIENT" && self.words.count > 1 ? "CLIENT \(self.words[1].uppercased())" : name
    }

    /// Whether its effect belongs to the connection, so that a new connection to another backend needs it too.
    var setsConnectionState: Bool {
        switch self.name {
        case "HELLO", "AUTH", "SELECT", "READONLY", "CLIENT SETNAME", "CLIENT SETINFO", "CLIENT TRACKING": true
        default: false
        }
    }

    /// Two commands with the same key replace one another.
    var stateKey: String {
        self.name == "CLIENT SETINFO" && self.words.count > 2 ? "\(self.name) \(self.words[2].uppercased())" : self.name
    }

    /// Whether it is answered by pushes only, in RESP3.
    var isSubscription: Bool {
        switch self.name {
        case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE": true
        default: false
        }
    }

    /// `CLIENT MAINT_NOTIFICATIONS ON|OFF [moving-endpoint-type TYPE]`.
    var isOptIn: Bool { self.name == "CLIENT MAINT_NOTIFICATIONS" }
    /// Whether an opt-in switches on.
    var switchesOn: Bool { self.words.count > 2 && self.words[2].uppercased() == "ON" }
    /// The endpoint type that an opt-in asks for; empty if it names none.
    var endpointType: String {
        self.words.count > 4 && self.words[3].lowercased() == "moving-endpoint-type" ? self.words[4] : ""
    }
}
