# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""Uses a gateway through the unmodified upstash-redis package, by its sync and its async client.

client.py URL TOKEN - prints a line for each area that works, and a traceback and exit status 1 for what does not.
"""

import asyncio
import sys

from upstash_redis import Redis
from upstash_redis.asyncio import Redis as AsyncRedis
from upstash_redis.errors import UpstashError


def strings(redis):
    assert redis.set("s", "value") is True
    assert redis.get("s") == "value"
    assert redis.set("s", "other", nx=True) is False
    assert redis.set("s", "w", get=True) == "value"
    assert redis.append("s", "xyz") == 4
    assert redis.getrange("s", 1, 2) == "xy"
    assert redis.setrange("s", 1, "AB") == 4 and redis.get("s") == "wABz"
    assert redis.strlen("s") == 4 and redis.get("absent") is None
    assert redis.mset({"m1": "1", "m2": "2"}) is True and redis.mget("m1", "m2", "absent") == ["1", "2", None]
    assert redis.msetnx({"m1": "x", "m3": "x"}) is False
    assert redis.incr("n") == 1 and redis.incrby("n", 9007199254740993) == 9007199254740994
    assert redis.decrby("n", 4) == 9007199254740990 and redis.incrbyfloat("f", 1.5) == 1.5
    assert redis.setex("e", 100, "v") is True and 0 < redis.ttl("e") <= 100
    assert redis.getdel("e") == "v" and redis.getex("s", ex=50) == "wABz"
    assert redis.psetex("p", 100000, "v") is True and 0 < redis.pttl("p") <= 100000


def binaryish(redis):
    text = "\u00e9\n\r\t\0\"\\\u2028 \U0001f600 a,b"
    assert redis.set(text, text) is True and redis.get(text) == text
    assert redis.set("empty", "") is True and redis.get("empty") == ""
    assert redis.set("ok", "OK") is True and redis.get("ok") == "OK"
    large = "x" * 1_000_000
    assert redis.set("large", large) is True and redis.get("large") == large


def keys(redis):
    redis.set("k1", "1")
    assert redis.exists("k1", "absent") == 1 and redis.type("k1") == "string"
    assert redis.expire("k1", 100) is True and redis.persist("k1") is True
    assert redis.rename("k1", "k2") is True and redis.copy("k2", "k3") is True
    assert redis.touch("k2", "k3") == 2 and redis.unlink("k3") == 1 and redis.delete("k2") == 1
    redis.set("k4", "1")
    assert redis.dbsize() == 1 and redis.echo("hello") == "hello" and redis.ping() == "PONG"
    assert len(redis.time()) == 2


def scans(redis):
    for number in range(50):
        redis.set(f"scan:{number}", number)
    cursor, found = 0, set()
    while True:
        cursor, page = redis.scan(cursor, match="scan:*", count=10)
        found.update(page)
        if int(cursor) == 0:
            break
    assert len(found) == 50
    redis.sadd("scanset", *range(20))
    assert len(redis.sscan("scanset", count=100)[1]) == 20
    redis.hset("scanhash", values={f"f{number}": number for number in range(5)})
    assert redis.hscan("scanhash", 0)[1]["f3"] == "3"
    redis.zadd("scanzset", {"a": 1, "b": 2.5})
    assert redis.zscan("scanzset", 0)[1] == [("a", 1.0), ("b", 2.5)]


def hashes(redis):
    assert redis.hset("h", values={"a": "1", "b": "2"}) == 2
    assert redis.hget("h", "a") == "1" and redis.hgetall("h") == {"a": "1", "b": "2"}
    assert redis.hmget("h", "a", "absent") == ["1", None] and redis.hlen("h") == 2
    assert redis.hincrby("h", "a", 4) == 5 and redis.hincrbyfloat("h", "b", 0.5) == 2.5
    assert redis.hexists("h", "a") is True and redis.hsetnx("h", "a", "x") is False
    assert sorted(redis.hkeys("h")) == ["a", "b"] and sorted(redis.hvals("h")) == ["2.5", "5"]
    assert redis.hrandfield("h", 5, withvalues=True) == {"a": "5", "b": "2.5"}
    assert redis.hstrlen("h", "a") == 1 and redis.hdel("h", "a", "b") == 2 and redis.hgetall("h") == {}


def lists(redis):
    assert redis.rpush("l", "a", "b", "c") == 3 and redis.lpush("l", "z") == 4
    assert redis.lrange("l", 0, -1) == ["z", "a", "b", "c"] and redis.llen("l") == 4
    assert redis.lindex("l", 1) == "a" and redis.lset("l", 1, "A") is True
    assert redis.linsert("l", "BEFORE", "A", "x") == 5 and redis.lpos("l", "A") == 2
    assert redis.lpop("l") == "z" and redis.rpop("l", 2) == ["c", "b"]
    assert redis.lmove("l", "l2", "LEFT", "RIGHT") == "x" and redis.lrem("l", 0, "A") == 1
    assert redis.lpop("absent") is None and redis.ltrim("l2", 0, 0) == "OK"


def sets(redis):
    assert redis.sadd("s1", "a", "b") == 2 and redis.sadd("s2", "b", "c") == 2
    assert set(redis.smembers("s1")) == {"a", "b"} and redis.scard("s1") == 2
    assert redis.sismember("s1", "a") is True and redis.smismember("s1", "a", "x") == [True, False]
    assert set(redis.sunion("s1", "s2")) == {"a", "b", "c"} and list(redis.sinter("s1", "s2")) == ["b"]
    assert list(redis.sdiff("s1", "s2")) == ["a"] and redis.sunionstore("s3", "s1", "s2") == 3
    assert redis.smove("s1", "s2", "a") is True and redis.srem("s1", "b") == 1
    assert len(redis.srandmember("s3", 2)) == 2 and len(redis.spop("s3", 3)) == 3


def sorted_sets(redis):
    assert redis.zadd("z", {"a": 1, "b": 2.5, "c": 3}) == 3
    assert redis.zrange("z", 0, -1) == ["a", "b", "c"]
    assert redis.zrange("z", 0, -1, withscores=True) == [("a", 1.0), ("b", 2.5), ("c", 3.0)]
    assert redis.zrangebyscore("z", 2, "+inf", withscores=True) == [("b", 2.5), ("c", 3.0)]
    assert redis.zrevrange("z", 0, 0, withscores=True) == [("c", 3.0)]
    assert redis.zscore("z", "b") == 2.5 and redis.zmscore("z", ["a", "x"]) == [1.0, None]
    assert redis.zincrby("z", 0.5, "a") == 1.5 and redis.zrank("z", "c") == 2 and redis.zcard("z") == 3
    assert redis.zpopmin("z") == [("a", 1.5)] and redis.zpopmax("z", 2) == [("c", 3.0), ("b", 2.5)]
    redis.zadd("z1", {"a": 1, "b": 2})
    redis.zadd("z2", {"b": 3})
    assert redis.zunion(["z1", "z2"], withscores=True) == [("a", 1.0), ("b", 5.0)]
    assert redis.zinter(["z1", "z2"]) == ["b"] and redis.zdiff(["z1", "z2"], withscores=True) == [("a", 1.0)]
    assert sorted(redis.zrandmember("z1", 5, withscores=True)) == [("a", 1.0), ("b", 2.0)]


def geo(redis):
    assert redis.geoadd("g", (13.361389, 38.115556, "Palermo"), (15.087269, 37.502669, "Catania")) == 2
    assert abs(redis.geodist("g", "Palermo", "Catania", "KM") - 166.27) < 0.1
    assert redis.geohash("g", "Palermo") == ["sqc8b49rny0"]
    positions = redis.geopos("g", "Palermo", "absent")
    assert abs(positions[0][0] - 13.361389) < 0.001 and positions[1] is None
    found = redis.geosearch("g", longitude=15, latitude=37, radius=200, unit="KM", order="ASC")
    assert found == ["Catania", "Palermo"]
    found = redis.geosearch("g", longitude=15, latitude=37, radius=200, unit="KM", order="ASC", withdist=True, withcoord=True)
    assert [each.member for each in found] == ["Catania", "Palermo"]
    assert found[0].distance == 56.4413 and abs(found[0].longitude - 15.087269) < 0.001


def bits(redis):
    assert redis.setbit("b", 7, 1) == 0 and redis.getbit("b", 7) == 1 and redis.bitcount("b") == 1
    assert redis.bitpos("b", 1) == 7
    assert redis.bitfield("bf").set("u8", 0, 200).incrby("u8", 0, 10).get("u8", 0).execute() == [0, 210, 210]
    redis.set("b1", "a")
    redis.set("b2", "b")
    assert redis.bitop("AND", "b3", "b1", "b2") == 1
    assert redis.pfadd("hll", "a", "b") is True and redis.pfcount("hll") == 2


def scripts(redis):
    assert redis.eval("return {KEYS[1], ARGV[1], 1, false}", keys=["k"], args=["v"]) == ["k", "v", 1, None]
    assert redis.eval("return redis.status_reply('OK')") == "OK"
    sha = redis.script_load("return 'loaded'")
    assert redis.evalsha(sha) == "loaded" and redis.script_exists(sha) == [True]
    assert redis.eval_ro("return 5") == 5
    try:
        redis.evalsha("0" * 40)
        raise AssertionError("a script that is not there ran")
    except UpstashError as error:
        assert "NOSCRIPT" in str(error)


def streams(redis):
    first = redis.xadd("x", "*", {"f": "1", "g": "2"})
    redis.xadd("x", "*", {"f": "2"})
    assert redis.xlen("x") == 2
    assert len(redis.xrange("x", "-", "+")) == 2
    read = redis.xread({"x": "0-0"})
    assert read[0][0] == "x" and read[0][1][0][0] == first and read[0][1][0][1] == ["f", "1", "g", "2"]
    assert redis.xgroup_create("x", "g", "0") == "OK"
    taken = redis.xreadgroup("g", "c", {"x": ">"}, count=1)
    assert taken[0][1][0][0] == first
    assert redis.xpending("x", "g")[0] == 1 and redis.xack("x", "g", first) == 1
    assert redis.xdel("x", first) == 1 and redis.xtrim("x", maxlen=0) >= 1


def batches(redis):
    pipeline = redis.pipeline()
    pipeline.set("pk", "1").incr("pk").get("pk").hgetall("absent")
    assert pipeline.exec() == [True, 2, "2", {}]
    multi = redis.multi()
    multi.set("mk", "1").incr("mk").zadd("mz", {"a": 1}).zrange("mz", 0, -1, withscores=True)
    assert multi.exec() == [True, 2, 1, [("a", 1.0)]]
    broken = redis.pipeline()
    broken.set("str", "x").lpush("str", "y")
    try:
        broken.exec()
        raise AssertionError("an error was lost")
    except UpstashError as error:
        assert "WRONGTYPE" in str(error)


def errors(redis):
    for call in (lambda: redis.execute(["NOPE"]), lambda: redis.execute(["GET"]), lambda: redis.execute(["BLPOP", "q", "0"]),
                 lambda: redis.execute(["MULTI"]), lambda: redis.execute(["JSON.SET", "j", "$", "1"])):
        try:
            call()
            raise AssertionError("no error came")
        except UpstashError:
            pass
    assert redis.ping() == "PONG"


def publishing(redis):
    assert redis.publish("channel", "message") == 0


def own_writes(redis, other):
    for number in range(50):
        redis.set("ryw", number)
        assert other.get("ryw") == str(number)


async def asynchronous(url, token):
    async with AsyncRedis(url=url, token=token) as redis:
        assert await redis.set("async", "1") is True and await redis.incr("async") == 2
        pipeline = redis.pipeline()
        pipeline.get("async")
        pipeline.zadd("asyncz", {"a": 1.5})
        pipeline.zrange("asyncz", 0, -1, withscores=True)
        assert await pipeline.exec() == ["2", 1, [("a", 1.5)]]
        assert sorted(await asyncio.gather(*(redis.incr("gathered") for _ in range(20)))) == list(range(1, 21))
        assert await redis.get("gathered") == "20"


def main(url, token):
    redis = Redis(url=url, token=token)
    areas = (strings, binaryish, keys, scans, hashes, lists, sets, sorted_sets, geo, bits, scripts, streams, batches,
             errors, publishing)
    for area in areas:
        redis.flushdb()
        area(redis)
        print("covered:", area.__name__)
    own_writes(redis, Redis(url=url + "/", token=token))
    print("covered: own_writes, a base URL that ends in a slash")
    main_upstash = Redis(url=url + "/upstash", token=token)
    assert main_upstash.ping() == "PONG"
    print("covered: the mount at /upstash")
    asyncio.run(asynchronous(url, token))
    print("covered: asynchronous")
    try:
        Redis(url=url, token="wrong").get("s")
        raise AssertionError("a wrong token was accepted")
    except UpstashError as error:
        assert "WRONGPASS" in str(error)
    print("covered: a wrong token")


if __name__ == "__main__":
    main(*sys.argv[1:])
