// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOEmbedded
import NIOHTTP1

/// The requests that NIOHTTP1, an independent parser, finds in some bytes.
struct NIOReading {
    struct Request: CustomStringConvertible {
        var method: String
        var target: String
        var body = ""
        var description: String { "\(self.method) \(self.target) \(self.body)" }

        func matches(_ ours: String) -> Bool {
            ours.hasPrefix("\(self.method) \(self.target) [") && ours.hasSuffix("] \(self.body)")
        }
    }

    var requests: [Request] = []

    init(_ bytes: [UInt8]) {
        let channel = EmbeddedChannel()
        try? channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        var current: Request?
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): current = Request(method: head.method.rawValue, target: head.uri)
            case .body(let body): current?.body += String(buffer: body)
            case .end:
                if let current { self.requests.append(current) }
                current = nil
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }
}
