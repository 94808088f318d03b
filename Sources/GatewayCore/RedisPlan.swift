// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RedisCore

/// A request compiled for Redis. Copying it allocates nothing.
package struct RedisPlan: Sendable {
    /// The commands of a plan, and with them the form of its answer.
    enum Shape: UInt8, Sendable {
        /// GET, PTTL.
        case readString
        case readStringJSON
        /// STRLEN, PTTL.
        case measureString
        /// MULTI, STRLEN, GETRANGE, PTTL, EXEC: the total of `Content-Range` belongs to the bytes that follow.
        case readStringPart
        /// EXISTS, SET, side by side in one write. MULTI around them would make the answer's 201 or 204 exact even when
        /// another client creates or removes the key in between, and cost as much again as the two commands themselves.
        case writeString
        /// SET with GET.
        case swapString
        case swapStringJSON
        /// GET, to judge a precondition by: ``RedisPlan/conditionalWrite(_:)`` may follow.
        case checkString
        /// EVAL of a script that compares, and writes.
        case conditionalWrite
        /// WATCH, and a GET or EXISTS for each condition of a transaction: ``TransactionConditions``.
        case checkTransaction
        /// UNLINK.
        case deleteKey
        /// TYPE, PTTL, OBJECT ENCODING and the length by each type's own command.
        case describeKey
        /// PTTL.
        case readTTL
        /// PEXPIRE or PEXPIREAT, PTTL.
        case writeTTL
        /// PERSIST, EXISTS.
        case removeTTL
        /// One command of the caller's.
        case command
        case commandRESP
        /// The caller's commands, as they are.
        case pipeline
        /// MULTI, the caller's commands, EXEC.
        case transaction
        /// The commands of a native resource; ``RedisPlan/rendering`` says what their answer is.
        case resource
        /// The same between MULTI and EXEC.
        case resourceTransaction
        /// INFO, of one section or of those that Redis shows by default; INFO replication. ``RedisPlan/subject`` is the server's part of the
        /// answer.
        case info, topology
        /// The caller's commands on the Upstash-compatible surface: one, several, several between MULTI and EXEC.
        case upstashCommand, upstashPipeline, upstashTransaction
    }

    let shape: Shape
    /// The form of the answer of a native resource; ``Rendering/none`` for all other shapes.
    let rendering: Rendering
    /// The key of the typed shapes; of the others the caller's commands, in their wire form.
    let subject: ByteBuffer
    /// The value to write; of ``Shape/checkTransaction`` the conditions and the transaction. nil for all others.
    let value: ByteBuffer?
    let modifier: Modifier
    let condition: TTLCondition
    /// How many replies ``encode(into:)``'s commands have.
    package let replyCount: Int
    package let retryClass: RetryClass
    /// Whether it needs a connection of its own while it runs (blocking commands).
    package let needsLease: Bool
    /// How long the request may take from its arrival.
    package let timeout: TimeAmount

    /// Whether the leased connection is needed for what follows from the replies, too.
    package var keepsLease: Bool {
        if case .checkTransaction = self.shape { true } else { false }
    }

    /// Whether the replies are those of MULTI ... EXEC.
    package var isTransaction: Bool {
        switch self.shape {
        case .readStringPart, .transaction, .resourceTransaction, .upstashTransaction: true
        default: false
        }
    }

    /// A plan of a typed route.
    init(
        _ shape: Shape, key: ByteBuffer, value: ByteBuffer? = nil, modifier: Modifier = .none,
        condition: TTLCondition = .always, timeout: TimeAmount
    ) {
        self.shape = shape
        self.rendering = .none
        self.subject = key
        self.value = value
        self.modifier = modifier
        self.condition = condition
        self.timeout = timeout
        self.needsLease = false
        (self.replyCount, self.retryClass) = Self.facts(shape, condition)
    }

    /// A plan of the caller's own commands, which are encoded already.
    init(
        _ shape: Shape, commands: ByteBuffer, count: Int, retryClass: RetryClass, needsLease: Bool = false,
        timeout: TimeAmount, rendering: Rendering = .none, modifier: Modifier = .none, value: ByteBuffer? = nil
    ) {
        self.shape = shape
        self.rendering = rendering
        self.subject = commands
        self.value = value
        self.modifier = modifier
        self.condition = .always
        self.timeout = timeout
        self.needsLease = needsLease
        self.retryClass = retryClass
        switch shape {
        case .transaction, .resourceTransaction, .upstashTransaction: self.replyCount = count + 2
        default: self.replyCount = count
        }
    }

    /// The replies of a typed shape, and what a second run of it would do.
    ///
    /// A second UNLINK answers 0 where the first answered 1, and a second `SET ... GET` the new value in place of the
    /// old: they are unsafe. A second PUT may say 204 instead of 201, a second PEXPIRE starts the time anew: that is
    /// accepted, and the API's description says so. With NX, GT or LT the second PEXPIRE would be refused.
    private static func facts(_ shape: Shape, _ condition: TTLCondition) -> (Int, RetryClass) {
        switch shape {
        case .readString, .readStringJSON, .measureString: (2, .readOnly)
        case .readStringPart: (5, .readOnly)
        case .writeString: (2, .idempotent)
        case .swapString, .swapStringJSON, .deleteKey: (1, .unsafe)
        case .describeKey: (9, .readOnly)
        case .readTTL, .checkString, .info, .topology: (1, .readOnly)
        case .writeTTL: (2, condition == .always || condition == .xx ? .idempotent : .unsafe)
        case .removeTTL: (2, .idempotent)
        // Made by the other initializer only.
        case .command, .commandRESP, .pipeline, .transaction, .resource, .resourceTransaction, .upstashCommand,
            .upstashPipeline, .upstashTransaction, .conditionalWrite, .checkTransaction:
            (1, .unsafe)
        }
    }
}
