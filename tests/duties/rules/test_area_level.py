from __future__ import annotations

from datetime import date

import pytest

from gezhi.duties.rules.area_level import AreaLevelRow, AreaLevels, UnknownLevel, check_level, level_of

GRID, STREET, COUNTY = "370902003001005", "370902003", "370902"
START = date(2026, 1, 1)
LEVELS = AreaLevels(
    [
        AreaLevelRow(area_code=COUNTY, level="C", valid_from=START),
        AreaLevelRow(area_code=STREET, level="B", valid_from=START, valid_to=date(2026, 6, 30)),
        AreaLevelRow(area_code=STREET, level="A", valid_from=date(2026, 7, 1)),
    ]
)


@pytest.mark.parametrize(
    ("codes", "on", "level"),
    [
        ((GRID, None, STREET, COUNTY), date(2026, 3, 2), "B"),
        ((GRID, None, STREET, COUNTY), date(2026, 6, 30), "B"),
        ((GRID, None, STREET, COUNTY), date(2026, 7, 1), "A"),
        ((None, None, None, COUNTY), date(2026, 3, 2), "C"),
        ((GRID, None, STREET, COUNTY), date(2025, 12, 31), None),
        (("370903",), date(2026, 3, 2), None),
        ((), date(2026, 3, 2), None),
    ],
)
def test_the_smallest_area_with_a_level_on_that_day_wins(
    codes: tuple[str | None, ...], on: date, level: str | None
) -> None:
    assert level_of(LEVELS, codes, on) == level


def test_only_three_levels_exist() -> None:
    for level in "ABC":
        check_level(AreaLevelRow(area_code=COUNTY, level=level, valid_from=START))
    with pytest.raises(UnknownLevel) as caught:
        check_level(AreaLevelRow(area_code=COUNTY, level="D", valid_from=START))
    assert (caught.value.field, caught.value.details) == ("level", {"level": "D"})


def test_where_two_levels_hold_on_a_day_the_later_one_counts() -> None:
    both = (
        AreaLevelRow(area_code=COUNTY, level="C", valid_from=START),
        AreaLevelRow(area_code=COUNTY, level="A", valid_from=date(2026, 2, 1)),
    )
    for rows in (both, both[::-1]):
        assert level_of(AreaLevels(rows), (COUNTY,), date(2026, 3, 2)) == "A"
