// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP

/// Requests for a string with preconditions.
extension Gateway {
    /// A read takes the whole value and decides in the gateway. A write with tags does so, too, and then writes by a script that
    /// compares the value's bytes with those that were judged: it is atomic on every Redis. `*` needs the script only.
    func conditionalString(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        let timeout = self.timeout(match.requestedTimeout)
        switch match.method {
        case .put, .delete:
            let isPut = if case .put = match.method { true } else { false }
            let read = RedisPlan(
                .checkString, key: match.key, value: isPut ? body : nil, modifier: match.modifier, timeout: timeout)
            return .redis(Self.wildcard(fields).map { read.conditionalWrite($0) } ?? read)
        default:
            let isJSON = if case .json = match.answer { true } else { false }
            return .redis(
                RedisPlan(
                    isJSON ? .readStringJSON : .readString, key: match.key, modifier: match.modifier, timeout: timeout))
        }
    }

    /// What a single condition with `*` expects; nil for any other.
    private static func wildcard(_ fields: RequestFields) -> RedisPlan.Expectation? {
        guard fields.contains(.ifMatch) != fields.contains(.ifNoneMatch) else { return nil }
        let name: FieldName = fields.contains(.ifMatch) ? .ifMatch : .ifNoneMatch
        let isAny = fields.withValue(of: name) { EntityTag.isAny($0) }
        guard isAny else { return nil }
        return name == .ifMatch ? .exists : .absent
    }
}
