// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where each command has its keys. What is not in it is refused to who may not use all keys: a command that names no keys and tells
/// of them (DBSIZE, KEYS), one whose keys do not bind it (a script), one of a module.
enum KeyTable {
    private static let one = KeyPlace.words(first: 1, last: 1, step: 1)
    private static let two = KeyPlace.words(first: 1, last: 2, step: 1)
    private static let all = KeyPlace.words(first: 1, last: -1, step: 1)
    private static let second = KeyPlace.words(first: 2, last: 2, step: 1)

    private static let groups: [(KeyPlace, String)] = [
        (.none, "PING ECHO TIME LOLWUT COMMAND CLIENT|HELP CLUSTER|KEYSLOT CLUSTER|HELP"),
        (.none, "OBJECT|HELP MEMORY|HELP PUBSUB|HELP XGROUP|HELP XINFO|HELP"),
        (.none, "COMMAND|COUNT COMMAND|DOCS COMMAND|GETKEYS COMMAND|GETKEYSANDFLAGS COMMAND|HELP COMMAND|INFO"),
        (.none, "COMMAND|LIST"),
        (.container, "CLIENT CLUSTER MEMORY OBJECT PUBSUB XGROUP XINFO"),
        // Keys.
        (Self.all, "EXISTS TOUCH DEL UNLINK WATCH"),
        (Self.one, "TYPE TTL PTTL EXPIRETIME PEXPIRETIME EXPIRE PEXPIRE EXPIREAT PEXPIREAT PERSIST DELEX"),
        (Self.two, "RENAME RENAMENX COPY"),
        (Self.second, "OBJECT|ENCODING OBJECT|FREQ OBJECT|IDLETIME OBJECT|REFCOUNT MEMORY|USAGE"),
        (.scan, "SCAN"),
        (.sort, "SORT SORT_RO"),
        // Strings and bits.
        (Self.one, "GET GETRANGE SUBSTR STRLEN DIGEST GETBIT BITCOUNT BITPOS BITFIELD BITFIELD_RO SETBIT"),
        (Self.one, "SET SETEX PSETEX SETRANGE SETNX GETEX GETSET GETDEL APPEND INCR INCRBY INCRBYFLOAT INCREX"),
        (Self.one, "DECR DECRBY PFADD"),
        (Self.all, "MGET PFCOUNT PFMERGE"),
        (.words(first: 1, last: -1, step: 2), "MSET MSETNX"),
        (.counted(number: 1, step: 2), "MSETEX"),
        (.words(first: 2, last: -1, step: 1), "BITOP"),
        (Self.two, "LCS"),
        // Hashes.
        (Self.one, "HGET HMGET HGETALL HKEYS HVALS HLEN HEXISTS HSTRLEN HRANDFIELD HSCAN HTTL HPTTL HEXPIRETIME"),
        (Self.one, "HPEXPIRETIME HSET HMSET HSETNX HSETEX HGETDEL HGETEX HDEL HINCRBY HINCRBYFLOAT HEXPIRE"),
        (Self.one, "HPEXPIRE HEXPIREAT HPEXPIREAT HPERSIST"),
        // Lists.
        (Self.one, "LINDEX LLEN LPOS LRANGE LINSERT LPOP LPUSH LPUSHX LREM LSET LTRIM RPOP RPUSH RPUSHX"),
        (Self.two, "LMOVE RPOPLPUSH BLMOVE BRPOPLPUSH"),
        (.words(first: 1, last: -2, step: 1), "BLPOP BRPOP BZPOPMIN BZPOPMAX"),
        (.counted(number: 1, step: 1), "LMPOP ZMPOP SINTERCARD ZINTERCARD ZUNION ZINTER ZDIFF"),
        (.counted(number: 2, step: 1), "BLMPOP BZMPOP"),
        // Sets and sorted sets.
        (Self.one, "SADD SCARD SISMEMBER SMEMBERS SMISMEMBER SRANDMEMBER SSCAN SPOP SREM"),
        (Self.all, "SDIFF SINTER SUNION SDIFFSTORE SINTERSTORE SUNIONSTORE"),
        (Self.two, "SMOVE ZRANGESTORE GEOSEARCHSTORE"),
        (.targetAndCounted, "ZUNIONSTORE ZINTERSTORE ZDIFFSTORE"),
        (Self.one, "ZADD ZCARD ZCOUNT ZINCRBY ZLEXCOUNT ZMSCORE ZPOPMAX ZPOPMIN ZRANDMEMBER ZRANGE ZRANGEBYLEX"),
        (Self.one, "ZRANGEBYSCORE ZRANK ZREM ZREMRANGEBYLEX ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE"),
        (Self.one, "ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE"),
        // Geo, vectors.
        (Self.one, "GEOADD GEODIST GEOHASH GEOPOS GEOSEARCH GEORADIUS_RO GEORADIUSBYMEMBER_RO"),
        (.radius(options: 6), "GEORADIUS"),
        (.radius(options: 5), "GEORADIUSBYMEMBER"),
        (Self.one, "VADD VCARD VDIM VEMB VGETATTR VINFO VISMEMBER VLINKS VRANDMEMBER VRANGE VREM VSETATTR VSIM"),
        // Streams.
        (Self.one, "XACK XACKDEL XADD XAUTOCLAIM XCFGSET XCLAIM XDEL XDELEX XLEN XNACK XPENDING XRANGE XREVRANGE"),
        (Self.one, "XSETID XTRIM"),
        (.streams(ofGroup: false), "XREAD"),
        (.streams(ofGroup: true), "XREADGROUP"),
        (Self.second, "XGROUP|CREATE XGROUP|CREATECONSUMER XGROUP|DELCONSUMER XGROUP|DESTROY XGROUP|SETID"),
        (Self.second, "XINFO|CONSUMERS XINFO|GROUPS XINFO|STREAM"),
        // Channels.
        (Self.one, "PUBLISH SPUBLISH"),
        (.pattern, "PUBSUB|CHANNELS PUBSUB|SHARDCHANNELS"),
        (.words(first: 2, last: -1, step: 1), "PUBSUB|NUMSUB PUBSUB|SHARDNUMSUB"),
    ]

    private static let places: [CommandName: KeyPlace] = {
        var places: [CommandName: KeyPlace] = [:]
        for (place, names) in Self.groups {
            for name in names.split(separator: " ") {
                if let name = CommandName(catalog: name) { places[name] = place }
            }
        }
        return places
    }()

    /// Where a command has its keys.
    /// - Parameter name: Its name, or that of a subcommand.
    /// - Returns: nil if that is not known.
    static func place(of name: CommandName) -> KeyPlace? {
        self.places[name]
    }
}
