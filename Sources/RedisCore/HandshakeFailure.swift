// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import RESP

/// Why a handshake did not end in a usable connection.
package enum HandshakeFailure: Sendable, Equatable {
    /// The server is not ready yet; another attempt may succeed soon.
    case transient(TransientError)
    /// The server does not want us; only an operator can change that.
    case refused(Refusal)

    /// Judges the error reply of a step.
    package init(_ reply: RESPValue, step: HandshakeStep) {
        if let transient = TransientError(reply) {
            self = .transient(transient)
        } else {
            self = .refused(Refusal(reply, step: step))
        }
    }
}
