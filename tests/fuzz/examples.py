"""A body that a schema of the description allows, with every field of it; and the places in it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.fuzz.values import NOBODY

TEXTS = {"uuid": NOBODY, "date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00"}
Place = tuple[str | int, ...]


class Examples:
    def __init__(self, description: dict[str, Any]) -> None:
        self.shapes = description["components"]["schemas"]

    def whole(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self.shapes[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def choices(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        """The shapes of which a body has one: each command, each reason."""
        schema = self.whole(schema)
        return [self.whole(one) for one in schema.get("oneOf", [])] or [schema]

    def one(self, schema: dict[str, Any]) -> Any:
        schema = self.whole(schema)
        for word in ("const", "default"):
            if schema.get(word) is not None:
                return schema[word]
        if "enum" in schema:
            return schema["enum"][0]
        for word in ("anyOf", "oneOf", "allOf"):
            if word in schema:
                return self.one(schema[word][0])
        match schema.get("type"):
            case "object":
                return {name: self.one(field) for name, field in schema.get("properties", {}).items()}
            case "array":
                return [self.one(schema["items"])] * max(1, schema.get("minItems", 1))
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
        return TEXTS.get(schema.get("format", ""), "x" * max(3, schema.get("minLength", 0)))


def places(value: Any, before: Place = ()) -> Iterator[Place]:
    yield before
    if isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value[:1]):
            yield from places(part, (*before, name))


def changed(body: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    body = copy.deepcopy(body)
    part = body
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    return body
