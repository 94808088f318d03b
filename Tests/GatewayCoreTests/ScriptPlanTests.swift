// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@testable import GatewayCore

@Suite("Plans with scripts")
struct ScriptPlanTests {
    private let gateway = Gateway(configuration: GatewayConfiguration())

    @Test(
        "a script may have run in part, any other command has run or has not",
        arguments: [
            ("/v1/commands", "[\"EVAL\",\"return 1\",\"0\"]", true), ("/v1/commands", "[\"INCR\",\"k\"]", false),
            ("/v1/commands", "[\"evalsha\",\"x\",\"0\"]", true),
            ("/v1/commands", "[\"EVAL_RO\",\"return 1\",\"0\"]", false),
            ("/v1/pipelines", "{\"commands\":[[\"INCR\",\"k\"],[\"FCALL\",\"f\",\"0\"]]}", true),
            ("/v1/pipelines", "{\"commands\":[[\"INCR\",\"k\"],[\"SET\",\"FCALL\",\"EVAL\"]]}", false),
        ])
    func scripts(path: String, body: String, mayRunPartly: Bool) throws {
        let plan = try #require(self.gateway.take(fields("POST", path, [.contentType: "application/json"]), body).plan)
        #expect(plan.mayRunPartly == mayRunPartly)
    }
}
