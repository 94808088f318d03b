// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore

/// What a response says beyond what its route has to say.
extension LoopContext {
    /// Adds the fields that the origin of the caller asks for.
    /// - Parameters:
    ///   - response: What the route answers.
    ///   - record: The request, which is not over yet.
    /// - Returns: The response that is sent.
    func decorated(_ response: Response, for record: RequestRecord) -> Response {
        var response = response
        self.configuration.gateway.origins?.apply(to: &response, for: record.fields)
        return response
    }
}
