from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.duties.rules.assign_unit import DutyTable, Suggestion, find_unit
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.duties.rules.reason import Names

NAMES = Names(
    classes={("2013", "part", "0101"): ("上水井盖", "Water cover"), ("2013", "part", "01"): ("公用设施类", "")},
    areas={"370902": "东区", "370902003": "石桥街道"},
    units={1: ("市政处", "Roads office"), 2: ("园林处", ""), 3: ("东区城管局", ""), 4: ("石桥街道办", "")},
)
TODAY = date(2026, 3, 2)
GRID, COMMUNITY, STREET, COUNTY, CITY = "370902003001005", "370902003001", "370902003", "370902", "370900"
CODES = (GRID, COMMUNITY, STREET, COUNTY, CITY)
CLASS = "2013-part-0101"


def row(
    selector: str, area: str, unit: int, *, row_id: int = 1, start: date = date(2026, 1, 1), end: date | None = None
) -> DutyRowData:
    return DutyRowData(
        edition="2013",
        kind="part",
        selector=selector,
        area_code=area,
        unit_id=unit,
        valid_from=start,
        valid_to=end,
        row_id=row_id,
    )


def unit_of(*rows: DutyRowData, codes: tuple[str | None, ...] = CODES, on: date = TODAY) -> int | None:
    found = find_unit(DutyTable(rows, NAMES), CLASS, codes=codes, on=on)
    return None if found is None else found.unit_id


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (("0101", GRID), ("0101", COMMUNITY)),
        (("0101", COMMUNITY), ("0101", STREET)),
        (("0101", STREET), ("0101", COUNTY)),
        (("0101", COUNTY), ("0101", CITY)),
        (("0101", CITY), ("0101", "")),
        (("0101", ""), ("01", GRID)),
        (("01", GRID), ("01", COUNTY)),
        (("01", ""), ("*", GRID)),
        (("*", COUNTY), ("*", "")),
    ],
)
def test_the_more_specific_row_wins_and_the_class_weighs_more_than_the_area(
    stronger: tuple[str, str], weaker: tuple[str, str]
) -> None:
    assert unit_of(row(*weaker, 2, row_id=9), row(*stronger, 1, row_id=8)) == 1


def test_no_row_means_no_unit_and_never_a_default() -> None:
    assert unit_of() is None
    assert unit_of(row("0102", "", 1), row("02", "", 1), row("0101", "370903", 1)) is None


def test_a_row_of_another_edition_or_kind_says_nothing() -> None:
    other_edition = DutyRowData(
        edition="2026", kind="part", selector="*", area_code="", unit_id=1, valid_from=date(2026, 1, 1)
    )
    other_kind = DutyRowData(
        edition="2013", kind="matter", selector="*", area_code="", unit_id=1, valid_from=date(2026, 1, 1)
    )
    assert unit_of(other_edition, other_kind) is None


@pytest.mark.parametrize(
    ("on", "unit"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2)],
)
def test_a_row_holds_from_its_first_to_its_last_day(on: date, unit: int | None) -> None:
    rows = (
        row("0101", COUNTY, 1, end=date(2026, 3, 31)),
        row("0101", COUNTY, 2, row_id=2, start=date(2026, 4, 1)),
    )
    assert unit_of(*rows, on=on) == unit


def test_of_equal_rows_the_later_day_of_effect_wins_then_the_later_row() -> None:
    early, late = row("01", COUNTY, 1, row_id=5), row("01", COUNTY, 2, row_id=4, start=date(2026, 2, 1))
    assert unit_of(early, late) == 2
    assert unit_of(early, row("01", COUNTY, 3, row_id=6)) == 3


def test_a_place_outside_every_grid_still_has_a_unit_by_its_county() -> None:
    assert unit_of(row("01", COUNTY, 3), codes=(None, None, None, COUNTY, CITY)) == 3


def test_a_five_digit_class_of_2026_belongs_to_its_two_digit_major() -> None:
    data = DutyRowData(
        edition="2026", kind="matter", selector="01", area_code="", unit_id=7, valid_from=date(2026, 1, 1), row_id=1
    )
    found = find_unit(DutyTable([data], NAMES), "2026-matter-01003", codes=CODES, on=TODAY)
    assert found is not None
    assert found.unit_id == 7


