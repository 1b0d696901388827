from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely
from django.db import IntegrityError, transaction

from gezhi.regions import actions, queries
from gezhi.regions.models import Region, RegionOutline, ReportingParent, StreetLine, UnitGrid
from gezhi.regions.rules.delineation import BreaksDelineation, find_breaches
from gezhi.regions.rules.divisions import Division, GridRow, UnknownContainer, read_divisions
from gezhi.regions.rules.grid_code import NotAGridCode
from gezhi.regions.rules.ground import Ground, NoOutline
from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.local_plane import area_m2
from gezhi.regions.rules.reporting import ReportsTo
from tests.regions.conftest import CENTRES, COUNTIES, DIVISIONS, FABRIC, SEED, SINCE

StatementCount = Callable[[], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 1)
EVE = date(2025, 12, 31)


def installed(divisions: list[Division], reporting: list[ReportsTo]) -> int:
    return actions.install_divisions(divisions, reporting, on=SINCE, source="invented")


def test_divisions_are_entered_once(divisions: list[Division], reporting: list[ReportsTo]) -> None:
    assert installed(divisions, reporting) == 23
    assert installed(divisions, reporting) == 0
    assert (Region.objects.count(), ReportingParent.objects.count()) == (23, 3)


def test_a_renamed_division_gets_a_new_version_and_keeps_the_old(
    divisions: list[Division], reporting: list[ReportsTo]
) -> None:
    installed(divisions, reporting)
    renamed = read_divisions(DIVISIONS.replace("鹭桥街道", "白鹭桥街道"))
    assert actions.install_divisions(renamed, [], on=LATER) == 1
    before, after = (queries.get_region("990101001", on=on) for on in (EVE, LATER))
    assert before is not None
    assert after is not None
    assert (before.name, before.valid_to, after.name, after.valid_to) == ("鹭桥街道", EVE, "白鹭桥街道", None)
    assert queries.held_names()["990101001"] == "白鹭桥街道"


def test_a_region_may_come_to_report_to_another(divisions: list[Division], reporting: list[ReportsTo]) -> None:
    installed(divisions, reporting)
    actions.install_divisions([], [ReportsTo("990102", "990100", LATER)], on=LATER)
    assert queries.reporting_parents_on(EVE)["990102"] == "990000"
    assert queries.reporting_parents_on(LATER)["990102"] == "990100"


def test_what_replaces_a_division_must_begin_after_it(divisions: list[Division], reporting: list[ReportsTo]) -> None:
    installed(divisions, reporting)
    with pytest.raises(actions.AlreadyBegun):
        actions.install_divisions(read_divisions(DIVISIONS.replace("鹭桥街道", "白鹭桥街道")), [], on=SINCE)
    with pytest.raises(actions.AlreadyBegun):
        actions.install_divisions([], [ReportsTo("990102", "990100", SINCE)], on=SINCE)


def test_a_division_inside_an_unknown_one_is_refused() -> None:
    with pytest.raises(UnknownContainer):
        actions.install_divisions(read_divisions(DIVISIONS)[4:], [], on=SINCE)
    assert Region.objects.count() == 0


def test_two_versions_of_a_region_cannot_be_in_force_at_once(
    divisions: list[Division], reporting: list[ReportsTo]
) -> None:
    installed(divisions, reporting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code="990101", name="x", level=3, kind="district", within_code="990100", valid_from=LATER)


def test_grids_of_a_city_are_entered_with_the_codes_that_they_have(
    divisions: list[Division], reporting: list[ReportsTo]
) -> None:
    installed(divisions, reporting)
    shape = shapely.box(118.2, 31.6, 118.201, 31.601)
    assert actions.install_grids([GridRow("990101001001007", shapely.to_wkb(shape))], on=SINCE) == 1
    grid = UnitGrid.objects.get()
    assert (grid.code, grid.community_code, grid.generated) == ("990101001001007", "990101001001", False)
    assert round(grid.area_m2) == round(float(area_m2(shape)[0]))
    assert queries.held_locator(SINCE).locate(118.2005, 31.6005).grid_code == "990101001001007"
    with pytest.raises(NotAGridCode):
        actions.install_grids([GridRow("99010100100107", shapely.to_wkb(shape))], on=SINCE)


def test_ground_without_outlines_is_refused(divisions: list[Division], reporting: list[ReportsTo]) -> None:
    installed(divisions, reporting)
    with pytest.raises(NoOutline):
        queries.plan_ground(COUNTIES, CENTRES, seed=SEED, on=SINCE)


