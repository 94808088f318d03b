// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("The README")
    struct ReadmeTests {
        /// The blocks that no test here runs, by section and language, and why.
        private static let notRun: [String: String] = [
            "Two commands, sh": "installs, builds and runs every test; .ci/smoke starts deploy/run",
            "What a failure means, json": "the form of an answer; Tests/openapi provokes each problem",
            "TLS and tokens, ": "lines of a token file with placeholders; see AccessTests",
            "Rehearsing maintenance, ": "shortened output of a measurement that takes minutes; see RehearsalTests",
        ]

        /// The blocks that have a test of their own here.
        private static let runByThemselves: Set<String> = [
            "With an Upstash SDK, python", "Watching maintenance, sh", "TLS and tokens, sh",
        ]

        private static func block(_ name: String) throws -> ReadmeBlock {
            try #require(ReadmeBlock.all.first { "\($0.section), \($0.language)" == name })
        }

        @Test("each block is run, or is here with the reason why not")
        func blocks() {
            #expect(ReadmeBlock.all.contains { $0.language == "console" })
            var left = Self.runByThemselves.union(Self.notRun.keys)
            for block in ReadmeBlock.all where block.language != "console" {
                let name = "\(block.section), \(block.language)"
                #expect(left.remove(name) != nil, "nobody runs line \(block.line): \(name)")
                if Self.notRun[name] != nil { #expect(!block.text.contains("curl"), "line \(block.line)") }
            }
            #expect(left.isEmpty, "there are no such blocks any more")
        }

        @Test("a block is taken apart, and what is shown is told from what is not")
        func reading() throws {
            let text = "# One\n```console\n$ a \\\n  b\nx ... z\n\n$ c &\n```\n## Two\n```\nbare"
            let blocks = ReadmeBlock.blocks(of: text)
            #expect(blocks.map(\.section) == ["One", "Two"] && blocks.map(\.language) == ["console", ""])
            #expect(blocks.map(\.line) == [2, 10] && blocks[1].lines == ["bare"])
            let commands = blocks[0].commands
            try #require(commands.count == 2)
            #expect(commands[0].text == "a \\\n  b" && commands[0].output == ["x ... z", ""])
            #expect(commands[1].isInBackground && !commands[0].isInBackground)
            #expect(commands[0].shows("x y z\n", inAnyOrder: false))
            for other in ["x y\n", "x y z\nmore\n", "", "an x y z\n"] {
                #expect(!commands[0].shows(other, inAnyOrder: false), "\(other)")
            }
            let answer = ReadmeCommand(
                text: "", output: ["x-request-id: 0123456789abcdef", "redis-ttl-ms: 59993", "{\"a\":1,", "\"b\":2}"])
            let head = "x-request-id: fedcba9876543210\r\nredis-ttl-ms: 59000\r\n"
            #expect(answer.shows(head + "{\"a\":1,\n\"b\":2}", inAnyOrder: false))
            #expect(!answer.shows(head + "{\"a\":1,\n\"b\":3}", inAnyOrder: false))
            #expect(!answer.shows("etag: \"0\"\n" + head + "{\"a\":1,\n\"b\":2}", inAnyOrder: false))
            let broken = ReadmeCommand(text: "", output: ["{\"a\":1,", "\"b\":2}"])
            #expect(broken.shows("{\"a\":1,\"b\":2}\n", inAnyOrder: false))
            #expect(!broken.shows("{\"a\":1,\"b\":3}\n", inAnyOrder: false))
            #expect(broken.shows("\"b\":2}\n{\"a\":1,\n", inAnyOrder: true))
        }

        @Test("commands print what it shows", arguments: ReadmeBlock.all.filter { $0.language == "console" })
        func console(block: ReadmeBlock) throws {
            let gateway = try Gateway()
            let shell = try ReadmeShell()
            #expect(!block.commands.isEmpty)
            for command in block.commands {
                let text = command.text.replacing("127.0.0.1:6380", with: "127.0.0.1:\(gateway.baton.port)")
                var printed = ""
                if command.isInBackground {
                    try shell.start(String(text.dropLast()))
                } else {
                    printed = try shell.run(text).output
                }
                if shell.isBusy {
                    if !printed.isEmpty, !printed.hasSuffix("\n") { printed += "\n" }
                    printed += shell.news { command.shows(printed + $0, inAnyOrder: true) }
                }
                #expect(
                    command.shows(printed, inAnyOrder: shell.isBusy),
                    "line \(block.line): \(command.text)\nprints\n\(printed)\nand not\n\(command.output.joined(separator: "\n"))"
                )
            }
        }

        @Test("commands within a line of text run")
        func inline() throws {
            let gateway = try Gateway()
            let shell = try ReadmeShell()
            #expect(gateway.redis.command("SET", "greeting", "hello") == "+OK\r\n")
            let found = ReadmeBlock.readme.matches(of: /`((?:curl|nghttp) [^`]+)`/).map { String($0.output.1) }
            #expect(found.count >= 3)
            for command in found {
                let text =
                    command.replacing(" ...", with: " http://127.0.0.1:6380/v1/strings/greeting")
                    .replacing("127.0.0.1:6380", with: "127.0.0.1:\(gateway.baton.port)")
                let result = try shell.run(text)
                #expect(result.status == 0 && result.output.contains("hello"), "\(command): \(result.output)")
            }
        }

        @Test("the commands that watch maintenance")
        func maintenance() throws {
            let gateway = try Gateway()
            let shell = try ReadmeShell()
            // Nothing answers at an address for documentation (RFC 5737).
            let lines = try Self.block("Watching maintenance, sh").lines.map {
                $0.replacing("localhost:6380", with: "localhost:\(gateway.baton.port)")
                    .replacing("10.0.0.7:6379", with: "192.0.2.7:6379")
            }
            try #require(lines.count == 4 && lines[1].contains(#"W/"1a2b3c4d-7""#), "there are other commands now")
            let picture = try shell.run(lines[0]).output
            #expect(picture.hasPrefix("HTTP/1.1 200 OK"))
            let tag = try #require(picture.firstMatch(of: /etag: (W\/"[^"]+")/)).output.1
            try shell.start(String(lines[2].prefix { $0 != "#" }))
            #expect(shell.news { $0.contains("event: snapshot") }.contains("event: snapshot"))
            try shell.start(String(lines[1].prefix { $0 != "#" }.replacing(#"W/"1a2b3c4d-7""#, with: tag)))
            let moved = try shell.run(lines[3]).output
            #expect(moved.contains(#""handoffs":[{"#) && moved.contains("192.0.2.7:6379"), "\(moved)")
            let news = shell.news { $0.contains("event: change") && $0.contains("HTTP/1.1 200 OK") }
            #expect(news.contains("event: change") && news.contains("HTTP/1.1 200 OK"), "\(news)")
        }

        @Test("the recipe with TLS and tokens")
        func tls() throws {
            let redis = try RedisServerProcess()
            let shell = try ReadmeShell()
            let lines = try Self.block("TLS and tokens, sh").lines
            let start = try #require(lines.firstIndex { $0.hasPrefix("deploy/run ") })
            try #require(start == lines.count - 2 && lines[start + 1].hasPrefix("curl "))
            let made = try shell.run(lines[..<start].joined(separator: "\n") + "\nprintf %s \"$token\"")
            #expect(made.status == 0 && made.output.count == 64)
            var words = lines[start].split(separator: " ").dropFirst().map(String.init)
            let place = try #require(words.firstIndex(of: "0.0.0.0:8443"))
            words.removeSubrange(place - 1...place)
            words = words.map {
                FileManager.default.fileExists(atPath: "\(shell.folder)/\($0)") ? "\(shell.folder)/\($0)" : $0
            }
            words = words.map { $0 == "redis://cache:6379" ? redis.url : $0 }
            let baton = try BatonProcess(words, listen: "0.0.0.0:0")
            #expect(redis.command("SET", "greeting", "hello") == "+OK\r\n")
            let command = lines[start + 1].replacing(":8443", with: ":\(baton.port)")
            var printed = ""
            _ = Wait.until(seconds: 10) {
                printed = (try? shell.run("token=\(made.output)\n\(command)").output) ?? ""
                return printed == "hello"
            }
            #expect(printed == "hello")
            #expect(try shell.run("token=other\n\(command)").output.contains("/problems/unauthorized"))
        }

        @Test(
            "the program with the unmodified upstash-redis package",
            .enabled(
                if: ProcessInfo.processInfo.environment["TEST_PYTHON"]?.isEmpty == false,
                "no Python with upstash-redis in TEST_PYTHON: pip install -r Tests/upstash/requirements.txt"))
        func program() throws {
            let gateway = try Gateway()
            let shell = try ReadmeShell()
            let block = try Self.block("With an Upstash SDK, python")
            let text = block.text.replacing("127.0.0.1:6380", with: "127.0.0.1:\(gateway.baton.port)")
            try Data(text.utf8).write(to: URL(filePath: "\(shell.folder)/program.py"))
            let shown = try #require(block.lines.last?.split(separator: "#").last).trimmingCharacters(in: .whitespaces)
            let python = try #require(ProcessInfo.processInfo.environment["TEST_PYTHON"])
            #expect(try shell.run("\(python) program.py").output == shown + "\n")
        }
    }
}
