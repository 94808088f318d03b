# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""The API's description as a tree whose places have names (JSON pointers), with its examples and its schemas."""

import pathlib
import urllib.parse

import yaml
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

METHODS = ("get", "head", "put", "post", "patch", "delete")


class Document:
    def __init__(self, path):
        self.tree = yaml.safe_load(pathlib.Path(path).read_text())
        resource = Resource(contents=self.tree, specification=DRAFT202012)
        self.registry = Registry().with_resource("urn:baton", resource)

    def resolve(self, place):
        """The place that is meant, behind any `$ref`, and what is there."""
        value = self.tree
        for part in place:
            value = value[part]
        while isinstance(value, dict) and "$ref" in value:
            place = tuple(part.replace("~1", "/").replace("~0", "~") for part in value["$ref"][2:].split("/"))
            place, value = self.resolve(place)
        return place, value

    def faults(self, schema, instance):
        """What is wrong with an instance by the schema at a place."""
        fragment = "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in schema)
        reference = {"$ref": "urn:baton#/" + urllib.parse.quote(fragment)}
        validator = OAS31Validator(reference, registry=self.registry)
        return [error.message[:300] for error in validator.iter_errors(instance)]

    def operations(self):
        for path, item in self.tree["paths"].items():
            for method in METHODS:
                if method in item:
                    yield item[method]["operationId"], ("paths", path, method)

    def parameters(self, operation):
        """The places of an operation's parameters, by place of the parameter (`path`, `query`, `header`) and name."""
        found = {}
        for base in (operation[:2], operation):
            for index in range(len(self.resolve(base)[1].get("parameters", []))):
                place, value = self.resolve(base + ("parameters", index))
                found[value["in"], value["name"]] = place
        return found

    def named(self, place):
        """The examples at a place (a media type, a parameter, a header) by name; a lone `example` has the name None."""
        value = self.resolve(place)[1]
        found = {}
        if "example" in value:
            found[None] = place + ("example",), value["example"]
        for name, example in value.get("examples", {}).items():
            found[name] = place + ("examples", name), example["value"]
        return found

    def examples(self):
        """Every example of the document: its place, its value, and the place of its schema."""

        def visit(place, value):
            if isinstance(value, list):
                for index, part in enumerate(value):
                    yield from visit(place + (index,), part)
            if not isinstance(value, dict):
                return
            # A schema that has one is its schema; elsewhere it stands beside it.
            schema = place + ("schema",) if "schema" in value else place
            for where, example in self.named(place).values() if "$ref" not in value else ():
                yield where, example, schema
            for name, part in value.items():
                if name not in ("example", "examples", "enum", "const"):
                    yield from visit(place + (name,), part)

        yield from visit((), self.tree)


def text(place):
    return "#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in place)
