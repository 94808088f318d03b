#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""redis-py as a process that a test tells what to do: a client side of maintenance that knows nothing of Baton.

    client.py HOST PORT [--timeout SECONDS] [--relaxed SECONDS] [--off] [--no-retry]

Reads one order a line from its standard input and answers each with one line of JSON. It ends with its input.

    open N                  N connections of the pool are opened, and stay
    incr KEY CALLERS TIMES  so many threads increment the key so often each
    drop                    closes every connection of the pool
    load CALLERS RATE       starts a load of GET and INCR, so many a second in total, which runs on
    phase NAME              calls that are due from now on are counted under another name
    finish                  ends the load; the answer holds what became of it
"""
import argparse, collections, json, signal, sys, threading, time

import redis
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

# Nobody waits longer for a test.
signal.alarm(180)


def connect(options):
    config = MaintNotificationsConfig(
        enabled=not options.off, proactive_reconnect=True, relaxed_timeout=options.relaxed)
    more = {"retry": Retry(NoBackoff(), 0)} if options.no_retry else {}
    return redis.Redis(
        host=options.host, port=options.port, protocol=3, decode_responses=True, socket_timeout=options.timeout,
        maint_notifications_config=config, **more)


def open_connections(client, count):
    pool = client.connection_pool
    held = [pool.get_connection() for _ in range(count)]
    for connection in held:
        pool.release(connection)
    return {"opened": len(held)}


def increment(client, key, callers, times):
    lock, errors, slowest, done = threading.Lock(), collections.Counter(), 0.0, 0

    def call():
        nonlocal slowest, done
        for _ in range(times):
            started, error = time.monotonic(), None
            try:
                client.incr(key)
            except Exception as caught:
                error = type(caught).__name__
            with lock:
                slowest = max(slowest, time.monotonic() - started)
                if error is None:
                    done += 1
                else:
                    errors[error] += 1

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"done": done, "errors": errors, "slowest_ms": round(1000 * slowest, 3)}


class Load:
    """Callers with a constant rate: a latency counts from when the call was due, whatever came before it."""

    def __init__(self, client, callers, rate):
        self.client, self.ends = client, False
        self.begun = [(0.0, "steady")]
        self.lock = threading.Lock()
        self.latencies = collections.defaultdict(list)
        self.failed, self.errors = collections.Counter(), collections.Counter()
        self.calls, self.acknowledged, self.failed_increments = 0, 0, 0
        client.set("drill:value", "value")
        client.set("drill:count", 0)
        start, period = time.monotonic() + 0.1, callers / rate
        self.threads = [
            threading.Thread(target=self.call, args=(start + index / rate, period, index % 2 == 0))
            for index in range(callers)]
        for thread in self.threads:
            thread.start()

    def call(self, due, period, is_increment):
        while not self.ends:
            time.sleep(max(0, due - time.monotonic()))
            phase, error = self.phase(due), None
            try:
                if is_increment:
                    self.client.incr("drill:count")
                elif self.client.get("drill:value") != "value":
                    error = "wrong value"
            except Exception as caught:
                error = type(caught).__name__
            latency = time.monotonic() - due
            with self.lock:
                self.calls += 1
                if error is None:
                    self.acknowledged += is_increment
                    self.latencies[phase].append(latency)
                else:
                    self.failed[phase] += 1
                    self.errors[error] += 1
                    self.failed_increments += is_increment
            due, is_increment = due + period, not is_increment

    def begin(self, phase):
        self.begun.append((time.monotonic(), phase))

    def phase(self, due):
        """The one in which a call was due: what is late because of an event belongs to it."""
        return next(name for start, name in reversed(self.begun) if start <= due)

    def finish(self):
        self.ends = True
        for thread in self.threads:
            thread.join()
        return {
            "calls": self.calls, "failed": sum(self.failed.values()), "errors": self.errors,
            "acknowledged": self.acknowledged, "failed_increments": self.failed_increments,
            "phases": {name: self.summary(name) for name in ("steady", "event", "after")}}

    def summary(self, phase):
        values = sorted(self.latencies[phase])
        at = lambda share: round(1000 * values[min(len(values) - 1, int(share * len(values)))], 1) if values else None
        return {"answered": len(values), "failed": self.failed[phase], "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--timeout", type=float, default=1.0, help="of a reply, in seconds; 1")
    parser.add_argument("--relaxed", type=float, default=10.0, help="of a reply while maintenance goes on, in seconds; 10")
    parser.add_argument("--off", action="store_true", help="do not ask for notifications")
    parser.add_argument("--no-retry", action="store_true", help="no command is sent again")
    options = parser.parse_args()
    client, load = connect(options), None
    for line in sys.stdin:
        order, *words = line.split()
        if order == "open":
            answer = open_connections(client, int(words[0]))
        elif order == "incr":
            answer = increment(client, words[0], int(words[1]), int(words[2]))
        elif order == "drop":
            client.connection_pool.disconnect()
            answer = {}
        elif order == "load":
            load, answer = Load(client, int(words[0]), float(words[1])), {}
        elif order == "phase":
            load.begin(words[0])
            answer = {}
        elif order == "finish":
            answer, load = load.finish(), None
        else:
            sys.exit(f"client.py: no such order: {order}")
        print(json.dumps({"version": redis.__version__, **answer}), flush=True)


main()
