// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOEmbedded
import RESP
import RedisCore

/// The server's end of a connection whose transport is in memory.
final class FakePeer {
    let channel: EmbeddedChannel
    /// Where the client was sent.
    let plan: DialPlan
    /// Commands that have arrived, each as its words, without the handshake's.
    private(set) var commands: [[String]] = []
    /// The handshake's.
    private(set) var handshake: [[String]] = []
    /// How many writes brought commands.
    private(set) var writes = 0
    private var decoder = RESPDecoder()
    /// Replies to the handshake; nil: it is not answered.
    var handshakeReply: ((_ command: [String]) -> String)? = FakePeer.accept
    /// Whether PING is answered, and kept out of ``commands``.
    var answersProbes = true
    /// Whether the handshake is over.
    private(set) var isReady = false

    static let accept: @Sendable (_ command: [String]) -> String = {
        $0[0] == "HELLO" ? "%1\r\n+proto\r\n:3\r\n" : "+OK\r\n"
    }

    init(channel: EmbeddedChannel, plan: DialPlan) {
        self.channel = channel
        self.plan = plan
    }

    var isOpen: Bool { self.channel.isActive }
    /// Where it is, as the client sees it.
    var address: String? { self.channel.remoteAddress?.ipAddress }

    /// Takes what the client has written.
    /// - Returns: whether there was something.
    @discardableResult
    func pump() throws -> Bool {
        var progress = false
        while let bytes = try self.channel.readOutbound(as: ByteBuffer.self) {
            progress = true
            self.decoder.feed(bytes)
            var isNew = true
            while let command = try self.decoder.next() {
                let words = try Self.words(command)
                if words == ["PING"], self.answersProbes {
                    try self.send("+PONG\r\n")
                } else if self.isHandshake(words) {
                    self.handshake.append(words)
                } else {
                    self.writes += isNew ? 1 : 0
                    isNew = false
                    self.commands.append(words)
                }
            }
        }
        if progress { try self.answerHandshake() }
        return progress
    }

    /// Answers the handshake that has arrived, if it is to be answered.
    func answerHandshake() throws {
        guard !self.isReady, let reply = self.handshakeReply, !self.handshake.isEmpty else { return }
        self.isReady = true
        try self.send(self.handshake.map(reply).joined())
    }

    private func isHandshake(_ words: [String]) -> Bool {
        !self.isReady && ["HELLO", "CLIENT", "SELECT"].contains(words[0])
    }

    private static func words(_ command: RESPValue) throws -> [String] {
        var decoder = RESPDecoder()
        decoder.feed(command.payload)
        var words: [String] = []
        while let word = try decoder.next() { words.append(String(buffer: word.payload)) }
        return words
    }

    /// Sends bytes to the client.
    func send(_ text: String) throws {
        guard self.isOpen else { return }
        try self.channel.writeInbound(ByteBuffer(string: text))
    }

    /// Takes the oldest command away.
    func take() -> [String]? {
        self.commands.isEmpty ? nil : self.commands.removeFirst()
    }

    func close() {
        self.channel.close(promise: nil)
    }
}
