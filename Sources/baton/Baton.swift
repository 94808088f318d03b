// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import ArgumentParser

@main
struct Baton: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baton",
        abstract: "An HTTP/2 gateway to Redis: REST in, pipelined Redis commands out.",
        discussion: """
            Examples:
              baton                                        a private Redis, on http://127.0.0.1:6380
              baton serve --redis redis://cache:6379
              baton serve --listen 0.0.0.0:443 --tls-certificate c.pem --tls-key k.pem --token-file tokens
              BATON_REDIS=unix:///run/redis.sock baton serve --event-loops 4
              baton rehearse                               maintenance under load, on loopback
              baton check-config --config /etc/baton.yaml
            """,
        subcommands: [Serve.self, CheckConfig.self, Rehearse.self, Version.self], defaultSubcommand: Serve.self)
}
