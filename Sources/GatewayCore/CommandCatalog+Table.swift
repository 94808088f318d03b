// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The table. What is not in it is refused, unless the operator vouches for it.
extension CommandCatalog {
    static let groups: [Group] = Self.reads + Self.writes + Self.special + Self.subcommands + Self.refused

    private static let reads: [Group] = [
        // Keys and server.
        Group(.allow(.read), "EXISTS TYPE TTL PTTL EXPIRETIME PEXPIRETIME TOUCH KEYS SCAN RANDOMKEY DBSIZE"),
        Group(.allow(.read), "PING ECHO TIME INFO LASTSAVE ROLE LOLWUT"),
        // Strings and bits.
        Group(.allow(.read), "GET MGET GETRANGE SUBSTR STRLEN LCS DIGEST GETBIT BITCOUNT BITPOS BITFIELD_RO PFCOUNT"),
        // Hashes.
        Group(.allow(.read), "HGET HMGET HGETALL HKEYS HVALS HLEN HEXISTS HSTRLEN HRANDFIELD HSCAN"),
        Group(.allow(.read), "HTTL HPTTL HEXPIRETIME HPEXPIRETIME"),
        // Lists, sets, sorted sets.
        Group(.allow(.read), "LINDEX LLEN LPOS LRANGE"),
        Group(.allow(.read), "SCARD SDIFF SINTER SINTERCARD SISMEMBER SMEMBERS SMISMEMBER SRANDMEMBER SSCAN SUNION"),
        Group(.allow(.read), "ZCARD ZCOUNT ZDIFF ZINTER ZINTERCARD ZLEXCOUNT ZMSCORE ZRANDMEMBER ZRANGE ZRANGEBYLEX"),
        Group(.allow(.read), "ZRANGEBYSCORE ZRANK ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE"),
        Group(.allow(.read), "ZUNION SORT_RO"),
        // Geo, streams, vectors.
        Group(.allow(.read), "GEODIST GEOHASH GEOPOS GEOSEARCH GEORADIUS_RO GEORADIUSBYMEMBER_RO"),
        Group(.allow(.read), "XLEN XRANGE XREVRANGE XPENDING"),
        Group(.allow(.read), "VCARD VDIM VEMB VGETATTR VINFO VISMEMBER VLINKS VRANDMEMBER VRANGE VSIM"),
        // Scripts that Redis itself keeps from writing.
        Group(.allow(.read), "EVAL_RO EVALSHA_RO FCALL_RO"),
    ]

    private static let writes: [Group] = [
        // The same data and the same answer, whatever was there.
        Group(.allow(.overwrite), "MSET SETEX PSETEX HMSET"),
        // The same data and the same answer when run twice in a row.
        Group(.allow(.repeatable), "SETRANGE LSET PFMERGE"),
        Group(.set, "SET"),
        Group(.expire, "EXPIRE PEXPIRE EXPIREAT PEXPIREAT"),
        Group(.getEx, "GETEX"),
        // Everything else answers otherwise the second time, or does more.
        Group(.allow(.unsafe), "DEL UNLINK DELEX PERSIST RENAME RENAMENX FLUSHALL FLUSHDB"),
        Group(.allow(.unsafe), "SETNX MSETNX MSETEX GETSET GETDEL APPEND INCR INCRBY INCRBYFLOAT INCREX DECR DECRBY"),
        Group(.allow(.unsafe), "SETBIT BITOP BITFIELD PFADD"),
        Group(.allow(.unsafe), "HSET HSETNX HSETEX HGETDEL HGETEX HDEL HINCRBY HINCRBYFLOAT"),
        Group(.allow(.unsafe), "HEXPIRE HPEXPIRE HEXPIREAT HPEXPIREAT HPERSIST"),
        Group(.allow(.unsafe), "LINSERT LMOVE LMPOP LPOP LPUSH LPUSHX LREM LTRIM RPOP RPOPLPUSH RPUSH RPUSHX"),
        Group(.allow(.unsafe), "SADD SDIFFSTORE SINTERSTORE SMOVE SPOP SREM SUNIONSTORE"),
        Group(.allow(.unsafe), "ZADD ZDIFFSTORE ZINCRBY ZINTERSTORE ZMPOP ZPOPMAX ZPOPMIN ZRANGESTORE ZREM"),
        Group(.allow(.unsafe), "ZREMRANGEBYLEX ZREMRANGEBYRANK ZREMRANGEBYSCORE ZUNIONSTORE"),
        Group(.allow(.unsafe), "GEOADD GEOSEARCHSTORE VADD VREM VSETATTR"),
        Group(.allow(.unsafe), "XACK XACKDEL XADD XAUTOCLAIM XCFGSET XCLAIM XDEL XDELEX XNACK XSETID XTRIM"),
        Group(.publish, "PUBLISH SPUBLISH"),
        Group(.script, "EVAL EVALSHA FCALL"),
    ]

    private static let special: [Group] = [
        Group(.readUnlessStoring, "SORT GEORADIUS GEORADIUSBYMEMBER"),
        Group(.copy, "COPY"),
        Group(.blockingLast, "BLPOP BRPOP BRPOPLPUSH BLMOVE BZPOPMIN BZPOPMAX"),
        Group(.blockingFirst, "BLMPOP BZMPOP"),
        Group(.streamRead(.read), "XREAD"),
        Group(.streamRead(.unsafe), "XREADGROUP"),
        Group(.refuse(.unknownBlockingForm), "BLMOVEM"),
        Group(.answer, "QUIT"),
        Group(.select, "SELECT"),
        Group(.container, "CLIENT CLUSTER FUNCTION MEMORY OBJECT PUBSUB SCRIPT XGROUP XINFO"),
        Group(.openContainer, "COMMAND"),
    ]

