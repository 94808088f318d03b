// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Testing

@Suite("TransientError")
struct TransientErrorTests {
    static let known: [(String, TransientError)] = [
        ("LOADING Redis is loading the dataset in memory", .loading),
        ("READONLY You can't write against a read only replica.", .readOnly),
        ("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", .masterDown),
        ("TRYAGAIN Multiple keys request during rehashing of slot", .tryAgain),
        ("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", .busy),
        ("CLUSTERDOWN The cluster is down", .clusterDown),
        ("NOREPLICAS Not enough good replicas to write.", .noReplicas),
        ("ERR max number of clients reached", .tooManyClients),
        ("ERR max number of clients + cluster connections reached", .tooManyClients),
        ("BUSY", .busy),
    ]

    @Test("the server's texts are recognised", arguments: known)
    func recognised(text: String, expected: TransientError) {
        #expect(TransientError(.error(text)) == expected)
    }

    @Test(
        "other errors are not",
        arguments: [
            "", "ERR", "ERR unknown command", "BUSYKEY Target key name already exists.", "BUSYGROUP x", "READONLYX",
            "LOADINGX", "loading", "WRONGTYPE x", "MISCONF x", "OOM x", "EXECABORT x", "NOREPLICASX", "TRYAGAI",
            "UNBLOCKED x", "NOSCRIPT x", "MOVED 1 a:1",
        ])
    func others(text: String) {
        #expect(TransientError(.error(text)) == nil)
    }

    @Test("a value that looks like an error is a value")
    func values() {
        #expect(TransientError(RESPValue(kind: .bulkString, payload: ByteBuffer(string: "LOADING x"))) == nil)
        #expect(TransientError(RESPValue(kind: .bulkError, payload: ByteBuffer(string: "LOADING x"))) == .loading)
    }

    @Test("an EXECABORT names its cause")
    func aborts() {
        let text = "EXECABORT Transaction discarded because of: READONLY You can't write against a read only replica."
        #expect(TransientError(abort: .error(text)) == .readOnly)
        #expect(TransientError(abort: .error("EXECABORT Transaction discarded because of previous errors.")) == nil)
        #expect(TransientError(abort: .error("EXECABORT Transaction discarded because of: OOM x")) == nil)
        #expect(TransientError(abort: .error("EXECABORT:")) == nil)
    }
}
