// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// What `If-Match` and `If-None-Match` say of a string, in the order of RFC 9110 section 13.2.2.
enum Precondition {
    enum Verdict {
        case holds
        /// 412.
        case fails
        /// 304: the caller has what it asks for.
        case notModified
    }

    /// Evaluates the conditions of a GET or HEAD. Without a value nothing is read, and `If-None-Match` says nothing.
    /// - Parameters:
    ///   - fields: The request's.
    ///   - tag: The tag of the form that is asked for; nil without a value.
    /// - Returns: What becomes of the request.
    static func ofRead(_ fields: RequestFields, tag: ValueTag?) -> Verdict {
        fields.withSpan { request in
            if fields.contains(.ifMatch) {
                let list = request.extracting(fields.range(.ifMatch))
                guard let tag, EntityTag.isAny(list) || EntityTag.list(list, names: tag, isStrong: true) else {
                    return .fails
                }
            }
            guard fields.contains(.ifNoneMatch), let tag else { return .holds }
            let list = request.extracting(fields.range(.ifNoneMatch))
            return EntityTag.isAny(list) || EntityTag.list(list, names: tag, isStrong: false) ? .notModified : .holds
        }
    }

    /// Evaluates the conditions of a write. The tags of both forms stand for the value.
    /// - Parameters:
    ///   - fields: The request's.
    ///   - value: The value that the key has; nil without one.
    /// - Returns: Whether the write may run.
    static func ofWrite(_ fields: RequestFields, value: ByteBuffer?) -> Verdict {
        let tag = value.map { ValueTag(of: $0) }
        return fields.withSpan { request in
            if fields.contains(.ifMatch) {
                guard let tag, Self.names(request.extracting(fields.range(.ifMatch)), tag, isStrong: true) else {
                    return .fails
                }
            }
            guard fields.contains(.ifNoneMatch), let tag else { return .holds }
            return Self.names(request.extracting(fields.range(.ifNoneMatch)), tag, isStrong: false) ? .fails : .holds
        }
    }

    /// Whether `Range` counts: without `If-Range`, or if that names the value, by a strong tag (RFC 9110 section 13.1.5). A date
    /// names nothing: values have none.
    static func regardsRange(_ fields: RequestFields, tag: ValueTag) -> Bool {
        guard fields.contains(.ifRange) else { return true }
        let text = tag.text
        return fields.withSpan { request in
            let validator = request.extracting(fields.range(.ifRange))
            guard validator.count == text.utf8.count else { return false }
            return EntityTag.list(validator, names: tag, isStrong: true)
        }
    }

    /// Whether a list is `*` or names the tag of a value in one of its forms.
    static func names(_ list: Span<UInt8>, _ tag: ValueTag, isStrong: Bool) -> Bool {
        EntityTag.isAny(list) || EntityTag.list(list, names: tag, isStrong: isStrong)
            || EntityTag.list(list, names: ValueTag(digest: tag.digest, isJSON: true), isStrong: isStrong)
    }

    /// 412, with the tag that the value has.
    static func failure(_ value: ByteBuffer?) -> Problem {
        guard let value else { return Problem(kind: .preconditionFailed) }
        return Problem(kind: .preconditionFailed).with { $0.currentTag = ValueTag(of: value).text }
    }
}
