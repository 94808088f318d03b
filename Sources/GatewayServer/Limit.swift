// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The limits that the server enforces; the label of `baton_http_limit_hits_total`.
package enum Limit: UInt8, CaseIterable, Sendable {
    case connections
    case headerFields
    case target
    case body
    case bodyBudget
    case responseBudget
    case headerTime
    case bodyTime
    case idleTime
    case writeTime
    case connectionAge
    case resets
    case controlFrames
    case connectionHeaderBytes
    case continuations
    case maintenanceWatchers
    case subscribers
    case subscriberQueue

    /// The label's value.
    var label: String {
        switch self {
        case .connections: "connections"
        case .headerFields: "header_fields"
        case .target: "target"
        case .body: "body"
        case .bodyBudget: "body_budget"
        case .responseBudget: "response_budget"
        case .headerTime: "header_time"
        case .bodyTime: "body_time"
        case .idleTime: "idle_time"
        case .writeTime: "write_time"
        case .connectionAge: "connection_age"
        case .resets: "resets"
        case .controlFrames: "control_frames"
        case .connectionHeaderBytes: "connection_header_bytes"
        case .continuations: "continuations"
        case .maintenanceWatchers: "maintenance_watchers"
        case .subscribers: "subscribers"
        case .subscriberQueue: "subscriber_queue"
        }
    }
}
