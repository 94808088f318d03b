// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore

/// What a response says beyond what its route has to say.
extension LoopContext {
    /// Adds the fields that the origin of the caller asks for, and how long Redis took if the caller wants to know.
    /// - Parameters:
    ///   - response: What the route answers.
    ///   - record: The request, which is not over yet.
    /// - Returns: The response that is sent.
    func decorated(_ response: Response, for record: RequestRecord) -> Response {
        var response = response
        self.configuration.gateway.origins?.apply(to: &response, for: record.fields)
        if record.work.isActive, self.wantsTiming(record.fields) {
            Self.append("timing", to: &response)
            response.fields.append(ResponseField(.serverTiming, Self.timing(self.now - record.submitted)))
        }
        return response
    }

    private func wantsTiming(_ fields: RequestFields) -> Bool {
        fields.contains(.prefer) && fields.withValue(of: .prefer) { Prefer.wantsTiming($0) }
    }

    /// `Preference-Applied` names every preference that was followed (RFC 7240 section 3), in one field.
    private static func append(_ preference: String, to response: inout Response) {
        if let index = response.fields.firstIndex(where: { $0.name == .preferenceApplied }) {
            response.fields[index].value += ", \(preference)"
        } else {
            response.fields.append(ResponseField(.preferenceApplied, preference))
        }
    }

    /// The time from the first command to the last reply, in milliseconds (Server Timing).
    private static func timing(_ elapsed: TimeAmount) -> String {
        let microseconds = max(0, elapsed.nanoseconds / 1_000)
        return "redis;dur=\(microseconds / 1_000).\(String(1_000 + microseconds % 1_000).dropFirst())"
    }
}
