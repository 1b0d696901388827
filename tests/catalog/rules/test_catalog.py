from __future__ import annotations

from datetime import date

import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.catalog import RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.catalog.rules.editions import NoEditionInForce, UnknownEdition
from gezhi.catalog.rules.standard_row import limit_of_row
from tests.catalog.invented import REPAIR, small_catalog

CATALOG = small_catalog()


def keys_of(class_key: str, on: date | None = None) -> list[str]:
    return [row.key for row in CATALOG.rows_of(class_key, on)]


def test_rows_are_those_in_force_on_the_day() -> None:
    assert keys_of("2013-part-0101", date(2026, 3, 31)) == ["2013-part-0101-1", "2013-part-0101-2"]
    assert keys_of("2013-part-0101", date(2026, 4, 1)) == ["2013-part-0101-1", "2013-part-0101-3"]
    assert keys_of("2013-part-0101") == ["2013-part-0101-1", "2013-part-0101-3"]


def test_a_class_without_a_row_has_the_default_of_its_major_class() -> None:
    (row,) = CATALOG.rows_of("2013-part-0137", date(2026, 3, 1))
    assert (row.key, row.limit, row.closing) == ("2013-part-0137-0", Limit(5, Unit.WORK_DAY), (REPAIR,))
    assert row.is_gap_default
    assert row.local
    assert row.confidence == "uncertain"


def test_a_default_row_stays_known_when_its_class_has_got_a_row() -> None:
    assert CATALOG.row("2013-part-0101-0").is_gap_default
    assert "2013-part-0101-0" not in keys_of("2013-part-0101")


def test_gaps_are_the_visible_classes_that_only_have_their_default() -> None:
    assert [entry.key for entry in CATALOG.gaps("2013")] == ["2013-part-0137"]
    assert CATALOG.gaps("2026") == []


def test_nameless_and_ended_classes_are_hidden_but_stay_known() -> None:
    assert [entry.code for entry in CATALOG.listed("2013")] == ["0101", "0102", "0137"]
    assert CATALOG.class_of("2013-part-0198").name == "旧类"
    assert CATALOG.class_of("2013-part-0116").is_offered() is False


def test_an_unknown_class_or_row_is_named() -> None:
    with pytest.raises(UnknownClass) as of_class:
        CATALOG.rows_of("2013-part-9999")
    assert "2013-part-9999" in of_class.value.text()
    with pytest.raises(UnknownRow):
        CATALOG.row("2013-part-0101-9")


def test_a_row_of_another_edition_is_refused() -> None:
    assert CATALOG.row_for("2013-part-0101", "2013-part-0101-1").condition_zh == "破损"
    with pytest.raises(RowOfAnotherClass):
        CATALOG.row_for("2013-part-0101", "2026-part-01001-1")


@pytest.mark.parametrize(
    ("level", "on", "limit"),
    [
        ("A", date(2026, 3, 31), Limit(1, Unit.WORK_DAY)),
        ("A", date(2026, 4, 1), Limit(4, Unit.WORK_HOUR)),
        ("A", None, Limit(4, Unit.WORK_HOUR)),
        ("B", date(2026, 3, 31), Limit(2, Unit.WORK_DAY)),
        (None, date(2026, 3, 31), Limit(2, Unit.WORK_DAY)),
    ],
)
def test_the_limit_is_that_of_the_area_level_or_else_the_rows_own(
    level: str | None, on: date | None, limit: Limit
) -> None:
    assert limit_of_row(CATALOG.row("2013-part-0102-1"), level, on) == limit


@pytest.mark.parametrize(("day", "edition"), [(date(2026, 6, 30), "2013"), (date(2026, 7, 1), "2026")])
def test_an_edition_is_in_force_from_its_day(day: date, edition: str) -> None:
    assert CATALOG.edition_on(day) == edition


def test_before_any_edition_there_is_none_in_force() -> None:
    with pytest.raises(NoEditionInForce):
        CATALOG.edition_on(date(2019, 12, 31))


def test_an_edition_that_is_not_there_is_refused_instead_of_being_empty() -> None:
    with pytest.raises(UnknownEdition):
        CATALOG.search("井盖", edition="2007")
