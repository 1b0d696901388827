"""What the front end asks for is what the API answers."""

from __future__ import annotations

import json
import re

from tests.guards.source import ROOT

CALLS = ROOT / "web" / "packages" / "api" / "src" / "calls.ts"
CALL = re.compile(r'call<.*?>\(\s*"(GET|POST|PUT|PATCH|DELETE)",\s*(["`])(.+?)\2', re.DOTALL)
PLACE = re.compile(r"\$?\{[^}]*\}")


def answered() -> set[tuple[str, str]]:
    paths = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))["paths"]
    return {
        (method.upper(), PLACE.sub("*", path.removeprefix("/api/v1")))
        for path, entry in paths.items()
        for method in entry
    }


def is_answered(method: str, path: str, known: set[tuple[str, str]]) -> bool:
    """A place in the middle of an asked path may also stand for one of several fixed words."""
    asked = re.compile(re.escape(path).replace(r"\*", r"[^/]+"))
    return any(verb == method and asked.fullmatch(one) for verb, one in known)


def test_every_request_of_the_front_end_has_its_operation() -> None:
    asked = {(method, PLACE.sub("*", path)) for method, _, path in CALL.findall(CALLS.read_text(encoding="utf-8"))}
    assert len(asked) >= 15
    known = answered()
    assert sorted(one for one in asked if not is_answered(*one, known)) == []
