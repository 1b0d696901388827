from __future__ import annotations

import pytest

from gezhi.catalog.rules.search import search
from tests.catalog.invented import entry, shipped_catalog

NAMES = ("路灯井盖", "路灯", "景观灯", "上水井盖", "污水井盖")
ENTRIES = [entry(f"01{number:02}", name) for number, name in enumerate(NAMES, start=1)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("路灯", ["路灯", "路灯井盖"]),
        ("井盖", ["路灯井盖", "上水井盖", "污水井盖"]),
        (" 井 盖 ", ["路灯井盖", "上水井盖", "污水井盖"]),
        ("0103", ["景观灯"]),
        ("2013-part-0103", ["景观灯"]),
        ("污井", ["污水井盖"]),
        ("井污", []),
        ("", list(NAMES)),
    ],
)
def test_the_best_match_comes_first(text: str, names: list[str]) -> None:
    assert [found.name for found in search(ENTRIES, text)] == names


def test_english_names_are_found_in_any_case() -> None:
    found = shipped_catalog("2013").search("STREET light", edition="2013")
    assert [entry.name for entry in found] == ["路灯", "路灯井盖"]


def test_the_kind_narrows_the_search() -> None:
    catalog = shipped_catalog("2013")
    assert [entry.key for entry in catalog.search("0101", edition="2013")] == ["2013-part-0101", "2013-matter-0101"]
    assert [entry.key for entry in catalog.search("0101", edition="2013", kind="matter")] == ["2013-matter-0101"]


def test_a_major_class_leads_to_its_minors() -> None:
    found = shipped_catalog("2013").search("街面秩序", edition="2013")
    assert {entry.major_name for entry in found} == {"街面秩序"}
    assert len(found) == 10
