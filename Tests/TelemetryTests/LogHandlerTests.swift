// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Telemetry

@Suite("Log handlers")
struct LogHandlerTests {
    final class Lines: Sendable {
        private let lines = NIOLockedValueBox<[String]>([])
        var all: [String] { self.lines.withLockedValue { $0 } }
        var sink: LogSink {
            LogSink { line in self.lines.withLockedValue { $0.append(String(buffer: line)) } }
        }
    }

    private static let forgery = "a\"b\nlevel=critical\r\u{1b}[31m"

    @Test("a JSON record is one line, whatever is in it, and reads back exactly")
    func json() throws {
        let lines = Lines()
        var logger = Logger(label: "baton") { JSONLinesLogHandler(label: $0, sink: lines.sink) { "T" } }
        logger[metadataKey: "upstream"] = "main"
        logger.warning("hello", metadata: ["error": "\(Self.forgery)", "list": ["1", ["k": "v"]]])
        logger.debug("not shown")
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        #expect(line.hasSuffix("}\n"))
        #expect(line.dropLast().allSatisfy { !$0.isNewline })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["time"] as? String == "T")
        #expect(object["level"] as? String == "warning")
        #expect(object["logger"] as? String == "baton")
        #expect(object["message"] as? String == "hello")
        #expect(object["upstream"] as? String == "main")
        #expect(object["error"] as? String == Self.forgery)
        #expect((object["list"] as? [Any])?.count == 2)
    }

    @Test("a text record is one line, whatever is in it")
    func text() {
        let lines = Lines()
        let logger = Logger(label: "baton") { TextLogHandler(label: $0, sink: lines.sink) { "T" } }
        logger.notice("hello", metadata: ["b": "two words", "a": "\(Self.forgery)", "c": "3"])
        #expect(
            lines.all == ["T NOTICE baton: hello a=\"a\\\"b\\nlevel=critical\\r\\u{1b}[31m\" b=\"two words\" c=3\n"])
    }

    @Test("times are RFC 3339 in UTC with milliseconds")
    func timestamps() {
        #expect(LogTimestamp.format(seconds: 0, milliseconds: 7) == "1970-01-01T00:00:00.007Z")
        #expect(LogTimestamp.format(seconds: 1_709_210_096, milliseconds: 999) == "2024-02-29T12:34:56.999Z")
        #expect(LogTimestamp.now().count == 24)
    }
}
