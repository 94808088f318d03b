// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The pure part of the gateway: header sections and bodies in; plans, answers and problems out.
///
/// A request goes through ``admit(_:cache:)`` when its header section is complete, through
/// ``translate(_:fields:body:)`` when its body is, and its replies through ``ReplyRenderer``. The simplest requests of all
/// take a shorter way to the same answers: ``direct(_:cache:)``. Nothing here knows a socket, a clock or a random number, so
/// each rule is a matter of values.
package struct Gateway: Sendable {
    package let configuration: GatewayConfiguration
    /// Whether a token is asked for; the table itself is looked at only then.
    let isAuthenticating: Bool
    /// Whether requests may name certain hosts only.
    let isCheckingHosts: Bool
    let policy: CommandPolicy
    /// The route table; a global of a module is looked up at each use, a member is not.
    let rules: [RouteRule]
    /// How many of them the templates decide about.
    let routedCount: Int

    /// What callers have loaded.
    package let scripts: ScriptStore

    /// - Parameters:
    ///   - configuration: The settings.
    ///   - scripts: Shared by all event loops; nil: of its own.
    package init(configuration: GatewayConfiguration, scripts: ScriptStore? = nil) {
        self.scripts = scripts ?? ScriptStore(limit: configuration.scriptBytes)
        self.configuration = configuration
        self.isAuthenticating = configuration.tokens != nil
        self.isCheckingHosts = configuration.allowedHosts != nil
        self.rules = RouteTable.rules
        self.routedCount = RouteTable.routed.count
        self.policy = CommandPolicy(configuration)
    }
}
