// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What is wrong with an endpoint's URL. No case carries a part of the URL, for any part may be a password that was put
/// in the wrong place.
package enum RedisEndpointError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownScheme
    case emptyHost
    case badPort
    case badDatabase
    case badPercentEncoding
    case badCharacter
    case emptyPath
    case unknownParameter
    case fragment

    package var description: String {
        switch self {
        case .unknownScheme: "the URL must begin with redis://, rediss:// or unix://"
        case .emptyHost: "the URL names no host"
        case .badPort: "the port must be a number from 1 to 65535"
        case .badDatabase: "the database must be a number from 0 to 2147483647"
        case .badPercentEncoding: "a percent sign must be followed by two hexadecimal digits, and make UTF-8 text"
        case .badCharacter: "the host holds a character that no host name or address has"
        case .emptyPath: "the URL names no socket"
        case .unknownParameter: "the only parameter is db"
        case .fragment: "a number sign in a user name or password must be written as %23"
        }
    }
}
