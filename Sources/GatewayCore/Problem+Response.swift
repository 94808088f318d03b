// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import JSONCodec
import NIOCore

extension Problem {
    /// `application/problem+json`, with `instance` naming the request. For HEAD the engines drop the body.
    package func response(requestID: RequestID, fields: RequestFields) -> Response {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(320)
        var writer = JSONWriter(buffer: buffer)
        self.write(into: &writer, requestID: requestID, fields: fields)
        return Response(status: self.status, contentType: .problem, body: writer.buffer, fields: self.responseFields)
    }

    /// Writes the problem as one JSON object.
    /// - Parameters:
    ///   - writer: Where to.
    ///   - requestID: Names the request.
    ///   - fields: Hold that name if the caller gave it.
    ///   - legacy: An `error` member, which comes first, and the status that the response has.
    func write(
        into writer: inout JSONWriter, requestID: RequestID, fields: RequestFields,
        legacy: (error: String, status: Int)? = nil
    ) {
        self.write(into: &writer, legacy: legacy) { writer in
            writer.name("instance")
            switch requestID {
            case .made(let number): writer.string(RequestID.hexadecimal(number))
            case .taken: writer.bytes(fields.slice(.requestID) ?? ByteBuffer())
            }
        }
    }

    /// Writes the problem as one JSON object, without `instance` (inside of a batch, whose answer names the request).
    func write(into writer: inout JSONWriter) {
        self.write(into: &writer, legacy: nil) { _ in }
    }

    private func write(
        into writer: inout JSONWriter, legacy: (error: String, status: Int)?, instance: (inout JSONWriter) -> Void
    ) {
        let details = self.details
        writer.beginObject()
        Self.member("error", legacy?.error, &writer)
        writer.name("type")
        writer.string("/problems/" + self.kind.slug.description)
        writer.name("title")
        writer.string(self.kind.title)
        writer.name("status")
        writer.integer(Int64(legacy?.status ?? self.status))
        writer.name("detail")
        if let detail = details.detail {
            writer.string(detail)
        } else {
            writer.string(self.kind.detail)
        }
        instance(&writer)
        Self.member("redis_error", details.redisError, &writer)
        Self.member("current_etag", details.currentTag, &writer)
        Self.member("command", details.command, &writer)
        if let index = details.commandIndex {
            writer.name("command_index")
            writer.integer(Int64(index))
        }
        if let outcome = details.outcome ?? self.kind.usualOutcome {
            writer.name("outcome")
            writer.string(outcome.text)
        }
        writer.name("retryable")
        writer.bool(details.isRetryable ?? false)
        writer.endObject()
    }

    private static func member(_ name: StaticString, _ text: String?, _ writer: inout JSONWriter) {
        guard let text else { return }
        writer.name(name)
        writer.string(text)
    }

    var responseFields: [ResponseField] {
        let details = self.details
        var fields: [ResponseField] = []
        if let allow = details.allow {
            fields.append(ResponseField(.allow, allow.text))
        }
        if let seconds = details.retryAfter {
            fields.append(ResponseField(.retryAfter, String(seconds)))
        }
        if let total = details.rangeTotal {
            fields.append(ResponseField(.contentRange, "bytes */\(total)"))
        }
        switch self.kind {
        case .unauthorized: fields.append(ResponseField(.wwwAuthenticate, "Bearer"))
        case .insufficientScope:
            fields.append(ResponseField(.wwwAuthenticate, "Bearer error=\"insufficient_scope\""))
        default: break
        }
        return fields
    }
}
