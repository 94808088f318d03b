// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import ArgumentParser
import Foundation
import Glibc
import MaintenanceLab
import Rehearsal

/// `baton rehearse`: maintenance under load, to see it before trusting it.
struct Rehearse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Rehearse maintenance under load on loopback; exit status 1 if a caller noticed, 2 if it could not be held.",
        discussion: """
            Starts two private redis-servers, a stand-in for a Redis Software endpoint in front of them, a Baton and a steady
            load of GET and INCR, lets maintenance happen, and compares what the callers were told with what Redis counted.
            With --gateway it only puts the load on a gateway that runs (a GET and an INCR of two keys of its own, removed at the
            end): start it, then do the maintenance yourself. A token is read from BATON_TOKEN.

            Drills:
            \(Drill.allCases.map { "  \($0.rawValue.padding(toLength: 26, withPad: " ", startingAt: 0))\($0.summary)" }
                .joined(separator: "\n"))

            Examples:
              baton rehearse
              baton rehearse --drill moving --repeat 20
              baton rehearse --all --http 1 --json
              baton rehearse --gateway http://127.0.0.1:6380 --seconds 60
            """)

    @Option(help: "Only this drill; may be given again.")
    var drill: [String] = []

    @Flag(help: "Every drill, the control that must fail left out.")
    var all = false

    @Option(name: .customLong("repeat"), help: "How often the event of a drill happens, 1...1000.")
    var repetitions = 3

    @Option(help: "Requests a second of all callers together, 1...20000.")
    var rate = 1000

    @Option(help: "Callers, each with one request at a time, 1...1000.")
    var callers = 32

    @Option(help: "HTTP version, 1 or 2.")
    var http = 2

    @Option(help: "Seconds of load before and after each event; with --gateway, of the whole load. 1...3600.")
    var seconds = 2

    @Option(help: "Only load this gateway (http://HOST:PORT).")
    var gateway: String?

    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        try Self.check("--repeat", self.repetitions, 1...1000)
        try Self.check("--rate", self.rate, 1...20_000)
        try Self.check("--callers", self.callers, 1...1000)
        try Self.check("--http", self.http, 1...2)
        try Self.check("--seconds", self.seconds, 1...3600)
        for name in self.drill where Drill(rawValue: name) == nil {
            throw ValidationError("--drill \(name): no such drill; see baton rehearse --help")
        }
        if let gateway = self.gateway, Self.place(of: gateway) == nil {
            throw ValidationError("--gateway \(gateway): must be http://HOST:PORT")
        }
    }

    private static func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
        guard !range.contains(value) else { return }
        throw ValidationError("\(name) \(value): must be \(range.lowerBound)...\(range.upperBound)")
    }

    private static func place(of url: String) -> (host: String, port: Int)? {
        guard let parts = URLComponents(string: url), parts.scheme == "http", let host = parts.host,
            let port = parts.port
        else { return nil }
        return (host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")), port)
    }

    func run() throws {
        _ = signal(SIGPIPE, SIG_IGN)
        let command = self
        try BlockingTask.run {
            do {
                if let gateway = command.gateway, let place = Self.place(of: gateway) {
                    try await command.load(place)
                } else {
                    try await command.rehearse()
                }
            } catch let error as RehearsalError {
                StandardError.write(error.description)
                throw ExitCode(2)
            } catch let error as PrivateRedisError {
                StandardError.write(error.description)
                throw ExitCode(2)
            }
        }
    }

    private var drills: [Drill] {
        if self.all { return Drill.allCases.filter { $0 != .unannouncedStall } }
        return self.drill.isEmpty ? Drill.standard : self.drill.compactMap { Drill(rawValue: $0) }
    }

    private func rehearse() async throws {
        let redis = try PrivateRedis.start()
        defer { redis.stop() }
        let standby = try PrivateRedis.start()
        defer { standby.stop() }
        var options = RehearsalOptions()
        options.repetitions = self.repetitions
        options.seconds = self.seconds
        options.rate = self.rate
        options.callers = self.callers
        options.version = self.http == 1 ? .http1 : .http2
        let display = RehearsalDisplay(isQuiet: self.json)
        let rehearsal = Rehearsal(
            options, executable: "/proc/self/exe", backend: .unix(path: redis.socketPath),
            standby: .unix(path: standby.socketPath)
        ) { display.show($0) }
        var results: [DrillResult] = []
        for drill in self.drills {
            let result = try await rehearsal.run(drill)
            results.append(result)
            display.clear()
            if !self.json { print(RehearsalTable.text(result) + "\n") }
        }
        if self.json { print(try RehearsalTable.json(results)) }
        let noticed = results.filter(\.wasNoticed)
        if !self.json {
            print(
                noticed.isEmpty
                    ? "\(results.count) drills: no caller noticed what could be kept from it."
                    : "Callers noticed: \(noticed.map(\.drill.rawValue).joined(separator: ", ")).")
        }
        if !noticed.isEmpty { throw ExitCode(1) }
    }

    private func load(_ place: (host: String, port: Int)) async throws {
        var options = LoadOptions(host: place.host, port: place.port)
        options.rate = self.rate
        options.callers = self.callers
        options.version = self.http == 1 ? .http1 : .http2
        options.token = ProcessInfo.processInfo.environment["BATON_TOKEN"] ?? ""
        let display = RehearsalDisplay(isQuiet: self.json)
        let report = try await Rehearsal.load(options, seconds: self.seconds) { display.show($0) }
        display.clear()
        // What happened to the gateway is not known: an outcome that it did not know was not kept from its caller.
        let result = DrillResult(drill: .unannouncedClose, repetitions: 0, report: report)
        if self.json {
            print(try RehearsalTable.json([result]))
        } else {
            print((RehearsalTable.phases(of: report) + ["  \(result.verdict)"]).joined(separator: "\n"))
            for failure in report.failures.prefix(5) { print("  - \(failure)") }
        }
        if result.wasNoticed { throw ExitCode(1) }
    }
}
