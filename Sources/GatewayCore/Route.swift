// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The routes, one case a template, in the order of ``RouteTable``.
package enum Route: UInt8, CaseIterable, Sendable {
    case string
    case key
    case keyTTL
    case commands
    case pipelines
    case transactions
    case livez
    case readyz
    case health
    case metrics
    case stringIncrement, stringAppend, strings
    case keyRename, keyCopy, keys
    case hash, hashField, hashFieldIncrement
    case list, listPush, listPop, listItem, listMove, listTrim, listInsert
    case set, setAdd, setRemove, setPop, setMember, setUnion, setIntersection, setDifference
    case sortedSet, sortedSetAdd, sortedSetRemove, sortedSetPop, sortedSetMember, sortedSetMemberIncrement
    case streamEntries, streamTrim, streamEntry
    case group, groupRead, groupAcknowledge, groupClaim, groupPending
    case scripts, scriptInvocations, functionInvocations
    case openapiYAML, openapiJSON
    case channelMessages, patternMessages, shardChannelMessages
    case maintenance, maintenanceEvents, maintenanceHandoffs
    case info, topology
    case upstashCommand, upstashPipeline, upstashTransaction, upstashPath
    /// No template fits: 404.
    case unknown

    /// The place among the cases, which is the raw value: but for a synthesised one there would be a call from every other module.
    @inlinable @inline(__always)
    package var ordinal: UInt8 {
        // Safety: an enumeration without payloads is its place among the cases, in one byte.
        unsafe unsafeBitCast(self, to: UInt8.self)
    }

    /// Whether it is one of the Upstash-compatible surface, whose errors have a form of their own.
    package var isUpstash: Bool {
        switch self {
        case .upstashCommand, .upstashPipeline, .upstashTransaction, .upstashPath: true
        default: false
        }
    }

    /// The template as OpenAPI writes it; `unknown` for ``unknown``.
    package var template: StaticString {
        RouteTable.rule(for: self)?.template ?? "unknown"
    }
}
