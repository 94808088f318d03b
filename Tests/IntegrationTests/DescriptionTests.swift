// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("The API's description, tried")
    struct DescriptionTests {
        @Test(
            "it is valid OpenAPI, and every operation and every example of it does what it says",
            .enabled(
                if: ProcessInfo.processInfo.environment["TEST_PYTHON"]?.isEmpty == false,
                "no Python in TEST_PYTHON: pip install -r Tests/redis-py/requirements.txt -r Tests/openapi/requirements.txt"
            ))
        func examples() throws {
            let gateway = try Gateway()
            let path = "\(gateway.redis.socketPath).tokens"
            // The digests of `secret` and `reader`.
            let tokens = """
                app:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b:read,write
                view:3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30:read

                """
            try Data(tokens.utf8).write(to: URL(fileURLWithPath: path))
            let guarded = try BatonProcess(["--redis", gateway.redis.url, "--token-file", path])
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            let python = try #require(ProcessInfo.processInfo.environment["TEST_PYTHON"])
            let result = try run(
                python,
                [
                    root.appending(path: "openapi/examples.py").path,
                    root.appending(path: "../openapi/openapi.yaml").standardizedFileURL.path,
                    "http://127.0.0.1:\(gateway.baton.port)", gateway.redis.socketPath,
                    "http://127.0.0.1:\(guarded.port)",
                ])
            print(result.output)
            #expect(result.status == 0, "\(result.output)")
        }
    }
}
