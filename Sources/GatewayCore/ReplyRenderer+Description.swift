// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
import NIOCore
import RESP

extension ReplyRenderer {
    /// Takes the reply of INFO; the answer is complete then.
    /// - Parameter reply: A bulk or a verbatim string.
    mutating func takeInfo(_ reply: RESPValue) {
        guard reply.kind == .bulkString || reply.kind == .verbatimString else {
            return reply.isError ? self.fail(reply.payload, "INFO") : self.mistype("INFO")
        }
        let text = InfoText(reply.payload)
        self.writer.beginObject()
        if self.shape == .topology {
            self.writer.name("upstreams")
            self.writer.beginArray()
            self.writer.beginObject()
            self.writer.raw(self.subject)
            text.writeReplication(into: &self.writer)
            self.writer.endObject()
            self.writer.endArray()
        } else {
            self.writer.name("redis")
            text.write(into: &self.writer)
            self.writer.name("baton")
            self.writer.raw(self.subject)
        }
        self.writer.endObject()
    }
}
