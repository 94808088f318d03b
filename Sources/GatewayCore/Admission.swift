// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The answer to a header section, given before any body is read.
package enum Admission: Sendable {
    case accepted(RouteMatch)
    /// The route is known for the metrics; ``Route/unknown`` for 404.
    case refused(Problem, Route)
}
