"""What is shipped: three editions, their classes, and the standard rows of 2013."""

from __future__ import annotations

from collections import Counter

import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.preset_tables import english_of, read_words
from tests.catalog.invented import preset, shipped, shipped_catalog

EDITIONS = ("2007", "2013", "2026")


@pytest.mark.parametrize(
    ("edition", "majors", "minors"),
    [
        ("2007", {"part": 6, "matter": 5}, {"part": 84, "matter": 50}),
        ("2013", {"part": 5, "matter": 6}, {"part": 121, "matter": 81}),
        ("2026", {"part": 5, "matter": 10}, {"part": 153, "matter": 250}),
    ],
)
def test_an_edition_has_the_classes_that_its_standard_counts(
    edition: str, majors: dict[str, int], minors: dict[str, int]
) -> None:
    content = shipped(edition)
    assert Counter(major.kind for major in content.majors) == majors
    assert Counter(entry.kind for entry in content.classes) == minors


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_code_is_unique_with_its_edition_and_kind(edition: str) -> None:
    keys = [entry.key for entry in shipped(edition).classes]
    assert len(keys) == len(set(keys))


def test_street_order_and_emergencies_swapped_their_numbers() -> None:
    names = {
        (edition, major.code): major.name
        for edition in ("2007", "2013")
        for major in shipped(edition).majors
        if major.kind == "matter"
    }
    assert (names["2007", "04"], names["2007", "05"]) == ("突发事件", "街面秩序")
    assert (names["2013", "04"], names["2013", "05"]) == ("街面秩序", "突发事件")


def test_numbers_without_a_name_are_hidden() -> None:
    nameless = [entry.key for entry in shipped("2013").classes if not entry.is_offered()]
    assert nameless == [
        "2013-matter-0601",
        "2013-matter-0603",
        "2013-matter-0605",
        "2013-part-0116",
        "2013-part-0501",
        "2013-part-0505",
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_everything_shipped_speaks_english_too(edition: str) -> None:
    content = shipped(edition)
    assert [major.name for major in content.majors if not major.name_en] == []
    assert [entry.name for entry in content.classes if entry.is_offered() and not entry.name_en] == []
    assert [row.key for row in content.rows if not (row.condition_en and row.condition_zh and row.closing)] == []


def test_a_defect_of_a_part_takes_the_parts_english() -> None:
    english = {"路灯": "Street light"}
    assert english_of("路灯异常", english) == "Street light defect"
    assert english_of("路灯", english) == "Street light"
    assert english_of("无名异常", english) == ""


def test_the_rows_of_2013_are_those_without_local_extensions() -> None:
    rows = shipped("2013").rows
    assert Counter(row.class_key[5:9] for row in rows) == {"part": 279, "matt": 91}
    assert Counter(row.limit.unit for row in rows) == {
        Unit.WORK_DAY: 285,
        Unit.WORK_HOUR: 45,
        Unit.URGENT_HOUR: 38,
        Unit.URGENT_DAY: 2,
    }


@pytest.mark.parametrize(
    ("key", "limit", "closing"),
    [
        ("2013-part-0101-1", Limit(2, Unit.URGENT_HOUR), ("RESTORE",)),
        ("2013-part-0101-2", Limit(4, Unit.WORK_HOUR), ("REPLACE", "REPAIR")),
        ("2013-matter-0101-2", Limit(15, Unit.WORK_DAY), ("DUE_PROCESS", "REMOVE")),
        ("2013-matter-0506-1", Limit(2, Unit.URGENT_HOUR), ("PUMP", "RESTORE")),
        ("2013-part-0402-2", Limit(15, Unit.WORK_DAY), ("REPLANT",)),
    ],
)
def test_a_row_carries_limit_and_closing_conditions(key: str, limit: Limit, closing: tuple[str, ...]) -> None:
    row = shipped_catalog("2013").row(key)
    assert (row.limit, row.closing_codes) == (limit, closing)


def test_the_row_that_waits_for_the_planting_season_says_so() -> None:
    assert [row.key for row in shipped("2013").rows if row.season] == ["2013-part-0402-2"]


def test_every_code_in_the_rows_is_in_the_vocabulary() -> None:
    words = read_words(preset, "defects.csv")
    assert {code for row in shipped("2013").rows for code in row.defect_codes} <= set(words)


@pytest.mark.parametrize(
    ("key", "comes_from"),
    [
        ("2026-part-01001-1", "2013-part-0101-1"),
        ("2026-matter-01001-1", "2013-part-0101-1"),
        ("2026-matter-06010-1", "2013-matter-0110-1"),
        ("2026-matter-07001-1", "2013-matter-0201-1"),
        ("2026-matter-08004-1", "2013-matter-0304-1"),
        ("2026-matter-09001-1", "2013-matter-0401-1"),
        ("2026-matter-09013-1", "2013-matter-0602-1"),
        ("2026-matter-10001-1", "2013-matter-0507-1"),
        ("2026-part-01069-1", "2013-part-0506-1"),
    ],
)
def test_rows_of_2026_come_from_2013_and_are_uncertain(key: str, comes_from: str) -> None:
    row, old = shipped_catalog("2026").row(key), shipped_catalog("2013").row(comes_from)
    assert (row.derived_from, row.confidence) == (comes_from, "uncertain")
    assert (row.limit, row.closing) == (old.limit, old.closing)


def test_no_class_is_without_a_row_and_gaps_are_counted() -> None:
    gaps = {edition: Counter(entry.kind for entry in shipped_catalog(edition).gaps(edition)) for edition in EDITIONS}
    assert gaps["2007"] == {"part": 84, "matter": 50}
    assert gaps["2013"] == {"part": 52, "matter": 12}
    assert gaps["2026"] == {"part": 88, "matter": 128}
