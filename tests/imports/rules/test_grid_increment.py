from __future__ import annotations

from datetime import date

import shapely

from gezhi.founding.rules.changes.plan import Act
from gezhi.founding.rules.findings import Findings
from gezhi.imports.rules.grid_increment import GridIncrement, check_neighbours, communities_of, increment_of

ON = date(2026, 12, 5)
ONE, TWO, OTHER = "330782001001001", "330782001001002", "330782001002001"


def box(at: int, width: float = 1) -> shapely.Geometry:
    return shapely.box(120.07 + at * 0.001, 29.3, 120.07 + (at + width) * 0.001, 29.301)


def compared(
    told: dict[str, shapely.Geometry],
    standing: dict[str, shapely.Geometry],
    ended: dict[str, date] | None = None,
) -> tuple[GridIncrement, list[tuple[str, int | None]]]:
    findings = Findings()
    rows = {code: number for number, code in enumerate(told, 1)}
    found = increment_of(told, standing, ended or {}, rows, on=ON, file="f", findings=findings)
    return found, [(one.code, one.row) for one in findings.report().findings]


def test_what_is_new_begins_what_is_missing_ends_the_day_before_and_the_rest_stays() -> None:
    increment, found = compared({ONE: box(0), TWO: box(1)}, {ONE: box(0), OTHER: box(5)})
    assert (increment.begun, increment.ended, increment.unchanged, found) == ((TWO,), (OTHER,), 1, [])
    assert [(one.act, one.key, one.on, one.number) for one in increment.rows] == [
        (Act.ADD, TWO, ON, 2),
        (Act.END, OTHER, date(2026, 12, 4), 0),
    ]
    first, last = (one.cells[0] for one in increment.rows)
    assert (first.old, last.new) == ("", "")
    assert first.new == last.old != ""


def test_a_number_keeps_its_shape_and_is_used_once() -> None:
    increment, found = compared({ONE: box(0, 0.9), TWO: box(1)}, {ONE: box(0)}, {TWO: date(2025, 1, 1)})
    assert sorted(found) == [("change.refused", 1), ("key.ended", 2)]
    assert increment.begun == ()


def test_a_corner_more_or_a_hair_of_difference_is_the_same_shape() -> None:
    more = shapely.segmentize(box(0), 0.0002)
    hair = shapely.box(120.07, 29.3, 120.07100001, 29.301)
    for told in (more, hair):
        increment, found = compared({ONE: told}, {ONE: box(0)})
        assert (increment.unchanged, found) == (1, [])


def test_a_grid_that_lies_over_one_of_a_community_beside_is_told_and_one_that_touches_it_is_not() -> None:
    findings = Findings()
    told, beside = {ONE: box(0), TWO: box(2, 0.5)}, {OTHER: box(1, 1.5)}
    check_neighbours(told, beside, {ONE: 1, TWO: 2}, file="f", findings=findings)
    assert [(one.code, one.row, one.value) for one in findings.report().findings] == [
        ("shape.overlap", 2, f"{TWO}、{OTHER}")
    ]
    check_neighbours(told, {}, {}, file="f", findings=findings)
    check_neighbours({}, beside, {}, file="f", findings=findings)
    assert findings.totals == {"shape.overlap": 1}


def test_a_file_speaks_for_the_communities_of_which_it_has_grids() -> None:
    assert communities_of([TWO, ONE, OTHER]) == ("330782001001", "330782001002")
