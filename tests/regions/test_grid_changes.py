"""网格变更 on the real database: old grids end, new ones begin, and a change is withdrawn before its day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import shapely

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.kernel.problems import NotFound, Problem
from gezhi.plumbing.clock import Clock
from gezhi.regions import queries
from gezhi.regions.actions import change_grids, withdraw_grid_change
from gezhi.regions.models import GridChange, UnitGrid
from gezhi.regions.rules.grid_change import (
    ChangedAgain,
    GridChangeAsked,
    GridChangeKind,
    InForceAlready,
    OutsideReach,
    ReasonMissing,
    WithdrawnAlready,
)
from tests.fixtures import FixedClock, StatementCount

pytestmark = pytest.mark.django_db
NOW = 1_772_413_200
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
KEEPER = Actor(
    user_id=7,
    post_id=1,
    role=Role.ADMINISTRATOR,
    organisation_id=1,
    scope=Scope(regions=("9901",)),
    permissions=frozenset({Permission.SETTINGS_WRITE}),
    name="管网格",
)
ELSEWHERE = Actor(user_id=8, post_id=2, role=Role.ADMINISTRATOR, organisation_id=2, scope=Scope(regions=("990102",)))


def clock(day: int = 0) -> Clock:
    return FixedClock(NOW + day * 86_400)


def grid() -> UnitGrid:
    """A large one: its halves are large enough to be grids."""
    return UnitGrid.objects.filter(community_code="990101001001", valid_to=None).order_by("-area_m2", "code")[0]


def cut(row: UnitGrid, on: date = TOMORROW) -> GridChangeAsked:
    middle = (row.south + row.north) / 2
    line = ((row.west - 0.001, middle), (row.east + 0.001, middle))
    return GridChangeAsked(GridChangeKind.SPLIT, (row.code,), on, "人口增加", line)


def change(asked: GridChangeAsked, actor: Actor = KEEPER, key: UUID | None = None) -> GridChange:
    return GridChange.objects.get(id=change_grids(asked, actor, key=key or uuid4(), clock=clock()))


def inside(row: UnitGrid) -> tuple[float, float]:
    point = shapely.from_wkb(bytes(row.wkb)).representative_point()
    return point.x, point.y


def test_from_its_day_on_a_split_grid_is_two_with_numbers_never_used(city: None) -> None:
    old = grid()
    done = change(cut(old))
    assert (done.ended, len(done.begun), done.user_name, done.reason) == ([old.code], 2, "管网格", "人口增加")
    for code in done.begun:
        row = UnitGrid.objects.get(code=code)
        assert (row.valid_from, row.valid_to) == (TOMORROW, None)
        assert queries.held_locator(TOMORROW).locate(*inside(row)).grid_code == code
        assert queries.held_locator(TODAY).locate(*inside(row)).grid_code == old.code
    assert UnitGrid.objects.get(code=old.code).valid_to == TODAY


def test_the_parts_are_merged_again_later_under_a_third_number(city: None) -> None:
    old = grid()
    parts = change(cut(old)).begun
    again = change(GridChangeAsked(GridChangeKind.MERGE, tuple(parts), TOMORROW + timedelta(days=1), "恢复原状"))
    (code,) = again.begun
    assert code not in {old.code, *parts}
    assert [row.on for row in queries.list_changes_of(parts[0])] == [again.on, TOMORROW]
    grown = shapely.from_wkb(bytes(UnitGrid.objects.get(code=code).wkb))
    assert grown.covers(shapely.from_wkb(bytes(old.wkb)))


def test_the_same_key_changes_the_grid_once(city: None) -> None:
    key, asked = uuid4(), cut(grid())
    first, second = change(asked, key=key), change(asked, key=key)
    assert first == second
    assert GridChange.objects.count() == 1


def test_a_change_that_was_withdrawn_leaves_every_day_as_it_was(city: None) -> None:
    old = grid()
    done = change(cut(old))
    withdraw_grid_change(done.id, "划错了", KEEPER, clock=clock())
    for day in (TODAY, TOMORROW, TOMORROW + timedelta(days=30)):
        assert queries.held_locator(day).locate(*inside(old)).grid_code == old.code
    new = UnitGrid.objects.filter(code__in=done.begun)
    assert not new.filter(valid_to__gte=TOMORROW).exists()
    assert UnitGrid.objects.get(code=old.code).valid_to is None
    assert queries.list_changes_of(old.code) == []
    (told,) = queries.list_changes(KEEPER.scope)
    assert (told.withdrawn_by, told.withdrawn_why) == ("管网格", "划错了")
    assert not set(change(cut(old)).begun) & set(done.begun)


def test_a_change_is_withdrawn_once_before_its_day_with_a_reason_by_who_keeps_the_region(city: None) -> None:
    done = change(cut(grid()))

    def refused(problem: type[Problem], reason: str = "划错了", actor: Actor = KEEPER, day: int = 0) -> None:
        with pytest.raises(problem):
            withdraw_grid_change(done.id, reason, actor, clock=clock(day))

    refused(ReasonMissing, reason=" ")
    refused(OutsideReach, actor=ELSEWHERE)
    refused(InForceAlready, day=1)
    later = change(GridChangeAsked(GridChangeKind.MERGE, tuple(done.begun), TOMORROW + timedelta(days=1), "恢复"))
    refused(ChangedAgain)
    withdraw_grid_change(later.id, "先撤销这一项", KEEPER, clock=clock())
    withdraw_grid_change(done.id, "划错了", KEEPER, clock=clock())
    refused(WithdrawnAlready)
    with pytest.raises(NotFound):
        withdraw_grid_change(uuid4(), "划错了", KEEPER, clock=clock())


def test_changes_are_listed_for_those_who_keep_the_region_at_one_statement(
    city: None, statement_count: StatementCount
) -> None:
    change(cut(grid()))
    second = change(cut(grid()))
    with statement_count() as counted:
        listed = queries.list_changes(KEEPER.scope, limit=10)
    assert (len(listed), counted.total) == (2, 1)
    after = listed[0].recorded_at, listed[0].id
    assert [one.id for one in queries.list_changes(KEEPER.scope, after=after)] == [listed[1].id]
    assert queries.list_changes(ELSEWHERE.scope) == queries.list_changes(Scope()) == []
    assert second.id in {one.id for one in listed}
