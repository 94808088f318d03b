// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

extension Gateway {
    func command(_ match: RouteMatch, body: ByteBuffer) -> Translation { .refused(Problem(kind: .notImplemented)) }
    func batch(_ match: RouteMatch, body: ByteBuffer) -> Translation { .refused(Problem(kind: .notImplemented)) }
}
