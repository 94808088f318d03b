// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import GatewayServer
import HTTP1Engine
import HTTP2Engine
import NIOCore
import RESP
import RedisClient

extension Setting {
    private static let second = TimeAmount.seconds(1)
    private static let day = TimeAmount.hours(24)
    private static let count = 1...1_000_000_000
    private static let size = 1...(1 << 40)
    private static let times = TimeAmount.milliseconds(1)...TimeAmount.hours(24)
    private static let timesOrNone = TimeAmount.zero...TimeAmount.hours(24)

    /// Every setting, in the order of the help.
    package static var all: [Setting] {
        self.serving + self.redis + self.maintenance + self.security + self.http + self.http2 + self.batches
            + self.operation
    }

    private static var serving: [Setting] {
        [
            Setting(
                "Serving", "listen", .list(placeholder: "HOST:PORT", \.listen),
                "Where to listen; may be given again. IPv6 in brackets, port 0 for a free one."),
            Setting(
                "Serving", "event-loops", .integer(1...1024, \.server.eventLoops),
                "Event loops, each with a thread and Redis connections of its own."),
            Setting(
                "Serving", "tls-certificate", .text(placeholder: "FILE", \.tlsCertificate),
                "PEM file with the certificate chain: serve HTTPS."),
            Setting(
                "Serving", "tls-key", .text(placeholder: "FILE", \.tlsKey),
                "PEM file with the certificate's private key."),
            Setting(
                "Serving", "tls-client-ca", .text(placeholder: "FILE", \.tlsClientCA),
                "PEM file with the authorities that client certificates must come from."),
        ]
    }

    private static var redis: [Setting] {
        [
            Setting(
                "Redis", "redis", .text(placeholder: "URL", \.redis),
                "redis://[user:password@]host[:port][/database], rediss:// with TLS, unix:///path. Without it Baton starts a private redis-server."
            ),
            Setting(
                "Redis", "redis-connections", .integer(1...8, \.server.redis.connectionsPerLoop),
                "Multiplexed connections per event loop."),
            Setting(
                "Redis", "redis-leased-connections", .integer(0...1024, \.server.redis.leasedConnectionsPerLoop),
                "Connections per event loop for blocking commands; 0 refuses such commands."),
            Setting(
                "Redis", "redis-tls-verify", .choice(["full", "chain", "none"], \.redisTLSVerify),
                "How the server's certificate is checked with rediss://."),
            Setting(
                "Redis", "redis-tls-ca", .text(placeholder: "FILE", \.redisTLSCA),
                "PEM file with the authorities to trust instead of the system's."),
            Setting(
                "Redis", "redis-client-name", .text(placeholder: "NAME", \.server.redis.clientName),
                "The name that CLIENT LIST shows."),
            Setting(
                "Redis", "shared-reads", .flag(\.server.sharesReads),
                "GETs of one string that come together are answered by one read."),
            Setting(
                "Redis", "command-timeout", .duration(times, \.server.gateway.commandTimeout),
                "How long a request may take once all of it has come, and the most that Request-Timeout-Ms may ask for."
            ),
            Setting(
                "Redis", "blocking-timeout-maximum", .duration(times, \.server.gateway.blockingTimeoutMaximum),
                "How long a blocking command may wait."),
            Setting(
                "Redis", "script-store", .bytes(0...(1 << 30), \.server.gateway.scriptBytes),
                "Scripts kept to load them again into a Redis that has forgotten them, all together."),
            Setting(
                "Redis", "idempotency-time",
                .duration(.seconds(1) ... .hours(720), \.server.gateway.idempotencyTime),
                "How long the answer to a request with Idempotency-Key is kept in Redis."),
            Setting(
                "Redis", "redis-connect-timeout", .duration(times, \.server.redis.connectTimeout),
                "Connect, TLS and handshake together."),
            Setting(
                "Redis", "redis-reconnect-delay-minimum", .duration(times, \.server.redis.reconnectDelayMinimum),
                "First pause between attempts to connect."),
            Setting(
                "Redis", "redis-reconnect-delay-maximum", .duration(times, \.server.redis.reconnectDelayMaximum),
                "Longest pause between attempts to connect."),
            Setting(
                "Redis", "redis-in-flight-maximum", .integer(count, \.server.redis.inFlightMaximum),
                "Commands written and not answered, per connection. Over it: 503."),
            Setting(
                "Redis", "redis-hold-queue-maximum", .integer(count, \.server.redis.holdQueueMaximum),
                "Requests that wait per event loop while no connection is ready. Over it: 503."),
            Setting(
                "Redis", "redis-write-buffer-maximum", .bytes(size, \.server.redis.writeBufferMaximum),
                "Command bytes per connection that the socket has not taken. Over it: 503."),
            Setting(
                "Redis", "redis-probe-interval", .duration(times, \.server.redis.probeInterval),
                "An idle connection is probed with PING after this time."),
            Setting(
                "Redis", "redis-stall-timeout", .duration(times, \.server.redis.stallTimeout),
                "A connection whose oldest command waits this long without a byte is dialled anew."),
            Setting(
                "Redis", "redis-bulk-maximum", .bytes(size, \.server.redis.limits.bulkBytes),
                "Largest string that Redis may send."),
            Setting(
                "Redis", "redis-reply-maximum", .bytes(size, \.server.redis.limits.replyBytes),
                "Largest reply that Redis may send."),
            Setting(
                "Redis", "redis-elements-maximum", .integer(count, \.server.redis.limits.elements),
                "Most elements of one reply."),
            Setting(
                "Redis", "redis-depth-maximum", .integer(1...32, \.server.redis.limits.depth),
                "Deepest nesting of a reply."),
        ]
    }

