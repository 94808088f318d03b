// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The media types that Baton sends.
package enum ContentType: UInt8, CaseIterable, Sendable {
    case octetStream
    case json
    case problem
    case text
    case health
    case prometheus
    case resp
    case eventStream
    case ndjson
    case yaml
    case html

    /// The `content-type` value.
    package var value: StaticString {
        switch self {
        case .octetStream: "application/octet-stream"
        case .json: "application/json"
        case .problem: "application/problem+json"
        case .text: "text/plain; charset=utf-8"
        case .health: "application/health+json"
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .resp: "application/x-resp"
        case .eventStream: "text/event-stream"
        case .ndjson: "application/x-ndjson"
        case .yaml: "application/yaml"
        case .html: "text/html; charset=utf-8"
        }
    }
}