def test_installed_ground_is_the_generated_one(city: None, ground: Ground) -> None:
    stored = UnitGrid.objects.order_by("code").values_list("code", "wkb", "generated")
    assert [row[0] for row in stored] == ground.grids.codes
    assert [bytes(row[1]) for row in stored] == shapely.to_wkb(ground.grids.shapes).tolist()
    assert {row[2] for row in stored} == {True}
    assert StreetLine.objects.count() == len(ground.street_lines)
    marks = RegionOutline.objects.values_list("level", "generated").distinct().order_by("level")
    assert list(marks) == [(Level.COUNTY, False), (Level.STREET, True), (Level.COMMUNITY, True)]


def test_stored_grids_keep_every_principle_of_delineation(city: None, ground: Ground) -> None:
    communities = {code: shape for code, shape in ground.outlines.items() if len(code) == 12}
    assert find_breaches(queries.list_grids_in_force(list(communities), on=LATER), communities) == []


def test_ground_is_laid_once(city: None) -> None:
    plan = queries.plan_ground(COUNTIES, CENTRES, seed=SEED, on=SINCE, fabric=FABRIC)
    with pytest.raises(actions.GroundExists):
        actions.install_ground(plan, on=LATER)


def neighbours() -> tuple[str, str, shapely.Geometry]:
    """Two grids of one community that together are one polygon, and that polygon."""
    rows = list(UnitGrid.objects.filter(community_code="990101001001").order_by("code").values_list("code", "wkb"))
    for first, wkb in rows:
        for second, other in rows:
            joined = shapely.union(shapely.from_wkb(bytes(wkb)), shapely.from_wkb(bytes(other)))
            if first < second and joined.geom_type == "Polygon":
                return first, second, joined
    raise AssertionError


def test_a_merge_ends_two_grids_and_gives_one_new_number(city: None) -> None:
    first, second, joined = neighbours()
    used = UnitGrid.objects.filter(community_code="990101001001").count()
    new = [actions.NewGrid("990101001001", shapely.to_wkb(joined))]
    assert actions.replace_grids([first, second], new, on=LATER, note="合并") == [f"990101001001{used + 1:03d}"]
    assert list(UnitGrid.objects.filter(code__in=[first, second]).values_list("valid_to", flat=True)) == [EVE, EVE]


def test_each_day_is_located_in_the_grids_of_that_day(city: None) -> None:
    first, second, joined = neighbours()
    point = shapely.from_wkb(bytes(UnitGrid.objects.get(code=first).wkb)).representative_point()
    assert queries.held_locator(LATER).locate(point.x, point.y).grid_code == first
    (code,) = actions.replace_grids(
        [first, second], [actions.NewGrid("990101001001", shapely.to_wkb(joined))], on=LATER
    )
    assert queries.held_locator(EVE).locate(point.x, point.y).grid_code == first
    assert queries.held_locator(LATER).locate(point.x, point.y).grid_code == code
    assert queries.held_locator(EVE) is queries.held_locator(date(2023, 5, 5))


def test_a_number_is_not_used_again_after_two_replacements(city: None) -> None:
    first, second, joined = neighbours()
    halves = [shapely.from_wkb(bytes(UnitGrid.objects.get(code=code).wkb)) for code in (first, second)]
    (merged,) = actions.replace_grids(
        [first, second], [actions.NewGrid("990101001001", shapely.to_wkb(joined))], on=date(2025, 6, 1)
    )
    split = actions.replace_grids(
        [merged], [actions.NewGrid("990101001001", shapely.to_wkb(half)) for half in halves], on=LATER
    )
    assert [int(code[12:]) - int(merged[12:]) for code in split] == [1, 2]


@pytest.mark.parametrize("codes", [["990101001001999"], []])
def test_a_grid_that_is_not_in_force_or_too_much_ground_is_refused(city: None, codes: list[str]) -> None:
    first, _, joined = neighbours()
    with pytest.raises((queries.GridNotInForce, BreaksDelineation)):
        actions.replace_grids([first, *codes], [actions.NewGrid("990101001001", shapely.to_wkb(joined))], on=LATER)
    assert UnitGrid.objects.filter(valid_to__isnull=False).count() == 0


def test_an_ended_grid_cannot_be_ended_again(city: None) -> None:
    first, second, joined = neighbours()
    new = [actions.NewGrid("990101001001", shapely.to_wkb(joined))]
    actions.replace_grids([first, second], new, on=LATER)
    with pytest.raises(queries.GridNotInForce):
        actions.replace_grids([first, second], new, on=date(2026, 6, 1))


def test_before_the_ground_existed_every_point_is_unknown(city: None) -> None:
    locator = queries.held_locator(date(2019, 12, 31))
    assert locator.locate_many([118.21], [31.6]).tolist() == [-1]


def test_the_locator_is_read_with_few_statements(city: None, statement_count: StatementCount) -> None:
    with statement_count() as counted:
        places = queries.held_locator(LATER).locate_many(np.full(9, 118.21), np.full(9, 31.6))
    assert (places >= 0).all()
    assert counted.total <= 11
    with statement_count() as again:
        queries.held_locator(LATER)
    assert again.total == 0