def test_the_reason_names_row_class_area_unit_and_days() -> None:
    rows = [
        row("01", COUNTY, 3, row_id=3021),
        row("0101", "", 1, row_id=7, end=date(2026, 12, 31)),
        row("*", "", 2, row_id=8),
    ]
    found = find_unit(DutyTable(rows, NAMES), CLASS, codes=CODES, on=TODAY)
    assert found is not None
    assert found.reason_zh == "责任清单第 7 行：上水井盖、全域→市政处，2026-01-01 至 2026-12-31"
    assert found.reason_en == "Duty table row 7: Water cover, everywhere → Roads office, 2026-01-01 to 2026-12-31"
    assert [other.reason_zh for other in found.alternatives] == [
        "责任清单第 3021 行：公用设施类、东区→东区城管局，2026-01-01 起",
        "责任清单第 8 行：全部部件、全域→园林处，2026-01-01 起",
    ]


def test_alternatives_name_each_other_unit_once() -> None:
    rows = [row("0101", GRID, 1), row("0101", "", 1, row_id=2), row("01", "", 2, row_id=3), row("*", "", 2, row_id=4)]
    found = find_unit(DutyTable(rows, NAMES), CLASS, codes=CODES, on=TODAY)
    assert found is not None
    assert [other.row_id for other in found.alternatives] == [3]


def test_at_most_three_other_units_are_named_the_strongest_first() -> None:
    rows = [row("0101", area, unit, row_id=unit) for unit, area in enumerate((*CODES, ""), 1)]
    found = find_unit(DutyTable(rows, NAMES), CLASS, codes=CODES, on=TODAY)
    assert found is not None
    assert (found.unit_id, [other.unit_id for other in found.alternatives]) == (1, [2, 3, 4])


def test_a_suggestion_is_told_whole() -> None:
    rows = [row("0101", "", 1, row_id=7), row("*", "", 2, row_id=8, end=date(2026, 12, 31))]
    assert find_unit(DutyTable(rows, NAMES), CLASS, codes=CODES, on=TODAY) == Suggestion(
        unit_id=1,
        row_id=7,
        reason_zh="责任清单第 7 行：上水井盖、全域→市政处，2026-01-01 起",
        reason_en="Duty table row 7: Water cover, everywhere → Roads office, from 2026-01-01",
        alternatives=(
            Suggestion(
                unit_id=2,
                row_id=8,
                reason_zh="责任清单第 8 行：全部部件、全域→园林处，2026-01-01 至 2026-12-31",
                reason_en="Duty table row 8: all parts, everywhere → 园林处, 2026-01-01 to 2026-12-31",
            ),
        ),
    )


selectors = st.sampled_from(["0101", "0102", "01", "02", "*"])
areas = st.sampled_from([*CODES, "", "370903", "370902004"])
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
tables = st.lists(
    st.builds(
        lambda selector, area, unit, start, length: (selector, area, unit, start, length),
        selectors, areas, st.integers(1, 4), days, st.one_of(st.none(), st.integers(0, 200)),
    ),
    max_size=20,
)  # fmt: skip


@given(tables, days)
def test_the_index_finds_what_a_search_through_all_rows_finds(
    drawn: list[tuple[str, str, int, date, int | None]], on: date
) -> None:
    rows = [
        row(
            selector,
            area,
            unit,
            row_id=n,
            start=start,
            end=None if length is None else start + timedelta(length),
        )
        for n, (selector, area, unit, start, length) in enumerate(drawn)
    ]
    ladder = (*CODES, "")
    fitting = [
        one
        for one in rows
        if one.selector in ("0101", "01", "*")
        and one.area_code in ladder
        and one.valid_from <= on
        and (one.valid_to is None or on <= one.valid_to)
    ]
    best = max(
        fitting,
        key=lambda one: (len(one.selector), -ladder.index(one.area_code), one.valid_from, one.row_id),
        default=None,
    )
    found = find_unit(DutyTable(rows, NAMES), CLASS, codes=CODES, on=on)
    assert (None if found is None else found.row_id) == (None if best is None else best.row_id)


def steps_of(act: Callable[[], object]) -> int:
    """How many lines and calls of Python it runs through."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        act()
    finally:
        sys.settrace(before)
    return steps


def test_finding_a_unit_takes_no_longer_in_a_large_table() -> None:
    def find_among(streets: int) -> int:
        rows = [
            row(f"{major:02}{minor:02}", f"37090{county}{street:03}", 1 + n % 4, row_id=n)
            for n, (major, minor, county, street) in enumerate(
                (major, minor, county, street)
                for major in range(1, 7) for minor in range(1, 20) for county in range(1, 7)
                for street in range(1, 1 + streets)
            )
        ]  # fmt: skip
        table = DutyTable(rows, NAMES)
        assert find_unit(table, CLASS, codes=CODES, on=TODAY) is not None
        return steps_of(lambda: find_unit(table, CLASS, codes=CODES, on=TODAY))

    assert find_among(3) == find_among(10) < 300