    private static let subcommands: [Group] = [
        Group(.answer, "CLIENT|SETNAME CLIENT|SETINFO"),
        Group(.allow(.read), "CLIENT|HELP"),
        Group(.refuse(.replyMode), "CLIENT|REPLY"),
        Group(.refuse(.tracking), "CLIENT|TRACKING CLIENT|CACHING CLIENT|TRACKINGINFO CLIENT|GETREDIR"),
        Group(.refuse(.session), "CLIENT|NO-EVICT CLIENT|NO-TOUCH CLIENT|CAPA CLIENT|IMPORT-SOURCE"),
        Group(.refuse(.session), "CLIENT|MAINT_NOTIFICATIONS"),
        Group(.refuse(.control), "CLIENT|KILL CLIENT|PAUSE CLIENT|UNPAUSE CLIENT|UNBLOCK"),
        Group(.refuse(.introspection), "CLIENT|ID CLIENT|INFO CLIENT|GETNAME CLIENT|LIST"),
        Group(.allow(.read), "CLUSTER|KEYSLOT CLUSTER|HELP"),
        Group(.allow(.read), "COMMAND|COUNT COMMAND|DOCS COMMAND|GETKEYS COMMAND|GETKEYSANDFLAGS COMMAND|HELP"),
        Group(.allow(.read), "COMMAND|INFO COMMAND|LIST"),
        Group(.allow(.read), "FUNCTION|LIST FUNCTION|STATS FUNCTION|HELP"),
        Group(.allow(.unsafe), "FUNCTION|LOAD FUNCTION|DELETE FUNCTION|FLUSH"),
        Group(.refuse(.dataMovement), "FUNCTION|DUMP FUNCTION|RESTORE"),
        Group(.refuse(.control), "FUNCTION|KILL"),
        Group(.allow(.read), "MEMORY|USAGE MEMORY|HELP"),
        Group(.allow(.read), "OBJECT|ENCODING OBJECT|FREQ OBJECT|IDLETIME OBJECT|REFCOUNT OBJECT|HELP"),
        Group(.allow(.read), "PUBSUB|CHANNELS PUBSUB|NUMPAT PUBSUB|NUMSUB PUBSUB|SHARDCHANNELS PUBSUB|SHARDNUMSUB"),
        Group(.allow(.read), "PUBSUB|HELP"),
        Group(.allow(.read), "SCRIPT|EXISTS SCRIPT|HELP SCRIPT|SHOW"),
        Group(.allow(.repeatable), "SCRIPT|LOAD"),
        Group(.allow(.unsafe), "SCRIPT|FLUSH"),
        Group(.refuse(.control), "SCRIPT|KILL"),
        Group(.refuse(.debugging), "SCRIPT|DEBUG"),
        Group(.allow(.unsafe), "XGROUP|CREATE XGROUP|CREATECONSUMER XGROUP|DELCONSUMER XGROUP|DESTROY XGROUP|SETID"),
        Group(.allow(.read), "XGROUP|HELP XINFO|CONSUMERS XINFO|GROUPS XINFO|STREAM XINFO|HELP"),
    ]

    private static let refused: [Group] = [
        Group(.refuse(.identity), "AUTH HELLO RESET ACL"),
        Group(.refuse(.session), "HIMPORT"),
        Group(.refuse(.transaction), "MULTI EXEC DISCARD WATCH UNWATCH"),
        Group(.refuse(.subscription), "SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE"),
        Group(.refuse(.monitor), "MONITOR"),
        Group(.refuse(.waiting), "WAIT WAITAOF"),
        Group(.refuse(.replication), "SYNC PSYNC REPLCONF"),
        Group(.refuse(.control), "SHUTDOWN FAILOVER"),
        Group(.refuse(.routing), "ASKING READONLY READWRITE RESTORE-ASKING"),
        Group(.refuse(.debugging), "DEBUG PFDEBUG PFSELFTEST"),
        Group(.refuse(.administration), "CONFIG MODULE REPLICAOF SLAVEOF BGSAVE BGREWRITEAOF SAVE BACKUP LATENCY"),
        Group(.refuse(.administration), "SLOWLOG COMMANDLOG HOTKEYS SENTINEL"),
        Group(.refuse(.administration), "CLUSTER|MEET CLUSTER|FORGET CLUSTER|REPLICATE CLUSTER|FAILOVER CLUSTER|RESET"),
        Group(.refuse(.administration), "CLUSTER|ADDSLOTS CLUSTER|ADDSLOTSRANGE CLUSTER|DELSLOTS"),
        Group(.refuse(.administration), "CLUSTER|DELSLOTSRANGE CLUSTER|FLUSHSLOTS CLUSTER|SETSLOT CLUSTER|BUMPEPOCH"),
        Group(.refuse(.administration), "CLUSTER|SET-CONFIG-EPOCH CLUSTER|SAVECONFIG CLUSTER|MIGRATION"),
        Group(.refuse(.administration), "CLUSTER|INFO CLUSTER|SHARDS CLUSTER|SLOTS CLUSTER|NODES CLUSTER|LINKS"),
        Group(.refuse(.administration), "CLUSTER|MYID CLUSTER|MYSHARDID CLUSTER|REPLICAS CLUSTER|SLAVES"),
        Group(.refuse(.administration), "CLUSTER|COUNT-FAILURE-REPORTS CLUSTER|COUNTKEYSINSLOT CLUSTER|GETKEYSINSLOT"),
        Group(
            .refuse(.administration), "CLUSTER|SLOT-STATS MEMORY|DOCTOR MEMORY|PURGE MEMORY|STATS MEMORY|MALLOC-STATS"),
        Group(.refuse(.dataMovement), "MIGRATE RESTORE DUMP SWAPDB MOVE"),
    ]
}
