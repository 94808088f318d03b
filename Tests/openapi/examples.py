# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""Holds the API's description against a gateway: the document is valid, every operation and every example of it is tried.

examples.py DOCUMENT URL SOCKET GUARDED-URL - the gateway at URL asks for no token and has the Redis at SOCKET, which is emptied; the
one at GUARDED-URL asks for tokens and knows `secret` (read, write) and `reader` (read). Prints what is wrong and ends with status 1, or
counts what was tried. With `--show` it prints each answer, too.

What is needed before each request stands in `scenarios.py`. An answer must have a documented status and media type, be valid by the
schema, and equal the document's example but for what varies.
"""

import http.client
import json
import sys
import urllib.parse

import redis
from openapi_spec_validator import OpenAPIV31SpecValidator

from document import Document, text
from scenarios import ERRORS, FORMS_ONLY, SCENARIOS, VARIES

#: Of which other values an example shows one.
NEAR_MS = 5000


class Fault(Exception):
    pass


def differs(example, real, varies, is_part=False, name=None):
    """Where an answer is another than its example; None if nowhere."""
    if name in varies:
        return None if type(example) is type(real) else f"{name}: {real!r} instead of {example!r}"
    if name == "ttl_ms" and type(example) is int and type(real) is int:
        return None if 0 <= example - real <= NEAR_MS or 0 <= real - example <= NEAR_MS else f"{name}: {real}"
    if isinstance(example, dict) and isinstance(real, dict):
        missing = set(example) - set(real) or (not is_part and set(real) - set(example))
        if missing:
            return f"{name or 'the answer'}: {sorted(missing)} not in both: {json.dumps(real)}"
        parts = [differs(example[key], real[key], varies, is_part, key) for key in example]
        return next((part for part in parts if part), None)
    if isinstance(example, list) and isinstance(real, list) and len(example) == len(real):
        parts = [differs(one, other, varies, is_part, name) for one, other in zip(example, real)]
        return next((part for part in parts if part), None)
    same = example == real and isinstance(example, bool) == isinstance(real, bool)
    return None if same else f"{name or 'the answer'}: {real!r} instead of {example!r}"


class Trial:
    """One gateway, one Redis, and what of the document has been seen."""

    def __init__(self, document, url, socket, guarded):
        self.document = document
        self.urls = {"open": url, "guarded": guarded}
        self.redis = redis.Redis(unix_socket_path=socket)
        self.operations = dict(document.operations())
        self.seen, self.exercised, self.requests, self.faults = set(), set(), 0, []
        self.shows = "--show" in sys.argv

    # Requests

    def request(self, method, target, headers, body, base="open", script=None):
        """The status, fields and body of an answer; of one without an end as much as its example has."""
        self.requests += 1
        address = urllib.parse.urlsplit(self.urls[base])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
        try:
            connection.request(method, target, body=body, headers=headers)
            response = connection.getresponse()
            fields = {name.lower(): value for name, value in response.getheaders()}
            if script is None:
                return response.status, fields, response.read()
            for command in script["then"]:
                self.redis.execute_command(*command)
            content = b""
            while len(content) < script["bytes"]:
                line = response.readline()
                if not line:
                    break
                if not line.startswith(b": hb"):
                    content += line
            return response.status, fields, content
        finally:
            connection.close()

    def example(self, place, chosen):
        """The one example at a place, or the chosen one."""
        named = self.document.named(place)
        if chosen is None and len(named) > 1:
            raise Fault(f"several examples at {text(place)}: the scenario must choose")
        if chosen is not None and chosen not in named:
            raise Fault(f"no example {chosen} at {text(place)}")
        if not named:
            return None
        where, value = named[chosen] if chosen is not None else next(iter(named.values()))
        self.seen.add(where)
        return value

    def target(self, place, scenario):
        """The path and query by the examples of the parameters: the needed ones, and those that the scenario uses."""
        path, query, headers = place[1], [], {}
        uses, instead = scenario.get("uses", {}), scenario.get("path", {})
        for (where, name), parameter in self.document.parameters(place).items():
            value = self.document.resolve(parameter)[1]
            if where == "path" and name in instead:
                path = path.replace("{" + name + "}", instead[name])
                continue
            if not (value.get("required") or name in uses):
                continue
            example = self.example(parameter, uses.get(name))
            if example is None:
                raise Fault(f"the parameter {name} has no example")
            if where == "path":
                path = path.replace("{" + name + "}", str(example))
            elif where == "header":
                headers[name] = str(example)
            else:
                query += [(name, part) for part in (example if isinstance(example, list) else [example])]
        query = urllib.parse.urlencode(query)
        return path + ("?" + query if query else ""), headers

    def content(self, place, scenario):
        """The media type and the bytes of the request's body."""
        content = self.document.resolve(place)[1].get("requestBody", {}).get("content", {})
        wanted = scenario.get("body")
        for media in content:
            named = self.document.named(place + ("requestBody", "content", media))
            if named and wanted is None or wanted in named:
                value = self.example(place + ("requestBody", "content", media), wanted)
                return media, json.dumps(value).encode() if media == "application/json" else value.encode()
        if content:
            raise Fault("the body has no example")
        return None, None

    # Answers

    def check(self, place, status, fields, body, scenario):
        responses = self.document.resolve(place + ("responses",))[1]
        if status != scenario["status"]:
            raise Fault(f"status {status} instead of {scenario['status']}: {body[:300]}")
        described = str(status) if str(status) in responses else "default"
        if described == "default" and status < 400:
            raise Fault(f"status {status} is not described")
        at, response = self.document.resolve(place + ("responses", described))
        for name in response.get("headers", {}):
            header = self.document.resolve(at + ("headers", name))[0]
            if name.lower() in fields:
                for where, value in self.document.named(header).values():
                    if str(value) == fields[name.lower()]:
                        self.seen.add(where)
        if place[2] == "head" or not body and "content" not in response:
            return
        media = fields.get("content-type", "").split(";")[0]
        if media not in response.get("content", {}):
            raise Fault(f"{media or 'a body without a type'} is not described for {status}: {body[:100]}")
        at += ("content", media)
        is_json = media.endswith("json") and not media.endswith("ndjson")
        value = json.loads(body) if is_json else body.decode("utf-8", "replace")
        faults = self.document.faults(at + ("schema",), value) if "schema" in response["content"][media] else []
        if faults:
            raise Fault(f"the answer is not valid: {faults}: {body[:300]}")
        if "answer" in scenario and scenario["answer"] is None:
            return
        example = self.example(at, scenario.get("answer"))
        if example is None:
            if is_json and media != "application/problem+json":
                raise Fault(f"no example at {text(at)}; it would be {json.dumps(value)[:2000]}")
            return
        difference = differs(example, value, VARIES | scenario.get("varies", set()), scenario.get("part", False))
        if difference:
            raise Fault(f"unlike its example: {difference}")

    def run(self, name, scenario, prefix=""):
        place = self.operations[name]
        self.redis.flushall()
        self.redis.execute_command("FUNCTION", "FLUSH")
        for command in scenario["before"]:
            self.redis.execute_command(*command)
        target, headers = self.target(place, scenario)
        media, body = self.content(place, scenario)
        if media:
            headers["Content-Type"] = media
        headers.update(scenario.get("headers", {}))
        script = None
        if "then" in scenario:
            responses = place + ("responses", "200")
            events = self.document.resolve(responses)[0] + ("content", "text/event-stream")
            example = self.example(events, scenario.get("answer")) if scenario.get("answer", "") is not None else ""
            script = {"then": scenario["then"], "bytes": len(example) or 1}
        status, fields, content = self.request(place[2].upper(), prefix + target, headers, body, script=script)
        if self.shows:
            print(name, status, content.decode("utf-8", "replace"))
        self.check(place, status, fields, content, scenario)
        self.exercised.add(name)

    def run_all(self):
        for name, scenarios in SCENARIOS.items():
            if name not in self.operations:
                continue
            servers = self.document.tree["paths"][self.operations[name][1]].get("servers", [{"url": ""}])
            for scenario in scenarios:
                for server in servers:
                    try:
                        self.run(name, scenario, server["url"].rstrip("/"))
                    except (Fault, OSError, ValueError, redis.RedisError) as fault:
                        self.faults.append(f"{name}: {fault}")

    def provoke(self, error):
        """A request that must fail with a problem, as the document says."""
        self.redis.flushall()
        for command in error["before"]:
            self.redis.execute_command(*command)
        method, target = error["request"].split(" ")
        body = error.get("body", "").encode() or None
        status, fields, content = self.request(method, target, error["headers"], body, error["gateway"])
        if error["operation"] is not None:
            self.check(self.operations[error["operation"]], status, fields, content, {"answer": None} | error)
        else:
            # No operation: what every path may answer.
            faults = self.document.faults(("components", "schemas", "Problem"), json.loads(content))
            if faults or status != error["status"]:
                raise Fault(f"{status}: {faults} {content}")
            headers = ("components", "responses", "Problem", "headers")
            for name in self.document.resolve(headers)[1]:
                for where, value in self.document.named(self.document.resolve(headers + (name,))[0]).values():
                    if str(value) == fields.get(name.lower()):
                        self.seen.add(where)
        problem = json.loads(content)
        if problem["type"] != "/problems/" + error["type"] or problem["status"] != status:
            raise Fault(f"another problem: {problem}")

    def provoke_all(self):
        for error in ERRORS:
            try:
                self.provoke(error)
            except (Fault, OSError, ValueError, KeyError, redis.RedisError) as fault:
                self.faults.append(f"{error['request']} ({error['status']}): {fault}")


