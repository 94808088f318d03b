// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The kinds of problem, and what is said of each. This is the one place for these texts.
package enum ProblemKind: UInt8, CaseIterable, Sendable {
    // The request.
    case malformedRequest, invalidTarget, invalidParameter, invalidHeader, invalidJSON, invalidCommand
    case invalidArgument, unknownCommand
    case unauthorized, insufficientScope, commandNotAllowed, crossSiteRequest, permissionDenied
    case keyNotAllowed
    case routeNotFound, keyNotFound, elementNotFound, notFound, noScript, noGroup
    case methodNotAllowed, notAcceptable, requestTimeout, preconditionFailed
    case bodyTooLarge, targetTooLong, unsupportedMediaType, unsupportedContentEncoding, rangeNotSatisfiable
    case headerFieldsTooLarge, misdirectedRequest
    // The data.
    case wrongType, notANumber, limitExceeded, conditionFailed, transactionConflict, conflict, corruptValue
    case crossSlot, transactionAborted, scriptError, notReadOnly, idempotencyKeyReused, idempotencyNotPossible
    // The gateway.
    case internalError, notImplemented, unsupportedByServer, overloaded, shuttingDown
    // Redis.
    case backendAuthentication, backendProtocol, backendInputOutput, outcomeUnknown, redisUnavailable
    case scriptRunning, writesDisabled, deadlineExceeded, outOfMemory

    /// What a kind says.
    private struct Texts {
        var status: Int
        var slug: StaticString
        var title: StaticString
        var detail: StaticString

        init(_ status: Int, _ slug: StaticString, _ title: StaticString, _ detail: StaticString) {
            self.status = status
            self.slug = slug
            self.title = title
            self.detail = detail
        }
    }

    /// The HTTP status.
    package var status: Int { self.texts.status }
    /// The last segment of the problem's `type`.
    package var slug: StaticString { self.texts.slug }
    /// The short summary, the same for each occurrence.
    package var title: StaticString { self.texts.title }
    /// The explanation when there is nothing more exact to say.
    package var detail: StaticString { self.texts.detail }

    /// The outcome when the problem does not name one: nothing ran. nil where the question makes no sense, because the
    /// command ran and found nothing.
    package var usualOutcome: Outcome? {
        switch self {
        case .keyNotFound, .elementNotFound, .rangeNotSatisfiable: nil
        default: .notExecuted
        }
    }

    private var texts: Texts {
        switch self {
        case .malformedRequest, .invalidTarget, .invalidParameter, .invalidHeader, .invalidJSON, .invalidCommand,
            .invalidArgument, .unknownCommand:
            self.badRequestTexts
        case .unauthorized, .insufficientScope, .commandNotAllowed, .crossSiteRequest, .permissionDenied,
            .keyNotAllowed:
            self.accessTexts
        case .routeNotFound, .keyNotFound, .elementNotFound, .notFound, .noScript, .noGroup: self.absenceTexts
        case .methodNotAllowed, .notAcceptable, .requestTimeout, .preconditionFailed, .bodyTooLarge, .targetTooLong,
            .unsupportedMediaType, .unsupportedContentEncoding, .rangeNotSatisfiable, .headerFieldsTooLarge,
            .misdirectedRequest:
            self.exchangeTexts
        case .wrongType, .notANumber, .limitExceeded, .conditionFailed, .transactionConflict, .conflict,
            .corruptValue, .crossSlot, .transactionAborted, .scriptError, .notReadOnly, .idempotencyKeyReused,
            .idempotencyNotPossible:
            self.dataTexts
        case .internalError, .notImplemented, .unsupportedByServer, .overloaded, .shuttingDown: self.gatewayTexts
        case .backendAuthentication, .backendProtocol, .backendInputOutput, .outcomeUnknown, .redisUnavailable,
            .scriptRunning, .writesDisabled, .deadlineExceeded, .outOfMemory:
            self.redisTexts
        }
    }

    private var badRequestTexts: Texts {
        switch self {
        case .invalidTarget:
            Texts(400, "invalid-target", "Invalid request target", "The path cannot be decoded.")
        case .invalidParameter:
            Texts(400, "invalid-parameter", "Invalid query parameter", "A query parameter is not acceptable.")
        case .invalidHeader:
            Texts(400, "invalid-header", "Invalid header field", "A header field has a value that is not acceptable.")
        case .invalidJSON:
            Texts(400, "invalid-json", "Invalid JSON", "The body is not acceptable JSON (RFC 8259).")
        case .invalidCommand:
            Texts(400, "invalid-command", "Invalid command", "The body does not describe Redis commands.")
        case .invalidArgument:
            Texts(400, "invalid-argument", "Invalid argument", "Redis refuses the arguments of the command.")
        case .unknownCommand:
            Texts(400, "unknown-command", "Unknown command", "The Redis server does not know the command.")
        default: Texts(400, "malformed-request", "Malformed request", "The message is not well-formed HTTP.")
        }
    }

    private var accessTexts: Texts {
        switch self {
        case .unauthorized:
            Texts(401, "unauthorized", "Authentication required", "A valid bearer token is needed.")
        case .insufficientScope:
            Texts(403, "insufficient-scope", "Insufficient scope", "The token's scopes do not allow this.")
        case .crossSiteRequest:
            Texts(403, "cross-site-request", "Cross-site request", "Another site's page may not change data here.")
        case .keyNotAllowed:
            Texts(403, "key-not-allowed", "Key not allowed", "The token is for other keys.")
        case .permissionDenied:
            Texts(403, "permission-denied", "Permission denied", "The Redis user of the gateway may not do this.")
        default:
            Texts(403, "command-not-allowed", "Command not allowed", "The command is not allowed over HTTP.")
        }
    }

    private var absenceTexts: Texts {
        switch self {
        case .keyNotFound: Texts(404, "key-not-found", "Key not found", "There is no such key.")
        case .elementNotFound:
            Texts(404, "element-not-found", "Element not found", "The key holds no such field, member or entry.")
        case .notFound: Texts(404, "not-found", "Not found", "What the command names does not exist.")
        case .noScript: Texts(404, "no-script", "Script not found", "The Redis server does not hold the script.")
        case .noGroup: Texts(404, "no-group", "Group not found", "The stream or its consumer group does not exist.")
        default: Texts(404, "route-not-found", "Route not found", "There is nothing at this path.")
        }
    }

    private var exchangeTexts: Texts {
        switch self {
        case .methodNotAllowed:
            Texts(405, "method-not-allowed", "Method not allowed", "The Allow field lists the methods of this path.")
        case .notAcceptable:
            Texts(406, "not-acceptable", "Not acceptable", "The answer has no form that the Accept field allows.")
        case .preconditionFailed:
            Texts(
                412, "precondition-failed", "Precondition failed",
                "The value is not as If-Match or If-None-Match demands.")
        case .bodyTooLarge:
            Texts(413, "body-too-large", "Body too large", "The request body is larger than allowed.")
        case .targetTooLong:
            Texts(414, "target-too-long", "Request target too long", "The request target is longer than allowed.")
        case .unsupportedMediaType:
            Texts(415, "unsupported-media-type", "Unsupported media type", "The body has a type not taken here.")
        case .unsupportedContentEncoding:
            Texts(
                415, "unsupported-content-encoding", "Unsupported content coding", "Bodies are taken uncompressed only."
            )
        case .rangeNotSatisfiable:
            Texts(416, "range-not-satisfiable", "Range not satisfiable", "The value has no byte in the range.")
        case .misdirectedRequest:
            Texts(
                421, "misdirected-request", "Misdirected request",
                "No host of this name is served here; the setting allowed-hosts names those that are.")
        case .headerFieldsTooLarge:
            Texts(431, "header-fields-too-large", "Header fields too large", "The header section is too large.")
        default: Texts(408, "request-timeout", "Request timeout", "The request did not arrive in time.")
        }
    }

    private var dataTexts: Texts {
        switch self {
        case .wrongType: Texts(409, "wrong-type", "Wrong type", "The key holds a value of another type.")
        case .notANumber: Texts(409, "not-a-number", "Not a number", "The stored value cannot be counted with.")
        case .limitExceeded: Texts(409, "limit-exceeded", "Limit exceeded", "The result would break a limit of Redis.")
        case .conditionFailed:
            Texts(409, "condition-failed", "Condition failed", "The condition that the request names does not hold.")
        case .transactionConflict:
            Texts(409, "transaction-conflict", "Transaction conflict", "A watched key changed; nothing was executed.")
        case .corruptValue: Texts(409, "corrupt-value", "Corrupt value", "Redis finds the stored value invalid.")
        case .crossSlot:
            Texts(422, "cross-slot", "Keys in different slots", "The keys of the request lie in different hash slots.")
        case .transactionAborted:
            Texts(422, "transaction-aborted", "Transaction aborted", "Redis refused a command; nothing was executed.")
        case .idempotencyKeyReused:
            Texts(
                422, "idempotency-key-reused", "Idempotency key used before",
                "The Idempotency-Key belongs to another request.")
        case .idempotencyNotPossible:
            Texts(
                422, "idempotency-not-possible", "Not possible with Idempotency-Key",
                "The answer to this request cannot be kept.")
        case .notReadOnly:
            Texts(422, "not-read-only", "Not read-only", "QUERY runs commands only that change nothing.")
        case .scriptError: Texts(422, "script-error", "Script error", "The script or module answered with an error.")
        default: Texts(409, "conflict", "Conflict", "The state of the data does not allow this.")
        }
    }

    private var gatewayTexts: Texts {
        switch self {
        case .notImplemented: Texts(501, "not-implemented", "Not implemented", "The gateway cannot do this yet.")
        case .unsupportedByServer:
            Texts(501, "unsupported-by-server", "Not supported by Redis", "The Redis server is too old for this.")
        case .overloaded: Texts(503, "overloaded", "Overloaded", "The gateway has no room for the request now.")
        case .shuttingDown: Texts(503, "shutting-down", "Shutting down", "The gateway is shutting down.")
        default: Texts(500, "internal-error", "Internal error", "The gateway failed.")
        }
    }

    private var redisTexts: Texts {
        switch self {
        case .backendAuthentication:
            Texts(502, "backend-auth", "Redis refuses the gateway", "Redis does not accept the gateway's credentials.")
        case .backendProtocol:
            Texts(
                502, "backend-protocol", "Redis protocol error", "Redis and the gateway do not understand each other.")
        case .backendInputOutput:
            Texts(502, "backend-io", "Redis input/output error", "Redis failed to read or write.")
        case .outcomeUnknown:
            Texts(
                502, "outcome-unknown", "Outcome unknown",
                "The connection to Redis was lost after the command was sent; it may have run.")
        case .scriptRunning:
            Texts(503, "script-running", "Script running", "Redis is busy with a script that takes long.")
        case .writesDisabled:
            Texts(503, "writes-disabled", "Writes disabled", "Redis refuses writes because it cannot persist them.")
        case .deadlineExceeded:
            Texts(504, "deadline-exceeded", "Deadline exceeded", "Redis did not answer in time.")
        case .outOfMemory: Texts(507, "out-of-memory", "Redis is out of memory", "Redis has no memory for the write.")
        default: Texts(503, "redis-unavailable", "Redis unavailable", "Redis cannot serve the command now.")
        }
    }
}
