// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import RedisCore

/// An error for the caller: RFC 9457, with `outcome` and `retryable`.
///
/// The common ones (a key that is not there) are one byte and no allocation; what only some have lies in ``Details``.
package struct Problem: Error, Sendable {
    /// What not every problem has.
    package struct Details: Sendable, Equatable {
        /// Takes the place of the kind's own explanation.
        package var detail: String?
        /// The error reply of Redis.
        package var redisError: String?
        /// The name of the command, in upper case.
        package var command: String?
        /// The place of the command in a batch, from 0.
        package var commandIndex: Int?
        package var outcome: Outcome?
        /// Whether the same request may be sent again without harm.
        package var isRetryable: Bool?
        /// The `Retry-After` field in seconds.
        package var retryAfter: Int?
        /// The `Allow` field.
        package var allow: MethodSet?
        /// The tag that the value has, where a precondition failed.
        package var currentTag: String?
        /// The size of the value for the `Content-Range` field of 416.
        package var rangeTotal: Int64?

        package init() {}
    }

    /// Details behind one reference, so that a problem is small to pass on.
    private final class Box: Sendable {
        let details: Details

        init(_ details: Details) {
            self.details = details
        }
    }

    package let kind: ProblemKind
    private let box: Box?

    /// A problem that says what its kind says.
    package init(kind: ProblemKind) {
        self.kind = kind
        self.box = nil
    }

    package init(_ kind: ProblemKind, details: Details) {
        self.kind = kind
        self.box = Box(details)
    }

    /// A problem of a request that was not executed, with its own explanation.
    package init(_ kind: ProblemKind, detail: String, command: String? = nil, commandIndex: Int? = nil) {
        var details = Details()
        details.detail = detail
        details.command = command
        details.commandIndex = commandIndex
        self.init(kind, details: details)
    }

    /// What the problem has beyond its kind.
    package var details: Details {
        self.box?.details ?? Details()
    }

    /// The HTTP status.
    package var status: Int {
        self.kind.status
    }

    /// The same problem with some details changed.
    package func with(_ change: (inout Details) -> Void) -> Problem {
        var details = self.details
        change(&details)
        return Problem(self.kind, details: details)
    }
}

extension Problem {
    /// Why an engine refuses a request.
    package init(_ rejection: RequestRejection) {
        switch rejection {
        case .malformed: self.init(kind: .malformedRequest)
        case .headerFieldsTooLarge: self.init(kind: .headerFieldsTooLarge)
        case .targetTooLong: self.init(kind: .targetTooLong)
        case .bodyTooLarge: self.init(kind: .bodyTooLarge)
        }
    }

    /// Why Redis gave no (complete) answer.
    ///
    /// The class of the request decides `retryable` where the command may have run.
    package init(_ failure: RedisFailure, retryClass: RetryClass = .unsafe) {
        var details = Details()
        details.outcome = .notExecuted
        details.isRetryable = true
        let kind: ProblemKind
        switch failure {
        case .deadlinePassed(written: false): kind = .deadlineExceeded
        case .deadlinePassed(written: true):
            kind = .deadlineExceeded
            details.outcome = .unknown
            details.isRetryable = retryClass < .unsafe
        case .connectionLost:
            kind = .outcomeUnknown
            details.outcome = .unknown
            details.isRetryable = retryClass < .unsafe
        case .badReply:
            kind = .backendProtocol
            details.outcome = .unknown
            details.isRetryable = retryClass < .unsafe
        case .leaseLost: kind = .redisUnavailable
        case .overloaded:
            kind = .overloaded
            details.retryAfter = 1
        case .shuttingDown:
            kind = .shuttingDown
            details.retryAfter = 1
        case .refused(let reason):
            kind = .backendAuthentication
            details.redisError = reason
            details.isRetryable = false
        }
        self.init(kind, details: details)
    }

    /// The gateway itself has no room (body budget), or is draining.
    package static let overloaded = Problem(RedisFailure.overloaded)

    /// The request did not arrive in time.
    package static let requestTimeout = Problem(kind: .requestTimeout)

    /// EXEC answered null: nothing ran, and the same may be tried again.
    static let transactionConflict = Problem(kind: .transactionConflict).with { $0.isRetryable = true }

    /// 405 with the methods that the path has.
    static func methodNotAllowed(_ allowed: MethodSet) -> Problem {
        var details = Details()
        details.allow = allowed
        return Problem(.methodNotAllowed, details: details)
    }
}
