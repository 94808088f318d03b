// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import JSONCodec
import NIOCore
import RedisClient
import RedisCore

/// The answers that come from memory: liveness, readiness, health; and the metrics.
extension LoopContext {
    func respondLocally(to record: RequestRecord, _ match: RouteMatch) {
        switch match.route {
        case .livez: self.respond(to: record, with: Self.text(status: 200, "ok\n"))
        case .readyz: self.respond(to: record, with: self.readiness(isVerbose: match.isVerbose))
        case .health: self.respond(to: record, with: self.health())
        case .metrics: self.respondWithMetrics(to: record)
        case .openapiYAML: self.respond(to: record, with: Self.description(OpenAPIText.yaml, .yaml))
        case .openapiJSON: self.respond(to: record, with: Self.description(OpenAPIText.json, .json))
        case .maintenance: self.respondWithMaintenance(to: record)
        case .maintenanceEvents: self.openMaintenanceEvents(for: record)
        default: self.respond(to: record, with: Response(status: 404))
        }
    }

    /// Whether this loop's upstream has been usable, or not unusable for longer than the setting allows.
    private func isUpstreamReady(_ status: UpstreamStatus) -> Bool {
        guard status.ready == 0 else {
            self.wasUpstreamReady = true
            return true
        }
        guard self.wasUpstreamReady, let since = status.unusableSince else { return false }
        return self.now < since + self.patience
    }

    /// How long the upstream may be unusable: while it announces that it is busy with maintenance, requests wait for it, and so
    /// does readiness.
    private var patience: TimeAmount {
        guard self.maintenance.publication?.isInMaintenance == true else { return self.configuration.unreadyAfter }
        return max(self.configuration.unreadyAfter, self.configuration.redis.maintenance.relaxedTimeout)
    }

    private func readiness(isVerbose: Bool) -> Response {
        let isUpstreamReady = self.isUpstreamReady(self.upstream?.status ?? UpstreamStatus())
        let isReady = isUpstreamReady && !self.isDraining
        let verdict = isReady ? "readyz check passed\n" : "readyz check failed\n"
        guard isVerbose else { return Self.text(status: isReady ? 200 : 503, verdict) }
        var text = self.isDraining ? "[-]listener draining\n" : "[+]listener ok\n"
        text += isUpstreamReady ? "[+]redis:main ok\n" : "[-]redis:main no usable connection\n"
        return Self.text(status: isReady ? 200 : 503, text + verdict)
    }

    /// `application/health+json` (draft-inadarei-api-health-check) with a check for the upstream.
    private func health() -> Response {
        let status = self.upstream?.status ?? UpstreamStatus()
        let isUpstreamReady = self.isUpstreamReady(status)
        let isPassing = isUpstreamReady && !self.isDraining
        var json = JSONWriter()
        json.beginObject()
        json.name("status")
        json.string(isPassing ? "pass" : "fail")
        json.name("description")
        json.string(self.isDraining ? "draining" : "serving")
        json.name("checks")
        json.beginObject()
        json.name("redis:main")
        json.beginArray()
        self.writeCheck(status, isReady: isUpstreamReady, into: &json)
        json.endArray()
        json.endObject()
        json.endObject()
        return Response(
            status: isPassing ? 200 : 503, contentType: .health, body: json.buffer,
            fields: [ResponseField(.cacheControl, "no-store")])
    }

    private func writeCheck(_ status: UpstreamStatus, isReady: Bool, into json: inout JSONWriter) {
        json.beginObject()
        json.name("componentType")
        json.string("datastore")
        json.name("status")
        json.string(status.ready > 0 ? "pass" : isReady ? "warn" : "fail")
        if let state = self.upstream?.maintenanceState {
            json.name("maintenance")
            json.string(state.rawValue)
        }
        for (name, value) in [
            ("ready", status.ready), ("connecting", status.connecting), ("leased", status.leased),
            ("held", status.held),
            ("inFlight", status.inFlight),
        ] {
            json.name(name)
            json.integer(Int64(value))
        }
        if let since = status.unusableSince {
            json.name("unusableMs")
            json.integer((self.now - since).nanoseconds / 1_000_000)
        }
        if let error = status.lastError {
            json.name("output")
            json.string(error)
        }
        json.endObject()
    }

    private func respondWithMetrics(to record: RequestRecord) {
        let ticket = record.ticket
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.scraper.scrape(on: self.eventLoop).whenComplete { result in
            bound.value.deliverMetrics(result, ticket: ticket)
        }
    }

    private func deliverMetrics(_ result: Result<ByteBuffer, any Error>, ticket: RequestTicket) {
        guard let record = self.table.record(for: ticket) else { return }
        self.refreshNow()
        switch result {
        case .success(let text):
            self.respond(to: record, with: Response(status: 200, contentType: .prometheus, body: text))
        case .failure: self.respond(to: record, with: Problem.overloaded)
        }
        self.scheduleFlush()
    }

    private static func description(_ text: StaticString, _ type: ContentType) -> Response {
        Response(
            status: 200, contentType: type, body: ByteBuffer(staticString: text),
            fields: [ResponseField(.cacheControl, "no-cache")])
    }

    private static func text(status: Int, _ text: String) -> Response {
        Response(
            status: status, contentType: .text, body: ByteBuffer(string: text),
            fields: [ResponseField(.cacheControl, "no-store")])
    }
}
