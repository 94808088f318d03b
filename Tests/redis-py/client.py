#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""redis-py as a process that a test tells what to do: a client side of maintenance that knows nothing of Baton.

    client.py HOST PORT [--timeout SECONDS] [--relaxed SECONDS] [--off] [--no-retry] [--http]

Reads one order a line from its standard input and answers each with one line of JSON. It ends with its input.

    open N                  N connections of the pool are opened, and stay
    incr KEY CALLERS TIMES  so many threads increment the key so often each
    drop                    closes every connection of the pool
    load CALLERS RATE       starts a load of GET and INCR, so many a second in total, which runs on
    phase NAME              calls that are due from now on are counted under another name
    finish                  ends the load; the answer holds what became of it

With --http the load goes to a gateway instead, by the same callers with an HTTP/1.1 connection each.
"""
import argparse, collections, http.client, json, signal, sys, threading, time

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


class Refused(Exception):
    """A gateway's answer that is none of the wanted ones."""

    def __init__(self, status, outcome):
        super().__init__(f"{status} {outcome}")
        self.outcome = outcome


class Gateway:
    """What the load needs of a client, over HTTP. Each thread has a connection of its own."""

    def __init__(self, options):
        self.address, self.mine = (options.host, options.port), threading.local()

    def ask(self, method, path, body=None, fields={}):
        connection = getattr(self.mine, "connection", None)
        if connection is None:
            connection = self.mine.connection = http.client.HTTPConnection(*self.address, timeout=30)
        try:
            connection.request(method, path, body, fields)
            response = connection.getresponse()
            content = response.read()
        except Exception:
            connection.close()
            self.mine.connection = None
            raise
        if response.status >= 300:
            raise Refused(response.status, json.loads(content).get("outcome"))
        return content.decode()

    def get(self, key):
        return self.ask("GET", f"/v1/strings/{key}")

    def set(self, key, value):
        self.ask("PUT", f"/v1/strings/{key}", str(value))

    def incr(self, key):
        self.ask("POST", f"/v1/strings/{key}/increment", '{"by":1}', {"Content-Type": "application/json"})


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
            phase, error, is_surely_undone = self.phase(due), None, False
            try:
                if is_increment:
                    self.client.incr("drill:count")
                elif self.client.get("drill:value") != "value":
                    error = "wrong value"
            except Exception as caught:
                error = str(caught) if isinstance(caught, Refused) else type(caught).__name__
                is_surely_undone = getattr(caught, "outcome", None) == "not-executed"
            latency = time.monotonic() - due
            with self.lock:
                self.calls += 1
                if error is None:
                    self.acknowledged += is_increment
                    self.latencies[phase].append(latency)
                else:
                    self.failed[phase] += 1
                    self.errors[error] += 1
                    self.failed_increments += is_increment and not is_surely_undone
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
    parser.add_argument("--http", action="store_true", help="HOST and PORT are those of a gateway")
    options = parser.parse_args()
    client, load = Gateway(options) if options.http else connect(options), None
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
