// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import Logging
import NIOCore

/// Writes each log record as one line for people: `time LEVEL logger: message key=value ...`.
package struct TextLogHandler: LogHandler {
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
        var line = "\(self.timestamp()) \(event.level.rawValue.uppercased()) \(self.label): "
        line += Self.escape(event.message.description, quotes: false)
        let metadata = LogMetadata.merge(self.metadata, self.metadataProvider, event.metadata)
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(Self.escape(name, quotes: false))=\(Self.escape(value.description, quotes: true))"
        }
        self.sink.write(ByteBuffer(string: line + "\n"))
    }

    /// No control character reaches the line, so that a value cannot forge another record.
    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        var isPlain = !text.isEmpty
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: escaped += "\\n"
            case 0x0D: escaped += "\\r"
            case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: escaped += "\\u{\(String(scalar.value, radix: 16))}"
            case 0x22 where quotes, 0x5C where quotes: escaped += "\\" + String(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
            if scalar == " " || scalar == "\"" || scalar == "=" { isPlain = false }
        }
        return quotes && !isPlain ? "\"\(escaped)\"" : escaped
    }
}
