// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Commands of every kind, in an order in which each has something to answer. Words stand between spaces; a word in `'` may hold some.
enum UpstashCorpus {
    static let commands: [[String]] = Self.text.split(separator: "\n").map { Self.words($0) }

    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isOpen = false
        for character in line {
            if character == "'" {
                isQuoted.toggle()
                isOpen = true
            } else if character == " ", !isQuoted {
                if isOpen { words.append(word) }
                word = ""
                isOpen = false
            } else {
                word.append(character)
                isOpen = true
            }
        }
        if isOpen { words.append(word) }
        return words
    }

    private static let text = """
        PING
        PING hello
        ECHO ''
        ECHO 'two words'
        SET s value
        SET s other NX
        SET s v2 XX GET
        SET s v3 EX 100
        SET s v4 KEEPTTL
        GET s
        GET absent
        GETSET s v5
        GETDEL absent
        GETEX s PERSIST
        GETRANGE s 0 1
        SUBSTR s 0 -1
        SETRANGE s 5 x
        STRLEN s
        STRLEN absent
        APPEND s tail
        SETNX s no
        SETEX e 100 v
        PSETEX e 100000 v
        MSET a 1 b 2
        MSETNX a 1 c 2
        MGET a b absent
        INCR a
        INCRBY a 10
        DECR a
        DECRBY a 3
        INCRBYFLOAT f 1.5
        INCRBYFLOAT f -0.1
        INCRBYFLOAT f 3.0e3
        INCR s
        INCR
        LCS a b
        LCS s e IDX
        SET l1 ohmytext
        SET l2 mynewtext
        LCS l1 l2
        LCS l1 l2 LEN
        LCS l1 l2 IDX MINMATCHLEN 2 WITHMATCHLEN
        EXISTS s absent
        TYPE s
        TYPE absent
        TTL s
        TTL absent
        PTTL absent
        EXPIRE s 100
        EXPIRE s 200 GT
        EXPIRE s 1 NX
        PERSIST s
        EXPIREAT s 33177117420
        EXPIRETIME s
        PEXPIRE s 100000 LT
        PEXPIREAT s 33177117420000
        PEXPIRETIME s
        RENAME a a2
        RENAME absent x
        RENAMENX a2 b
        COPY b b3
        COPY b b3
        COPY b b3 REPLACE
        TOUCH b b3 absent
        UNLINK b3
        DEL absent
        OBJECT ENCODING b
        OBJECT ENCODING absent
        OBJECT REFCOUNT s
        OBJECT HELP
        KEYS nothing*
        SORT absent
        SETBIT bit 7 1
        GETBIT bit 7
        BITCOUNT bit
        BITCOUNT bit 0 -1 BIT
        BITPOS bit 1
        BITOP NOT bit2 bit
        BITOP AND bit3 bit bit2
        BITFIELD bf SET u8 0 200 INCRBY u8 0 10 GET u8 0
        BITFIELD bf OVERFLOW FAIL INCRBY u8 0 200
        BITFIELD_RO bf GET u4 0
        PFADD hll a b c
        PFADD hll a
        PFCOUNT hll
        PFMERGE hll2 hll
        HSET h a 1 b 2 c three
        HSET h a 1
        HSETNX h a x
        HGET h a
        HGET h absent
        HGET absent a
        HMSET h d 4
        HMGET h a absent d
        HGETALL h
        HGETALL absent
        HKEYS h
        HVALS h
        HKEYS absent
        HLEN h
        HEXISTS h a
        HSTRLEN h c
        HINCRBY h a 5
        HINCRBYFLOAT h b 0.5
        HINCRBY h c 1
        HRANDFIELD absent
        HRANDFIELD absent 3
        HRANDFIELD h 100
        HRANDFIELD h 100 WITHVALUES
        HSCAN h 0
        HSCAN h 0 MATCH a*
        HDEL h d
        HGETALL s
        RPUSH l a b c d
        LPUSH l z
        LPUSHX absent x
        RPUSHX l y
        LRANGE l 0 -1
        LRANGE absent 0 -1
        LLEN l
        LINDEX l 0
        LINDEX l 99
        LSET l 0 zz
        LSET l 99 x
        LSET absent 0 x
        LINSERT l BEFORE a x
        LINSERT l AFTER nowhere x
        LINSERT absent BEFORE a x
        LPOS l a
        LPOS l nowhere
        LPOS l a COUNT 0
        LPOS l nowhere COUNT 0
        LREM l 1 x
        LTRIM l 0 3
        LPOP l
        LPOP l 2
        LPOP absent
        LPOP absent 2
        RPOP l
        RPOP absent 1
        RPUSH q 1 2 3 4
        LMOVE q q2 LEFT RIGHT
        LMOVE absent q2 LEFT RIGHT
        RPOPLPUSH q q2
        LMPOP 2 absent q LEFT COUNT 2
        LMPOP 1 absent LEFT
        SORT q2
        SORT q2 DESC LIMIT 0 1
        SORT q2 ALPHA STORE sorted
        SORT_RO q2 GET # GET nothing_*
        SADD set 1 2 3
        SADD set 1
        SADD words alpha beta gamma
        SMEMBERS set
        SMEMBERS words
        SMEMBERS absent
        SCARD set
        SISMEMBER set 1
        SMISMEMBER set 1 9
        SMISMEMBER absent 1
        SRANDMEMBER absent
        SRANDMEMBER absent 2
        SRANDMEMBER set 10
        SPOP absent
        SPOP absent 2
        SPOP words 3
        SADD s1 a b c
        SADD s2 b c d
        SINTER s1 s2
        SINTER s1 absent
        SUNION s1 s2
        SDIFF s1 s2
        SINTERCARD 2 s1 s2
        SINTERCARD 2 s1 s2 LIMIT 1
        SINTERSTORE s3 s1 s2
        SUNIONSTORE s3 s1 s2
        SDIFFSTORE s3 s1 s2
        SMOVE s1 s2 a
        SMOVE s1 s2 nowhere
        SREM s2 d
        SSCAN set 0
        SADD set
        ZADD z 1 a 2.5 b 3 c
        ZADD z NX 9 a
        ZADD z XX CH 1.5 a
        ZADD z GT 1 a
        ZADD z INCR 0.25 a
        ZADD z NX INCR 1 a
        ZADD z inf top -inf bottom
        ZCARD z
        ZCOUNT z -inf +inf
        ZSCORE z a
        ZSCORE z absent
        ZSCORE z top
        ZMSCORE z a absent top
        ZMSCORE absent a
        ZINCRBY z 1 a
        ZRANK z a
        ZRANK z absent
        ZREVRANK z a
        ZRANGE z 0 -1
        ZRANGE z 0 -1 WITHSCORES
        ZRANGE z 0 -1 REV WITHSCORES
        ZRANGE absent 0 -1 WITHSCORES
        ZRANGE z (1 5 BYSCORE
        ZRANGE z (1 5 BYSCORE LIMIT 0 1 WITHSCORES
        ZRANGEBYSCORE z -inf +inf
        ZRANGEBYSCORE z -inf +inf WITHSCORES
        ZREVRANGEBYSCORE z +inf -inf WITHSCORES LIMIT 1 2
        ZREVRANGE z 0 1
        ZREVRANGE z 0 1 WITHSCORES
        ZADD lex 0 a 0 b 0 c
        ZRANGEBYLEX lex [a (c
        ZREVRANGEBYLEX lex + -
        ZLEXCOUNT lex - +
        ZRANGE lex [a [b BYLEX
        ZADD y 10 a 20 d 0.1 e
        ZUNION 2 z y
        ZUNION 2 z y WITHSCORES
        ZUNION 2 z y WEIGHTS 1 2 AGGREGATE MAX WITHSCORES
        ZINTER 2 z y
        ZINTER 2 z y WITHSCORES
        ZINTERCARD 2 z y
        ZDIFF 2 z y
        ZDIFF 2 z y WITHSCORES
        ZUNIONSTORE zs 2 z y
        ZINTERSTORE zs 2 z y
        ZDIFFSTORE zs 2 z y
        ZRANGESTORE zs z 0 1
        ZRANDMEMBER absent
        ZRANDMEMBER absent 2
        ZRANDMEMBER absent 2 WITHSCORES
        ZRANDMEMBER lex 10
        ZRANDMEMBER lex 10 WITHSCORES
        ZSCAN z 0
        ZPOPMIN z
        ZPOPMIN z 2
        ZPOPMAX z
        ZPOPMAX z 1
        ZPOPMIN absent
        ZPOPMIN absent 2
        ZMPOP 2 absent y MIN
        ZMPOP 1 y MAX COUNT 2
        ZMPOP 1 absent MIN
        ZREM lex a
        ZREMRANGEBYRANK lex 0 0
        ZREMRANGEBYSCORE y -inf +inf
        ZREMRANGEBYLEX lex - +
        ZADD z notanumber a
        GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
        GEODIST g Palermo Catania
        GEODIST g Palermo Catania km
        GEODIST g Palermo absent
        GEOHASH g Palermo absent
        GEOPOS g Palermo absent Catania
        GEOPOS absent Palermo
        GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC
        GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC WITHCOORD WITHDIST WITHHASH
        GEOSEARCH g FROMMEMBER Palermo BYBOX 400 400 km DESC WITHDIST
        GEOSEARCHSTORE gs g FROMLONLAT 15 37 BYRADIUS 200 km
        GEORADIUS g 15 37 200 km WITHDIST
        GEORADIUS_RO g 15 37 200 km WITHCOORD
        GEORADIUSBYMEMBER g Palermo 200 km
        GEORADIUSBYMEMBER_RO g Palermo 200 km WITHDIST
        XADD x 1-1 f 1 g 2
        XADD x 1-2 f 2
        XADD x 1-2 f 2
        XADD absent NOMKSTREAM 1-1 f v
        XADD x MAXLEN = 10 2-1 f 3
        XLEN x
        XRANGE x - +
        XRANGE x - + COUNT 1
        XRANGE absent - +
        XREVRANGE x + - COUNT 2
        XREAD STREAMS x 0
        XREAD COUNT 1 STREAMS x 0
        XREAD STREAMS x 99
        XREAD STREAMS x absent 0 0
        XGROUP CREATE x g 0
        XGROUP CREATE x g 0
        XGROUP CREATE made g $ MKSTREAM
        XGROUP CREATECONSUMER x g idle
        XPENDING x g
        XREADGROUP GROUP g c COUNT 2 STREAMS x >
        XREADGROUP GROUP g c STREAMS x 0
        XREADGROUP GROUP g c STREAMS x >
        XREADGROUP GROUP g c STREAMS x >
        XREADGROUP GROUP nogroup c STREAMS x >
        XPENDING x g
        XPENDING x nogroup
        XACK x g 1-1
        XCLAIM x g d 0 1-2
        XCLAIM x g d 0 1-2 JUSTID
        XAUTOCLAIM x g e 0 0
        XAUTOCLAIM x g e 0 0 COUNT 1 JUSTID
        XINFO STREAM made
        XINFO GROUPS x
        XINFO GROUPS made
        XINFO CONSUMERS made g
        XINFO STREAM absent
        XDEL x 1-1
        XTRIM x MAXLEN 1
        XSETID x 5-0
        XGROUP SETID x g 0
        XGROUP DELCONSUMER x g c
        XGROUP DESTROY x g
        EVAL 'return 1' 0
        EVAL 'return "text"' 0
        EVAL 'return 3.99' 0
        EVAL 'return true' 0
        EVAL 'return false' 0
        EVAL 'return nil' 0
        EVAL 'return {1,"two",false,{3,4},true}' 0
        EVAL 'return {KEYS[1],ARGV[1]}' 1 k a
        EVAL 'return redis.status_reply("FINE")' 0
        EVAL 'return redis.status_reply("OK")' 0
        EVAL 'return redis.error_reply("MY error")' 0
        EVAL 'return {redis.pcall("get"),redis.call("set","ev","1")}' 0
        EVAL 'return redis.call("hgetall",KEYS[1])' 1 h
        EVAL 'return redis.call("zrange",KEYS[1],0,-1,"withscores")' 1 zs
        EVAL 'redis.setresp(3) return redis.call("hgetall",KEYS[1])' 1 h
        EVAL 'redis.setresp(3) return redis.call("zscore",KEYS[1],"a")' 1 zs
        EVAL 'redis.setresp(3) return redis.call("smembers",KEYS[1])' 1 set
        EVAL 'redis.setresp(3) return true' 0
        EVAL 'redis.setresp(3) return {double=1.5}' 0
        EVAL 'redis.setresp(3) return {map={a=1}}' 0
        EVAL 'redis.setresp(3) return {big_number="12345678901234567890"}' 0
        EVAL 'redis.setresp(3) return {verbatim_string={format="txt",string="hello"}}' 0
        EVAL 'return {ok="FINE"}' 0
        EVAL 'return redis.call("nope")' 0
        EVAL 'this is no lua' 0
        EVAL_RO 'return redis.call("get","ev")' 0
        EVALSHA 0000000000000000000000000000000000000000 0
        SCRIPT LOAD 'return 7'
        SCRIPT EXISTS 0000000000000000000000000000000000000000
        EVALSHA 2d5d8ca09e5d4e1c7b4ef5fd5d4bb3b8a3d5b4a1 0
        FUNCTION LIST
        FCALL absent 0
        COMMAND COUNT
        COMMAND INFO get nope
        COMMAND GETKEYS MSET a 1 b 2
        COMMAND LIST FILTERBY PATTERN xinfo
        COMMAND DOCS get
        PUBLISH channel message
        PUBSUB CHANNELS
        PUBSUB NUMSUB a b
        PUBSUB NUMPAT
        LOLWUT VERSION 1
        DBSIZE
        NOPE a b
        GET
        SET k
        HSET h odd
        LPUSH s x
        SCAN 0 COUNT 0
        SCAN x
        UNLINK s e f b l1 l2
        FLUSHDB
        """
}
