// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

/// A request to a native resource, the commands it becomes, and the answer to canned replies.
struct NativeCase: Sendable, CustomTestStringConvertible {
    var request: String
    var body: String
    var commands: [String]
    /// Replies in RESP with `|` for CRLF, and `<status> <body>` of their answer.
    var answers: [(replies: String, answer: String)]
    var accept: String?

    /// A request by its method and target.
    init(
        _ request: String, _ body: String, _ commands: [String], _ answers: (replies: String, answer: String)...
    ) {
        self.request = request
        self.body = body
        self.commands = commands
        self.answers = answers
    }

    /// A request without a body.
    init(
        _ request: String, accept: String? = nil, _ commands: [String],
        _ answers: (replies: String, answer: String)...
    ) {
        self.request = request
        self.body = ""
        self.accept = accept
        self.commands = commands
        self.answers = answers
    }

    var testDescription: String { "\(self.request) \(self.body)" }

    private var fields: RequestFields {
        let parts = self.request.split(separator: " ", maxSplits: 1).map(String.init)
        return GatewayCoreTests.fields(parts[0], parts[1], self.accept.map { [.accept: $0] } ?? [:])
    }

    /// Translates the request, and renders each of the replies twice: a request may be sent again.
    func check() throws {
        let fields = self.fields
        let came = openGateway().take(fields, self.body)
        let plan = try #require(came.plan, "\(came.refusal) \(came.problem?.details.detail ?? "")")
        #expect(plan.commands == (plan.isTransaction ? ["MULTI"] + self.commands + ["EXEC"] : self.commands))
        #expect(plan.commands.count == plan.replyCount)
        for (replies, answer) in self.answers {
            let response = try plan.render(replies, fields: fields)
            #expect(Self.text(response) == answer, "\(replies)")
        }
    }

    /// The status, the body or the problem's kind, and the fields.
    private static func text(_ response: Response) -> String {
        var text = "\(response.status)"
        if response.contentType == .problem {
            let slug = response.text.split(separator: "\"").first { $0.hasPrefix("/problems/") } ?? ""
            return text + " " + slug.dropFirst("/problems/".count)
        }
        if !response.text.isEmpty { text += " \(response.text)" }
        if let location = response.field(.location) { text += " -> \(location)" }
        if let link = response.field(.link) { text += " \(link)" }
        return text
    }
}
