"""The page about the log from outside names every number with its unit, and no field that does not exist."""

from __future__ import annotations

import re
from typing import Any

from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import Status
from gezhi.kernel.links import ALGORITHM
from tests.guards.pages.log_pages import log_entry_schema
from tests.guards.source import ROOT

PAGE = (ROOT / "docs" / "log-format.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([A-Z]\w+\.\w+)`", PAGE))


def section(begin: str) -> str:
    return PAGE.partition(begin)[2].partition("\n## ")[0]


def is_number(part: dict[str, Any]) -> bool:
    """Whether numbers may stand there, alone or in a list."""
    inside = [*part.get("anyOf", ()), *part.get("prefixItems", ())]
    items = part.get("items")
    return part.get("type") == "integer" or any(
        map(is_number, [*inside, *([items] if isinstance(items, dict) else [])])
    )


def fields() -> dict[str, dict[str, Any]]:
    parts = log_entry_schema()["$defs"].items()
    return {f"{name}.{field}": what for name, part in parts for field, what in part.get("properties", {}).items()}


def test_every_number_of_the_log_is_on_the_page_with_its_unit() -> None:
    numbers = {name for name, what in fields().items() if is_number(what)}
    assert len(numbers) > 60
    assert numbers - NAMED == set()


def test_the_page_names_no_field_that_an_entry_cannot_have() -> None:
    assert NAMED - set(fields()) == set()


def test_every_version_of_an_entry_is_told() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", section("**Versions.**"), re.MULTILINE))
    assert {name.removeprefix("Versions.") for name in fields() if name.startswith("Versions.")} == told


def test_every_entry_that_moves_a_clock_is_a_kind_of_entry_or_a_status() -> None:
    rows = re.findall(r"^\| (.+?) \| .+ \|$", section("## What an entry does to the clocks"), re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    assert len(named) > 20
    assert named - {*EntryKind, *Status} == set()


def test_the_algorithm_that_is_written_is_on_the_page() -> None:
    assert f"| {ALGORITHM} | SHA-256(" in PAGE
