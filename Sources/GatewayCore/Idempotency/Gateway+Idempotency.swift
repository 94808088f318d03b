// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

extension Gateway {
    /// Translates a request with `Idempotency-Key`: its commands run in a script that keeps their replies.
    func keyed(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        var plain = match
        plain.hasIdempotencyKey = false
        switch self.translate(plain, fields: fields, body: body) {
        case .redis(let plan):
            do throws(Problem) {
                guard !match.hasConditions else { throw Self.conditionProblem }
                guard let key = fields.withValue(of: .idempotencyKey, { IdempotencyKey($0) }) else {
                    throw Problem(
                        .invalidHeader,
                        detail: "Idempotency-Key must be 1 to \(IdempotencyKey.byteLimit) visible ASCII characters.")
                }
                let commands = try IdempotentCommands(plan)
                let eval = commands.eval(
                    key, caller: fields.slice(.authorization) ?? ByteBuffer(),
                    purpose: "\(match.method.name) \(match.route.template) \(match.answer)",
                    isTransaction: plan.isTransaction, keptFor: self.configuration.idempotencyTime)
                return .idempotent(plan, eval)
            } catch {
                return .refused(error)
            }
        case .refused(let problem): return .refused(problem)
        case .response(let response): return .response(response)
        case .local, .handoff, .subscribe, .idempotent, .feed, .describe:
            return .refused(Problem(.idempotencyNotPossible, detail: "Idempotency-Key is for writes to Redis only."))
        }
    }

    private static var conditionProblem: Problem {
        Problem(
            .idempotencyNotPossible,
            detail: "Idempotency-Key and If-Match or If-None-Match cannot be combined: a condition that no longer holds"
                + " keeps the write from running twice.")
    }
}