def main():
    path, url, socket, guarded = [word for word in sys.argv[1:] if not word.startswith("--")]
    document = Document(path)
    trial = Trial(document, url, socket, guarded)
    for error in OpenAPIV31SpecValidator(document.tree).iter_errors():
        trial.faults.append(f"not OpenAPI 3.1: {text(error.absolute_path)}: {error.message[:300]}")
    total = 0
    for place, value, schema in document.examples():
        total += 1
        faults = document.faults(schema, value)
        trial.faults += [f"{text(place)} is not valid: {fault}" for fault in faults]
    trial.run_all()
    trial.provoke_all()
    for name in trial.operations.keys() - trial.exercised:
        trial.faults.append(f"{name}: no example was tried with success")
    for name in SCENARIOS.keys() - trial.operations.keys():
        trial.faults.append(f"{name}: there is no such operation")
    for place, _, _ in document.examples():
        if place not in trial.seen and text(place) not in FORMS_ONLY:
            trial.faults.append(f"{text(place)} was not seen in any request or answer")
    for fault in trial.faults:
        print(fault)
    print(f"{len(trial.exercised)} of {len(trial.operations)} operations, {len(trial.seen)} of {total} examples,"
          f" {len(ERRORS)} problems, {trial.requests} requests, {len(trial.faults)} faults")
    sys.exit(1 if trial.faults else 0)


main()
