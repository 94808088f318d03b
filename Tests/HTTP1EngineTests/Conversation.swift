// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

@testable import HTTP1Engine

/// What a session makes of some chunks when every request is answered with an empty 200 at once.
struct Conversation: Equatable, CustomStringConvertible {
    /// `METHOD path [authority] body` for each request, or the rejection.
    var requests: [String] = []
    var mustClose = false

    init(_ chunks: [ByteBuffer], limits: HTTP1Limits = HTTP1Limits()) {
        let session = HTTP1Session(limits: limits)
        for chunk in chunks {
            session.receive(chunk)
            while let event = session.nextEvent() {
                switch event {
                case .headersReceived, .dataReceived: continue
                case .requestReceived: self.requests.append(Self.describe(session))
                case .requestRejected(let rejection): self.requests.append("\(rejection)")
                }
                var output = ByteBuffer()
                _ = session.respond(with: Response(status: 200), requestID: .made(1), into: &output)
            }
        }
        self.mustClose = session.mustClose
    }

    init(_ text: String, limits: HTTP1Limits = HTTP1Limits()) {
        self.init([ByteBuffer(string: text)], limits: limits)
    }

    init(requests: [String], mustClose: Bool) {
        self.requests = requests
        self.mustClose = mustClose
    }

    var description: String { "\(self.requests) \(self.mustClose ? "close" : "keep")" }

    private static func describe(_ session: HTTP1Session) -> String {
        let fields = session.fields
        let method = fields.method == .other ? fields.string(.method) ?? "-" : fields.method.name
        return [
            method, fields.string(.path) ?? "-", "[\(fields.string(.authority) ?? "-")]",
            String(buffer: session.body),
        ].joined(separator: " ")
    }
}
