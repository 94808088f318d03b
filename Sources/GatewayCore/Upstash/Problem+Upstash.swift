// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import JSONCodec
import NIOCore

/// Errors as the Upstash-compatible surface gives them: JSON with `error`, whatever happens, and the members of a problem beside
/// it.
extension Problem {
    /// The answer. For HEAD the engines drop the body.
    package func upstashResponse(requestID: RequestID, fields: RequestFields) -> Response {
        if case .methodNotAllowed = self.kind {
            return Response(status: self.status, fields: self.responseFields)
        }
        var writer = JSONWriter()
        let status = self.upstashStatus
        self.write(
            into: &writer, requestID: requestID, fields: fields, legacy: (error: self.upstashError, status: status))
        return Response(
            status: status, contentType: .json, body: writer.buffer, fields: self.responseFields)
    }

    /// 400 for whatever Redis or the command policy refuses; what is the fault of the exchange or of the backend keeps its own.
    var upstashStatus: Int {
        switch self.kind {
        case .unauthorized, .methodNotAllowed, .requestTimeout, .bodyTooLarge, .targetTooLong, .headerFieldsTooLarge,
            .unsupportedContentEncoding, .crossSiteRequest:
            self.status
        default: self.status >= 500 ? self.status : 400
        }
    }

    /// The text of `error`: Redis's own, or one of its form.
    private var upstashError: String {
        if let text = self.details.redisError { return text }
        let detail = self.details.detail ?? self.kind.detail.description
        switch self.kind {
        case .unauthorized: return "WRONGPASS invalid or missing auth token"
        case .insufficientScope, .keyNotAllowed: return "NOPERM " + detail
        case .transactionAborted: return "EXECABORT " + detail
        default: return "ERR " + detail
        }
    }
}