    private static var security: [Setting] {
        [
            Setting(
                "Security", "token-file", .text(placeholder: "FILE", \.tokenFile),
                "Lines of name:sha256-hex:scope[,scope][:prefix[,prefix]]: scopes read, write, publish and admin, and the beginnings of the keys that the token is for. Without it only loopback may be listened on."
            ),
            Setting(
                "Security", "allowed-hosts", .list(placeholder: "HOST", \.allowedHosts),
                "Hosts, without a port, that a request may name; others are 421. * for any. Without it: any with token-file, else localhost, 127.0.0.1, [::1] and those of listen."
            ),
            Setting(
                "Security", "cors-origins", .list(placeholder: "ORIGIN", \.origins),
                "Origins whose pages may use Baton from a browser, as in https://app.example; * for any, with token-file only. Without it: none."
            ),
            Setting(
                "Security", "allow-command", .list(placeholder: "NAME", \.allowedCommands),
                "A command that Baton does not know and you vouch for; may be given again."),
        ]
    }

    private static var http: [Setting] {
        [
            Setting(
                "HTTP", "connections", .integer(count, \.server.connections),
                "Open connections; further ones are closed at once."),
            Setting(
                "HTTP", "header-timeout", .duration(times, \.server.headerTimeout),
                "From the first byte, or the TLS handshake's start, to the end of the header section."),
            Setting(
                "HTTP", "body-timeout", .duration(times, \.server.bodyTimeout),
                "A request body must bring a byte in this time."),
            Setting(
                "HTTP", "idle-timeout", .duration(times, \.server.idleTimeout),
                "A connection without a request is closed after this time."),
            Setting(
                "HTTP", "write-timeout", .duration(times, \.server.writeTimeout),
                "A connection whose peer takes no byte of a waiting response for this time is closed."),
            Setting(
                "HTTP", "connection-age", .duration(timesOrNone, \.server.connectionAge),
                "A connection older than this is told to go once it is done; 0s: never."),
            Setting(
                "HTTP", "queued-output", .bytes(size, \.server.queuedOutputBytes),
                "Response bytes that one connection may hold before Baton stops reading from it."),
            Setting(
                "HTTP", "queued-output-per-loop", .bytes(size, \.server.queuedResponseBytes),
                "Response bytes that one event loop may hold for slow readers. Over it: 503."),
            Setting(
                "HTTP", "buffered-bodies-per-loop", .bytes(size, \.server.bufferedBodyBytes),
                "Request-body bytes that one event loop may hold. Over it: 503."),
            Setting(
                "HTTP", "body-maximum", .bytes(size, \.server.http2.bodyBytes), "Largest request body. Over it: 413."),
            Setting(
                "HTTP", "header-maximum", .bytes(size, \.server.http2.headerBytes),
                "Header bytes of a request. Over it: 431."),
            Setting(
                "HTTP", "header-fields-maximum", .integer(1...1_000_000, \.server.http2.headerFields),
                "Header fields of a request. Over it: 431."),
            Setting(
                "HTTP", "target-maximum", .bytes(size, \.server.http2.targetBytes),
                "Length of the request target. Over it: 414."),
            Setting(
                "HTTP", "http1-chunk-header-maximum", .bytes(size, \.server.http1.chunkHeaderBytes),
                "Length of a chunk's header with its extensions."),
            Setting(
                "HTTP", "http1-trailer-maximum", .bytes(size, \.server.http1.trailerBytes),
                "Size of the trailer section, which is dropped."),
        ]
    }

