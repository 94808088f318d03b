// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import GatewayCore
import JSONCodec
import NIOCore
import RedisCore
import Telemetry

/// Writes the documents of `/v1/maintenance`.
enum MaintenanceDocument {
    /// The whole picture.
    static func snapshot(_ ledger: MaintenanceLedger) -> ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        json.member("state", ledger.state.rawValue)
        json.member("revision", ledger.revision)
        json.member("since", ledger.clock.text(ledger.since))
        json.name("upstreams")
        json.beginArray()
        Self.upstream(ledger, into: &json)
        json.endArray()
        json.name("history")
        json.beginArray()
        for event in ledger.history { json.raw(event.json) }
        json.endArray()
        json.endObject()
        return json.buffer
    }

    /// One change.
    static func event(_ note: MaintenanceNote, revision: Int, at time: NIODeadline, clock: WallClock) -> ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        json.member("revision", revision)
        json.member("at", clock.text(time))
        json.name("upstream")
        json.string(HandoffOrder.upstream)
        json.member("event", note.name)
        switch note.change {
        case .notifications(let answer): json.member("notifications", answer.rawValue)
        case .windowOpened(let kind), .windowClosed(let kind), .windowExpired(let kind): json.member("kind", kind.label)
        case .handoff(let phase): json.member("phase", phase.rawValue)
        case .state(let state): json.member("state", state.rawValue)
        case .targetRefused, .peerNotAdvertised: break
        }
        if let sequence = note.sequence { json.member("seq", Int(sequence)) }
        if let target = note.target { json.member("target", target.description) }
        json.endObject()
        return json.buffer
    }

    /// A server-sent event; `data` has no line breaks.
    static func frame(_ name: StaticString, id: String, data: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.writeString("event: \(name)\nid: \(id)\ndata: ")
        frame.writeImmutableBuffer(data)
        frame.writeStaticString("\n\n")
        return frame
    }

    private static func upstream(_ ledger: MaintenanceLedger, into json: inout JSONWriter) {
        let picture = ledger.picture
        json.beginObject()
        json.name("name")
        json.string(HandoffOrder.upstream)
        json.member("endpoint", ledger.endpoint)
        json.member("mode", picture.mode.rawValue)
        json.member("notifications", picture.notifications.rawValue)
        json.member("state", picture.state.rawValue)
        json.name("connections")
        json.beginObject()
        json.member("ready", picture.connections.ready)
        json.member("draining", picture.connections.draining)
        json.member("dialing", picture.connections.dialing)
        json.endObject()
        json.name("timeouts")
        json.beginObject()
        json.member("configured_ms", picture.configuredTimeout)
        json.member("effective_ms", picture.effectiveTimeout)
        json.endObject()
        json.name("windows")
        json.beginArray()
        for window in picture.windows { Self.window(window, ledger.clock, into: &json) }
        json.endArray()
        json.name("handoffs")
        json.beginArray()
        for handoff in picture.handoffs { Self.handoff(handoff, ledger.clock, into: &json) }
        json.endArray()
        json.name("last_handoff")
        if let last = picture.lastHandoff {
            Self.handoff(last, ledger.clock, into: &json)
        } else {
            json.null()
        }
        json.endObject()
    }

    private static func window(
        _ window: UpstreamMaintenance.Window, _ clock: WallClock, into json: inout JSONWriter
    ) {
        json.beginObject()
        json.member("kind", window.kind.label)
        json.member("seq", window.sequence)
        json.member("shards", window.shards)
        json.member("opened_at", clock.text(window.openedAt))
        json.member("closes_by", clock.text(window.closesBy))
        json.endObject()
    }

    private static func handoff(_ handoff: HandoffRecord, _ clock: WallClock, into json: inout JSONWriter) {
        json.beginObject()
        json.member("seq", handoff.identity.sequence)
        json.member("target", handoff.identity.target?.description)
        json.member("announced_at", clock.text(handoff.announcedAt))
        json.member("deadline", clock.text(handoff.deadline))
        json.member("phase", handoff.phase.rawValue)
        json.member("moved", handoff.moved)
        json.member("remaining", handoff.remaining)
        json.member("held", handoff.held)
        json.member("in_flight", handoff.inFlight)
        json.member("resent", handoff.resent)
        json.member("failed", handoff.failed)
        json.member("failed_dials", handoff.failedDials)
        if let duration = handoff.duration { json.member("duration_ms", duration) }
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { self.string(text) } else { self.null() }
    }

    fileprivate mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        self.integer(Int64(number))
    }

    fileprivate mutating func member(_ name: StaticString, _ number: Int64?) {
        self.name(name)
        if let number { self.integer(number) } else { self.null() }
    }

    fileprivate mutating func member(_ name: StaticString, _ time: TimeAmount) {
        self.member(name, Int(time.nanoseconds / 1_000_000))
    }
}
