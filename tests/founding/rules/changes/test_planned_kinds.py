from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.planned_kinds import PLANNED, base_key, begun_rows, row_key, single_rows, text_of

DUTIES, HOLIDAYS = PLANNED["duties"], PLANNED["holidays"]
DAY = date(2027, 1, 1)


def duty(**values: Any) -> Row:
    told = {"kind": "matter", "classes": ("06010", "06011"), "area": (), "unit": "works", "edition": "", "from": None}
    return Row(4, {**told, **values})


def test_a_duty_row_is_one_for_each_class_and_area_in_the_edition_that_it_means() -> None:
    rows = list(single_rows(DUTIES, [duty(area=("330782001", "330782002"))], "2026"))
    assert [base_key(DUTIES, row) for row in rows] == [
        "2026/matter/06010/330782001",
        "2026/matter/06010/330782002",
        "2026/matter/06011/330782001",
        "2026/matter/06011/330782002",
    ]
    assert {row.number for row in rows} == {4}
    (whole,) = single_rows(DUTIES, [duty(classes=("06010",), edition="2013")], "2026")
    assert (base_key(DUTIES, whole), whole["area"]) == ("2013/matter/06010/", ())


def test_the_key_of_a_dated_row_has_the_first_day_that_it_names() -> None:
    (row,) = single_rows(DUTIES, [duty(classes=("06010",), **{"from": DAY})], "2026")
    assert row_key(DUTIES, row) == "2026/matter/06010//2027-01-01"
    body = Row(2, {"key": "works", "from": DAY})
    assert row_key(PLANNED["organisations"], body) == "works"


def test_hours_are_compared_as_they_are_kept() -> None:
    def hours(text: str) -> str:
        (row,) = single_rows(HOLIDAYS, [Row(2, {"calendar": "office", "date": DAY, "hours": text})], "")
        return str(row["hours"])

    assert (hours("8:30-12:00  14:00-17:00"), hours(""), hours("morning")) == ("08:30-12:00 14:00-17:00", "", "morning")


def test_a_row_that_stands_has_the_day_on_which_it_began() -> None:
    rows = [duty(classes=("06010",)), duty(classes=("06012",))]
    begun = begun_rows(DUTIES, rows, "2026", {"2026/matter/06010/": DAY})
    assert [row.begun for row in begun] == [DAY, None]


def test_the_order_of_several_does_not_matter() -> None:
    assert [text_of(one) for one in (None, ("b", "a"), DAY, 3)] == ["", "a b", "2027-01-01", "3"]