    private static var http2: [Setting] {
        [
            Setting(
                "HTTP/2", "http2-concurrent-streams", .integer(1...1_000_000, \.server.http2.concurrentStreams),
                "Concurrent streams of a connection."),
            Setting(
                "HTTP/2", "http2-connection-header-maximum", .bytes(size, \.server.http2.connectionHeaderBytes),
                "Decoded header bytes of all open streams of a connection. Over it: the connection is closed."),
            Setting(
                "HTTP/2", "http2-resets", .integer(1...1_000_000, \.server.http2.resets),
                "Stream resets per interval. Over it: the connection is closed."),
            Setting(
                "HTTP/2", "http2-reset-interval", .seconds(1...86_400, \.server.http2.resetIntervalSeconds),
                "The interval of the resets."),
            Setting(
                "HTTP/2", "http2-control-frames", .integer(1...1_000_000, \.server.http2.controlFrames),
                "SETTINGS, PING, PRIORITY, WINDOW_UPDATE and empty frames per interval beyond what requests explain."),
            Setting(
                "HTTP/2", "http2-control-interval", .seconds(1...86_400, \.server.http2.controlIntervalSeconds),
                "The interval of the control frames."),
            Setting(
                "HTTP/2", "http2-queued-acknowledgements",
                .integer(1...1_000_000, \.server.http2.queuedAcknowledgements),
                "SETTINGS and PING acknowledgements that wait to be written."),
            Setting(
                "HTTP/2", "http2-stream-window", .bytes(65_535...(1 << 30), \.server.http2.streamWindow),
                "Receive window of a stream."),
            Setting(
                "HTTP/2", "http2-connection-window", .bytes(65_535...(1 << 30), \.server.http2.connectionWindow),
                "Receive window of a connection."),
        ]
    }

    private static var batches: [Setting] {
        [
            Setting(
                "Commands", "commands-per-batch", .integer(1...1_000_000, \.server.gateway.commandsPerBatch),
                "Commands in one pipeline or transaction."),
            Setting(
                "Commands", "arguments-per-command", .integer(1...1_000_000, \.server.gateway.argumentsPerCommand),
                "Arguments of one command, its name included."),
            Setting(
                "Commands", "subscribers-maximum", .integer(0...10_000_000, \.server.subscribersMaximum),
                "Subscribers of channels and patterns, readers of events of streams, and scans as lines, per event loop."
            ),
            Setting(
                "Commands", "subscriber-queue", .bytes(1...(1 << 30), \.server.subscriberQueueBytes),
                "Unsent bytes of a subscriber beyond which it is told `overflow` and ended."),
            Setting(
                "Commands", "upstash-writes-by-get", .flag(\.server.gateway.allowsUpstashWritesByGet),
                "On the Upstash-compatible surface GET runs commands that write (GET /set/k/v), too."),
            Setting(
                "Commands", "upstash-token-in-query", .flag(\.server.gateway.allowsUpstashTokenInQuery),
                "That surface takes the token of ?_token= as well, which logs and histories keep."),
        ]
    }

    private static var operation: [Setting] {
        [
            Setting(
                "Operation", "drain-delay", .duration(timesOrNone, \.server.drainDelay),
                "After SIGTERM, how long /readyz answers 503 before the listeners close."),
            Setting(
                "Operation", "drain-timeout", .duration(timesOrNone, \.server.drainTimeout),
                "How long requests in flight may take after that."),
            Setting(
                "Operation", "unready-after", .duration(timesOrNone, \.server.unreadyAfter),
                "/readyz answers 503 when Redis has been unusable for longer than this."),
            Setting(
                "Operation", "log-level",
                .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"], \.logLevel),
                "The least important log records to write."),
            Setting(
                "Operation", "log-format", .choice(["text", "json"], \.logFormat),
                "Lines for people or JSON lines, on standard error."),
            Setting(
                "Operation", "access-log", .flag(\.server.accessLog),
                "One line a request, without keys, values or tokens."),
            Setting(
                "Operation", "access-log-targets", .flag(\.server.accessLogTargets),
                "The request target, which names keys, in that line."),
        ]
    }
}
