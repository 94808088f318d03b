// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

extension Gateway {
    /// Translates a request of a token that is for certain keys only: whatever it comes to is looked at before it is sent, so that
    /// no surface can be forgotten.
    /// - Parameters:
    ///   - match: With a restriction.
    ///   - fields: Those of the request.
    ///   - body: The complete body.
    /// - Returns: The translation, or a refusal.
    func restricted(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        var plain = match
        plain.restriction = nil
        guard let restriction = match.restriction else { return self.translate(plain, fields: fields, body: body) }
        do throws(Problem) {
            // A script is kept as soon as its request is translated.
            switch match.route {
            case .scripts: throw KeyRestriction.unknownKeys("SCRIPT", nil)
            case .scriptInvocations: throw KeyRestriction.unknownKeys("EVALSHA", nil)
            case .functionInvocations: throw KeyRestriction.unknownKeys("FCALL", nil)
            default: break
            }
            let translation = self.translate(plain, fields: fields, body: body)
            switch translation {
            case .redis(let plan), .idempotent(let plan, _): try restriction.check(plan)
            case .feed(let feed): try restriction.check(feed.plan)
            case .subscribe(let keys, _): try restriction.check(keys)
            case .describe: throw KeyRestriction.unknownKeys("INFO", nil)
            case .response:
                // HEAD of a feed is answered without a plan.
                guard case .head = match.method else { break }
                plain.method = .get
                if case .feed(let feed) = self.translate(plain, fields: fields, body: body) {
                    try restriction.check(feed.plan)
                }
            case .local, .handoff, .refused: break
            }
            return translation
        } catch {
            return .refused(error)
        }
    }
}
