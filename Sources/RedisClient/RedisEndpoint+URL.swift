// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RedisEndpoint {
    /// Parses `redis://[[user]:password@]host[:port][/db]`, `rediss://...` (TLS), or
    /// `unix://[[user]:password@]/path[?db=n]`. User, password and path are percent-decoded; the port defaults to 6379,
    /// the database to 0. `db` is also taken as a parameter of the TCP forms.
    /// - Throws: ``RedisEndpointError``, which never holds a part of the URL.
    package init(url: String) throws(RedisEndpointError) {
        guard let (scheme, afterScheme) = Self.split(url[...], at: "://") else { throw .unknownScheme }
        guard !afterScheme.contains("#") else { throw .fragment }
        let (withoutQuery, query) = Self.split(afterScheme, at: "?") ?? (afterScheme, nil)
        var rest = withoutQuery
        // The last @ before the path: a password may hold one if it was not encoded.
        let authorityEnd = rest.firstIndex(of: "/") ?? rest.endIndex
        var credentials: Substring?
        if let at = rest[..<authorityEnd].lastIndex(of: "@") {
            credentials = rest[..<at]
            rest = rest[rest.index(after: at)...]
        }
        var database = try Self.database(query: query)
        switch scheme.lowercased() {
        case "redis", "rediss":
            let (authority, path) = Self.split(rest, at: "/") ?? (rest, nil)
            if let path, !path.isEmpty { database = try Self.database(path) }
            self.init(
                address: try Self.tcp(authority), usesTLS: scheme.lowercased() == "rediss", database: database)
        case "unix", "redis+unix":
            let path = try Self.decode(rest)
            guard path.hasPrefix("/"), path.utf8.count > 1 else { throw .emptyPath }
            self.init(address: .unix(path: path), database: database)
        default:
            throw .unknownScheme
        }
        try self.take(credentials)
    }

    private mutating func take(_ credentials: Substring?) throws(RedisEndpointError) {
        guard let credentials, !credentials.isEmpty else { return }
        guard let (user, password) = Self.split(credentials, at: ":") else {
            self.username = try Self.decode(credentials)
            return
        }
        if !user.isEmpty { self.username = try Self.decode(user) }
        self.password = try Self.decode(password)
    }

    private static func tcp(_ authority: Substring) throws(RedisEndpointError) -> Address {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .badCharacter }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let tail = authority[authority.index(after: close)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { throw .badPort }
            if !tail.isEmpty { port = tail.dropFirst() }
            guard host.utf8.allSatisfy(Self.isAddressByte) else { throw .badCharacter }
        } else if let (name, number) = Self.split(authority, at: ":") {
            host = name
            port = number
        }
        guard !host.isEmpty else { throw .emptyHost }
        guard host.utf8.allSatisfy({ Self.isAddressByte($0) || Self.isNameByte($0) }) else { throw .badCharacter }
        guard let port, !port.isEmpty else { return .tcp(host: String(host), port: 6379) }
        guard let number = Self.number(port, maximum: 65_535), number > 0 else { throw .badPort }
        return .tcp(host: String(host), port: number)
    }

    private static func database(query: Substring?) throws(RedisEndpointError) -> Int {
        guard let query, !query.isEmpty else { return 0 }
        var database = 0
        for parameter in query.split(separator: "&") {
            guard let (name, value) = Self.split(parameter, at: "="), name == "db" else { throw .unknownParameter }
            database = try Self.database(value)
        }
        return database
    }

    private static func database(_ text: Substring) throws(RedisEndpointError) -> Int {
        guard let number = Self.number(text, maximum: Int(Int32.max)) else { throw .badDatabase }
        return number
    }

    /// Decimal digits only: `Int.init` would take a sign.
    private static func number(_ text: Substring, maximum: Int) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        guard let number = Int(text), number <= maximum else { return nil }
        return number
    }

    private static func decode(_ text: Substring) throws(RedisEndpointError) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
                throw .badPercentEncoding
            }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .badPercentEncoding }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        self.digit(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func split(_ text: Substring, at separator: String) -> (Substring, Substring)? {
        guard let range = text.firstRange(of: separator) else { return nil }
        return (text[..<range.lowerBound], text[range.upperBound...])
    }
}
