// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import PackageDescription

/// Every target is written in Swift 6 mode with warnings as errors and strict memory safety.
let checks: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Set by Tests/Fuzz/run: the package then has the fuzz targets as well, and every check.
let isFuzzing = Context.environment["BATON_FUZZ"] != nil

/// Dynamic exclusivity checks cost a tenth of the instructions of a request. Debug builds, and with them every
/// test, keep them; the release build of the request path does not.
let hot: [SwiftSetting] =
    isFuzzing ? checks : checks + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
/// Its lock, and not `Mutex`, is used throughout: the thread sanitizer knows that of the C library only.
let nioLocks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK: Target.Dependency = .product(name: "NIOHPACK", package: "swift-nio-http2")
let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "baton",
    products: [.executable(name: "baton", targets: ["baton"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: ["YAML", "CommandLineArguments", "Logging"]),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Leaves: they know nothing of each other, except that both HTTP engines produce HTTPCore's request value.
        .systemLibrary(name: "CNGHTTP2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),
        // What Swift has no word for.
        .target(name: "CPrefetch"),
        .target(name: "HTTPCore", dependencies: [nioCore], swiftSettings: hot),
        .target(name: "HTTP2Engine", dependencies: ["CNGHTTP2", "CPrefetch", "HTTPCore", nioCore], swiftSettings: hot),
        .target(name: "HTTP1Engine", dependencies: ["HTTPCore", nioCore], swiftSettings: hot),
        .target(name: "RESP", dependencies: [nioCore], swiftSettings: hot),
        .target(name: "JSONCodec", dependencies: [nioCore], swiftSettings: hot),
        .target(name: "Telemetry", dependencies: ["JSONCodec", nioCore, logging], swiftSettings: hot),

        // Redis: pure machines, and the NIO driver of them.
        .target(name: "RedisCore", dependencies: ["RESP", nioCore, collections], swiftSettings: hot),
        .target(
            name: "RedisClient",
            dependencies: ["RedisCore", "RESP", "Telemetry", nioCore, nioPosix, nioSSL, nioTLS, collections, logging],
            swiftSettings: hot),

        // The gateway: pure translation, and the NIO server around it.
        .target(
            name: "GatewayCore", dependencies: ["HTTPCore", "JSONCodec", "RESP", "RedisCore", nioCore, crypto],
            swiftSettings: hot),
        .target(
            name: "GatewayServer",
            dependencies: [
                "CPrefetch", "GatewayCore", "HTTPCore", "HTTP2Engine", "HTTP1Engine", "JSONCodec", "RESP", "RedisCore",
                "RedisClient", "Telemetry", nioCore, nioLocks, nioPosix, nioSSL, nioTLS, collections, logging,
                lifecycle,
            ], swiftSettings: hot),
        .target(
            name: "GatewaySettings",
            dependencies: [
                "GatewayServer", "GatewayCore", "HTTP2Engine", "HTTP1Engine", "RedisClient", "RedisCore", "RESP",
                nioCore,
                logging, .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ], swiftSettings: checks),
        // A stand-in for a Redis Software endpoint.
        .target(
            name: "MaintenanceLab", dependencies: ["RESP", nioCore, nioPosix, collections], swiftSettings: checks),
        // Maintenance under load.
        .target(
            name: "Rehearsal",
            dependencies: ["MaintenanceLab", "HTTP2Engine", nioCore, nioLocks, nioPosix, nioHTTP1],
            swiftSettings: checks),
        .executableTarget(
            name: "baton",
            dependencies: [
                "Rehearsal", "MaintenanceLab", "GatewayServer", "GatewaySettings", "GatewayCore", "RedisClient",
                "Telemetry", nioCore, nioLocks, logging,
                lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: checks),

        // Tests: TestKit holds what more than one suite needs.
        .target(
            name: "TestKit", dependencies: ["RESP", nioCore, nioPosix, nioHTTP1, nioHTTP2, nioHPACK, nioSSL],
            path: "Tests/TestKit", swiftSettings: checks),
        .testTarget(name: "HTTPCoreTests", dependencies: ["HTTPCore", nioCore], swiftSettings: checks),
        .testTarget(
            name: "HTTP2EngineTests",
            dependencies: ["HTTP2Engine", "CNGHTTP2", "HTTPCore", "TestKit", nioCore, nioHPACK],
            swiftSettings: checks),
        .testTarget(
            name: "HTTP1EngineTests",
            dependencies: ["HTTP1Engine", "HTTPCore", "TestKit", nioCore, nioHTTP1, nioEmbedded],
            swiftSettings: checks),
        .testTarget(name: "RESPTests", dependencies: ["RESP", "TestKit", nioCore], swiftSettings: checks),
        .testTarget(name: "JSONCodecTests", dependencies: ["JSONCodec", "TestKit", nioCore], swiftSettings: checks),
        .testTarget(
            name: "TelemetryTests", dependencies: ["Telemetry", nioCore, nioLocks, nioPosix, logging],
            swiftSettings: checks),
        .testTarget(name: "RedisCoreTests", dependencies: ["RedisCore", "RESP", nioCore], swiftSettings: checks),
        .testTarget(
            name: "RedisClientTests",
            dependencies: [
                "RedisClient", "RedisCore", "RESP", "Telemetry", "TestKit", nioCore, nioPosix, nioEmbedded, nioSSL,
                logging,
            ],
            swiftSettings: checks),
        .testTarget(
            name: "GatewayCoreTests",
            dependencies: ["GatewayCore", "HTTPCore", "JSONCodec", "RESP", "RedisCore", nioCore],
            swiftSettings: checks),
        .testTarget(
            name: "GatewayServerTests",
            dependencies: [
                "GatewayServer", "GatewayCore", "HTTPCore", "HTTP2Engine", "RESP", "RedisClient", "RedisCore",
                "Telemetry", "TestKit",
                nioCore, nioPosix, nioEmbedded, logging,
            ], swiftSettings: checks),
        .testTarget(
            name: "GatewaySettingsTests",
            dependencies: [
                "GatewaySettings", "GatewayServer", "GatewayCore", "RedisClient", "RedisCore", nioCore, logging,
            ],
            swiftSettings: checks),
        .testTarget(
            name: "MaintenanceLabTests",
            dependencies: ["MaintenanceLab", "RESP", "TestKit", nioCore, nioLocks, nioPosix], swiftSettings: checks),
        .testTarget(name: "RehearsalTests", dependencies: ["Rehearsal", nioCore], swiftSettings: checks),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "baton", "GatewayCore", "MaintenanceLab", "TestKit", "RESP", nioCore, nioLocks, nioPosix, nioHTTP1,
                nioHTTP2, nioHPACK, nioSSL,
            ], swiftSettings: checks),
    ]
)

/// The fuzz targets and what each of them is about.
let fuzzers: [(name: String, dependencies: [Target.Dependency])] = [
    ("HTTP1SessionFuzz", ["HTTP1Engine", "HTTPCore", nioCore]),
    ("HTTP2SessionFuzz", ["HTTP2Engine", "HTTPCore", nioCore]),
    ("JSONReaderFuzz", ["JSONCodec", nioCore]),
    ("MaintenancePushFuzz", ["RedisCore", "RESP", nioCore]),
    ("RESPDecoderFuzz", ["RESP", nioCore]),
]

if isFuzzing {
    for fuzzer in fuzzers {
        package.products.append(.library(name: fuzzer.name, type: .static, targets: [fuzzer.name]))
        package.targets.append(
            .target(
                name: fuzzer.name, dependencies: fuzzer.dependencies, path: "Tests/Fuzz/\(fuzzer.name)",
                swiftSettings: checks))
    }
}
