"""A grid is split on a date: cases before and after carry the grid of their day, lists and counts agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import shapely

from gezhi.kernel.permissions import Role
from gezhi.regions.models import UnitGrid
from gezhi.regions.queries import day_of
from gezhi.simulation.rules.demand import Spot
from gezhi.worklists.queries.worklist import Filters, count_cases, list_cases
from tests.cases.city import City
from tests.cases.test_api import Browser, desk, now_city, refused

__all__ = ["now_city"]

COMMUNITY = "990101001001"


def largest() -> UnitGrid:
    return UnitGrid.objects.filter(community_code=COMMUNITY, valid_to=None).order_by("-area_m2", "code")[0]


def cut(row: UnitGrid, on: date, **changes: Any) -> dict[str, Any]:
    middle = (row.south + row.north) / 2
    line = [[row.west - 0.001, middle], [row.east + 0.001, middle]]
    return {"kind": "split", "codes": [row.code], "on": on.isoformat(), "reason": "人口增加", "line": line, **changes}


def spot_in(row: UnitGrid) -> Spot:
    point = shapely.from_wkb(bytes(row.wkb)).representative_point()
    return Spot(code=row.code, lon=point.x, lat=point.y)


def listed(city: City, region: str) -> set[UUID]:
    actor, filters = city.actor(Role.SUPERVISOR), Filters(region=region)
    rows = list_cases(filters, actor, now=city.clock(), sort="newest", after=None, limit=50)
    assert count_cases(filters, actor, now=city.clock()) == len(rows)
    return {row.id for row in rows}


def test_cases_before_and_after_a_split_carry_the_grid_of_their_day(now_city: City) -> None:
    city, old = now_city, largest()
    keeper = desk(city, Role.ADMINISTRATOR)
    tomorrow = day_of(city.clock()) + timedelta(days=1)
    done = keeper.send("/grids/changes", cut(old, tomorrow))
    assert done.status_code == 201, done.content
    north, south = (UnitGrid.objects.get(code=code) for code in done.json()["begun"])
    before = city.begin(city.reported(spot_in(south)))
    city.clock.advance(86_400)
    after = {row.code: city.begin(city.reported(spot_in(row))) for row in (north, south)}
    assert city.state(before).place.area == old.code
    assert {city.state(case_id).place.area: case_id for case_id in after.values()} == after
    assert listed(city, old.code) == {before}
    assert listed(city, south.code) == {after[south.code]}
    assert listed(city, COMMUNITY) == {before, *after.values()}
    told = keeper.call("GET", f"/grids/{old.code}").json()
    assert (told["valid_to"], told["changes"][0]["begun"]) == (day_of(city.clock() - 86_400).isoformat(), [
        north.code, south.code,
    ])  # fmt: skip


def test_a_change_is_tried_made_once_listed_and_withdrawn_at_the_door(
    now_city: City,
) -> None:
    old, keeper = largest(), desk(now_city, Role.ADMINISTRATOR)
    asked = cut(old, day_of(now_city.clock()) + timedelta(days=2))
    tried = keeper.send("/grids/changes/trial", {**asked, "reason": ""}).json()["new"]
    assert abs(sum(part["area_m2"] for part in tried) - old.area_m2) < 3
    assert [part["geometry"]["type"] for part in tried] == ["Polygon", "Polygon"]
    assert keeper.call("GET", "/grids/changes").json()["items"] == []
    key = {"Idempotency-Key": str(uuid4())}
    first, again = (keeper.send("/grids/changes", asked, **key) for _ in range(2))
    assert first.json() == again.json()
    (told,) = keeper.call("GET", "/grids/changes").json()["items"]
    assert (told, told["may_withdraw"], told["community_name"]) == (first.json(), True, "鹭桥社区")
    path = f"/grids/changes/{told['id']}/withdrawal"
    assert refused(keeper.send(path, {"reason": " "})) == (422, "regions.grid-change.reason-missing")
    withdrawn = keeper.send(path, {"reason": "划错了"}).json()
    assert (withdrawn["withdrawn"]["reason"], withdrawn["may_withdraw"]) == ("划错了", False)
    assert refused(keeper.send(path, {"reason": "划错了"})) == (409, "regions.grid-change.withdrawn")


def test_what_a_grid_cannot_become_is_refused_in_words(now_city: City) -> None:
    old, keeper = largest(), desk(now_city, Role.ADMINISTRATOR)
    today = day_of(now_city.clock())
    tomorrow = today + timedelta(days=1)
    line = [[old.west - 0.002, old.south], [old.west - 0.001, old.north]]
    for sent, answer in [
        (cut(old, today), (422, "regions.grid-change.not-before-tomorrow")),
        (cut(old, tomorrow, line=line), (422, "regions.grid-change.cut-misses")),
        (cut(old, tomorrow, line=[]), (422, "regions.grid-change.wrong-number")),
        (cut(old, tomorrow, codes=["990101001001999"]), (409, "regions.grids.not-in-force")),
        (cut(old, tomorrow, kind="merge"), (422, "regions.grid-change.wrong-number")),
        (cut(old, tomorrow, codes=["99010100100199"]), (422, "plumbing.input.invalid")),
    ]:
        for path in ("/grids/changes", "/grids/changes/trial"):
            assert refused(keeper.send(path, sent)) == answer
    assert refused(keeper.call("GET", "/grids/990101001001999")) == (404, "kernel.not-found")


def test_only_administrators_change_grids_and_everybody_with_the_map_sees_one(now_city: City) -> None:
    old = largest()
    asked = cut(old, day_of(now_city.clock()) + timedelta(days=1))
    for role in (Role.DISPATCHER, Role.SUPERVISOR, Role.COLLECTOR):
        seat = Browser().sign_in(now_city.actor(role))
        assert seat.send("/grids/changes", asked).status_code == 403
        told = seat.call("GET", f"/grids/{old.code}").json()
        assert (told["code"], told["changes"]) == (old.code, [])
