// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Remembers, per event loop and bounded, which `authorization` values have been verified, so that the digest is not
/// computed for each request.
package struct AuthenticationCache {
    package init() {}
}
