// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import ArgumentParser
import Foundation
import GatewaySettings
import NIOCore

/// `baton check-config`: says what the settings come to, or everything that is wrong with them.
struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the settings and print what they come to; exit status 1 if they are not usable.",
        usage: "baton check-config [--config FILE] [settings of serve ...]")

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var arguments: [String] = []

    func run() throws {
        let arguments = self.arguments
        try BlockingTask.run {
            let settings: Settings
            do {
                settings = try await SettingsLoader.load(
                    arguments: arguments, environment: ProcessInfo.processInfo.environment,
                    eventLoops: System.coreCount)
            } catch let error as SettingsError {
                StandardError.write(error.description)
                throw ExitCode(1)
            }
            let width = settings.effective.map(\.name.count).max() ?? 0
            for setting in settings.effective {
                let name = setting.name.padding(toLength: width, withPad: " ", startingAt: 0)
                print("\(name)  \(setting.value.isEmpty ? "-" : setting.value)  (\(setting.source))")
            }
        }
    }
}
