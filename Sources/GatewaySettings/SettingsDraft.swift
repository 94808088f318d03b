// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayServer
import RedisClient

/// The values while they are collected: every setting has its place here, with its default.
struct SettingsDraft {
    var server = ServerConfiguration(redis: RedisConfiguration(endpoint: RedisEndpoint(address: .unix(path: ""))))
    var listen = ["127.0.0.1:6380"]
    var redis = ""
    var redisTLSVerify = "full"
    var redisTLSCA = ""
    var maintenanceNotifications = "auto"
    var movingEndpointType = "auto"
    var handoffTargets: [String] = []
    var handoffPortPolicy = "any"
    var tokenFile = ""
    var tlsCertificate = ""
    var tlsKey = ""
    var tlsClientCA = ""
    var allowedCommands: [String] = []
    var allowedHosts: [String] = []
    var origins: [String] = []
    var logLevel = "info"
    var logFormat = "text"
}
