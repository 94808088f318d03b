// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A client's connection to the gateway. Confined to its event loop.
protocol LoadConnection: AnyObject {
    /// Sends a request. `completion` is called once, on the event loop; without a response when the connection is lost.
    func send(
        _ method: String, _ path: String, body: ByteBuffer, completion: @escaping (LoadResponse) -> Void)
    var isOpen: Bool { get }
    func close()
}
