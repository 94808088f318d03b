// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
package import Logging
import NIOCore

/// Writes each log record as one line of JSON: `time`, `level`, `logger`, `message`, then the metadata as members.
package struct JSONLinesLogHandler: LogHandler {
    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let sink: LogSink
    private let timestamp: @Sendable () -> String

    package init(
        label: String, sink: LogSink = .standardError, timestamp: @escaping @Sendable () -> String = LogTimestamp.now
    ) {
        self.label = label
        self.sink = sink
        self.timestamp = timestamp
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var json = JSONWriter()
        json.beginObject()
        for (name, value) in [
            ("time", self.timestamp()), ("level", event.level.rawValue), ("logger", self.label),
            ("message", event.message.description),
        ] {
            json.name(name)
            json.string(value)
        }
        let metadata = LogMetadata.merge(self.metadata, self.metadataProvider, event.metadata)
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            json.name(name)
            Self.write(value, to: &json)
        }
        json.endObject()
        json.buffer.writeStaticString("\n")
        self.sink.write(json.buffer)
    }

    private static func write(_ value: Logger.MetadataValue, to json: inout JSONWriter) {
        switch value {
        case .string(let text): json.string(text)
        case .stringConvertible(let convertible): json.string(convertible.description)
        case .array(let values):
            json.beginArray()
            for value in values { self.write(value, to: &json) }
            json.endArray()
        case .dictionary(let members):
            json.beginObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                json.name(name)
                self.write(value, to: &json)
            }
            json.endObject()
        }
    }
}
