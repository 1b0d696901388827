"""What nobody should send, by kinds that broke something once: for the address, the head and the body of a request."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


NOBODY = "00000000-0000-0000-0000-000000000000"
FORGED = [
    "x",
    "%00",
    "A" * 5000,
    *map(
        cursor,
        (
            "",
            "null",
            "[]",
            "{}",
            "[1]",
            "[1,1]",
            '["a","b"]',
            "[99999999999999999,1]",
            "[-99999999999999999,1]",
            "[1e308,1]",
            f'[1,"{NOBODY}"]',
            f'[99999999999999999,"{NOBODY}"]',
            '["9999-99-99",1]',
            "[null,null]",
            "[[[[1]]]]",
        ),
    ),
]
HUGE = ["-1", str(2**31), str(2**53 + 1), str(2**63), str(-(2**63) - 1), "9" * 400, "1e308", "-inf", "nan", "٣"]
BROKEN = [
    b"\x00",
    b"a\x00b",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf\xed\xa0\x80",
    b"\xd8\x00",
    b"\xff\xfe\x00\xd8",
    b"%",
    b"\\",
]
"""NUL, lone surrogates as UTF-8, half a pair of UTF-16, and what looks like an escape."""
BEYOND = [
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-03-02T09:00:00",
    "253402300800",
]
KEYS = [b"", b"k" * 201, b"k" * 200, b"\xff\xfe", b"one key for everything", b"one key for everything", NOBODY.encode()]

IN_ADDRESS: dict[str, list[bytes]] = {
    "forged cursors": [one.encode() for one in FORGED],
    "huge numbers": [one.encode() for one in HUGE],
    "broken texts": BROKEN,
    "moments out of range": [one.encode() for one in BEYOND],
    "long and odd": [b"x" * 3000, b"'", b"..", b"null", b"[]", b""],
}
IN_BODY: dict[str, list[Any]] = {
    "huge numbers": [-1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**400, 1e308, 0.1],
    "broken texts": ["\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202e\ufeff", ""],
    "moments out of range": BEYOND,
    "other shapes": [None, True, [], {}, [[[[]]]], {"a": 1}, "x" * 100_000, ["x"] * 3000],
}


def in_query(name: str) -> Iterator[bytes]:
    """Forged cursors only where a cursor is asked for, everything else everywhere."""
    for kind, values in IN_ADDRESS.items():
        if kind != "forged cursors" or name in {"cursor", "read_to"}:
            yield from values


def percent(value: bytes) -> str:
    return quote(value, safe="")


def lists_of(description: dict[str, Any]) -> list[str]:
    """The paths without places of all lists that take a cursor."""
    asked = {path: operations.get("get", {}).get("parameters", []) for path, operations in description["paths"].items()}
    return [path for path, names in asked.items() if "{" not in path and any(one["name"] == "cursor" for one in names)]
