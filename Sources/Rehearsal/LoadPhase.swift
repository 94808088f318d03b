// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// When a request was sent, relative to a drill's event.
package enum LoadPhase: Int, Sendable, CaseIterable {
    case steady
    case event
    case after

    package var label: String { "\(self)" }
}
