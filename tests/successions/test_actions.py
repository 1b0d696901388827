"""机构承接 in the invented city: on its day the open work of a unit and its duties go over, and nothing before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import perform, put_approval_row_in_force
from gezhi.cases.queries.case_page import list_entries, visible_case
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import Status
from gezhi.duties.actions import hand_rows_over, install_duty_rows
from gezhi.duties.models import DutyRow
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.assign_unit import find_row
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.actions import settle_succession, withdraw_succession
from gezhi.people.models import Post
from gezhi.people.queries import DIRECTORY, get_actor, held_directory
from gezhi.people.rules.check_succession import handles_on
from gezhi.people.rules.succession import RowShare, UnitSuccession
from gezhi.plumbing.journal.verify import verify_registers
from gezhi.plumbing.versions import bump
from gezhi.policy.queries import held_policy
from gezhi.proof.queries.case_logs import verify_log
from gezhi.successions import actions
from gezhi.successions.actions import carry_out_successions
from tests.cases.city import ROAD, ROAD_ROW, City

DAY_S = 86_400


def settled(city: City, *rows: RowShare, to: str = "990100-parks") -> UnitSuccession:
    """The works office is to go on in the parks office from tomorrow."""
    arranged = UnitSuccession(city.unit("990100-works"), city.unit(to), rows)
    tomorrow = day_of(city.clock()) + timedelta(days=1)
    settle_succession(city.ids(), arranged, on=tomorrow, reason="机构改革方案", clock=city.clock)
    return arranged


def road_case(city: City, status: Status = Status.HANDLING) -> Any:
    return city.at(status, class_key=ROAD, row_key=ROAD_ROW)


def carry_out(city: City, *, batch: int = 2) -> int:
    return carry_out_successions(clock=city.clock, ids=city.ids, batch=batch)


def test_on_its_day_open_cases_and_duties_go_over_and_closed_cases_stay(city: City) -> None:
    cases = [road_case(city) for _ in range(3)]
    closed, other = road_case(city, Status.CLOSED), city.at(Status.HANDLING)
    asking = AskExtension(reason="料未到", reason_code="other", value=1, pictures=(city.picture(),))
    city.do(cases[0], asking, city.handler_of(city.unit("990100-works")))
    arranged = settled(city)
    rows = DutyRow.objects.filter(unit_id=arranged.unit, valid_to=None).count()
    assert carry_out(city) == 0
    assert city.state(cases[0]).leading.unit == arranged.unit  # type: ignore[union-attr]
    city.clock.advance(DAY_S)
    assert carry_out(city) == 3
    for case_id in cases:
        state, log = city.state(case_id), list_entries(case_id)
        assert [part.unit for part in state.open_assignments] == [arranged.successor]
        assert log[-1].step.kind == "succeeded"
        assert "机构改革方案" in (log[-1].step.basis or "")
    pending = city.state(cases[0]).pending
    assert pending is not None
    assert pending.unit == arranged.successor
    assert city.state(closed).last_leading.unit == arranged.unit  # type: ignore[union-attr]
    assert list_entries(other)[-1].step.kind == "received"
    assert not DutyRow.objects.filter(unit_id=arranged.unit, valid_to=None).exists()
    assert DutyRow.objects.filter(unit_id=arranged.successor, valid_from=day_of(city.clock())).count() == rows > 0
    assert carry_out(city) == 0
    assert verify_log(iter(()), lambda _: None).findings == ()
    assert list(verify_registers()) == []


def test_the_next_report_goes_to_the_successor_and_the_old_unit_is_dispatched_to_no_more(city: City) -> None:
    arranged = settled(city)
    city.clock.advance(DAY_S)
    carry_out(city)
    state = city.state(road_case(city))
    assert state.leading is not None
    assert state.leading.unit == arranged.successor
    today = day_of(city.clock())
    assert [handles_on(held_directory(), unit, today) for unit in (arranged.unit, arranged.successor)] == [False, True]


def test_what_ran_out_before_is_charged_to_the_old_unit(city: City) -> None:
    case_id = road_case(city)
    arranged = settled(city)
    city.clock.advance(60 * DAY_S)
    carry_out(city)
    ran_out, succeeded = list_entries(case_id)[-2:]
    assert [ran_out.step.kind, succeeded.step.kind] == ["clock_ran_out", "succeeded"]
    assert {charge.organisation for charge in ran_out.step.charges} >= {arranged.unit}
    assert succeeded.step.charges == ()


def test_a_split_unit_leaves_each_case_to_whom_its_duty_fell(city: City) -> None:
    of_roads = road_case(city)
    row = next(
        entry.id
        for entry in DutyRow.objects.filter(unit_id=city.unit("990100-works"), valid_to=None).order_by("id")
        if entry.selector in {"06013", "06", "*"} and entry.kind == "matter"
    )
    arranged = settled(city, RowShare(row, city.unit("990100-cleaning-east")))
    city.clock.advance(DAY_S)
    carry_out(city)
    leading = city.state(of_roads).leading
    assert leading is not None
    assert leading.unit == city.unit("990100-cleaning-east")
    assert DutyRow.objects.filter(unit_id=arranged.successor, valid_from=day_of(city.clock())).exists()


def test_a_row_that_begins_on_the_day_or_later_names_the_old_unit_on_no_day(city: City) -> None:
    tomorrow = day_of(city.clock()) + timedelta(days=1)
    first = DutyRow.objects.filter(unit_id=city.unit("990100-works"), kind="matter", valid_to=None).order_by("id")[0]
    starts = (tomorrow, tomorrow + timedelta(days=30))
    for start in starts:
        row = DutyRowData(
            edition=first.edition,
            kind="matter",
            selector=first.selector,
            area_code="990101001",
            unit_id=first.unit_id,
            valid_from=start,
        )
        install_duty_rows([row], clock=city.clock)
    arranged = settled(city)
    city.clock.advance(DAY_S)
    for _ in range(2):  # a second run finds nothing more to do
        hand_rows_over(arranged, on=tomorrow, reason="机构改革方案", clock=city.clock)
        table = held_duty_table()
        named = {
            day: find_row(table, f"{first.edition}-matter-{first.selector}", codes=("990101001",), on=day)
            for day in (*starts, starts[1] + timedelta(days=1))
        }
        assert {row.unit_id for row in named.values() if row is not None} == {arranged.successor}
        assert DutyRow.objects.filter(unit_id=arranged.successor, area_code="990101001").count() == 2


def test_of_a_wish_that_expires_and_the_limit_behind_it_both_stand_with_the_old_unit(city: City) -> None:
    case_id = road_case(city)
    asking = AskSendBack(reason="不属于本单位", reason_code="other", pictures=(city.picture(),))
    city.do(case_id, asking, city.handler_of(city.unit("990100-works")))
    put_approval_row_in_force(
        held_policy().node,
        msgspec.structs.replace(MATRIX[ApplicationKind.SEND_BACK], undecided_expires=True),
        valid_from=day_of(city.clock()),
        clock=city.clock,
        changed_by=1,
        approved_by=2,
        reason="试行",
    )
    settled(city)
    city.clock.advance(60 * DAY_S)
    carry_out(city)
    assert [entry.step.kind for entry in list_entries(case_id)[-3:]] == [
        "application_expired",
        "clock_ran_out",
        "succeeded",
    ]


def test_a_closed_case_that_is_reopened_after_the_day_goes_to_the_successor(city: City) -> None:
    closed = road_case(city, Status.CLOSED)
    arranged = settled(city)
    city.clock.advance(DAY_S)
    carry_out(city)
    reopen = commands.Reopen(reason="回访未解决", reason_code="other")
    assert city.do(closed, reopen, city.actor(Role.DUTY_OFFICER)).problem is None
    assert city.state(closed).rework_unit == arranged.successor


def test_the_successor_sees_the_old_units_cases_and_appeals_for_them(city: City) -> None:
    closed = road_case(city, Status.CLOSED)
    arranged = settled(city)
    handler = city.handler_of(arranged.successor)
    with pytest.raises(Problem):
        visible_case(closed, handler)
    city.clock.advance(DAY_S)
    carry_out(city)
    handler = get_actor(handler.user_id, now=city.clock())
    assert visible_case(closed, handler).id == closed
    appeal = Appeal(reason="材料短缺", reason_code="other", pictures=(city.picture(),))
    assert city.do(closed, appeal, handler).problem is None


def test_whoever_is_stopped_in_the_middle_goes_on_where_it_stopped(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [road_case(city) for _ in range(3)]
    arranged = settled(city)
    city.clock.advance(DAY_S)
    real, calls = perform, iter((True, False))

    def stopped(*given: Any, **more: Any) -> Any:
        if not next(calls):
            raise RuntimeError("killed")
        return real(*given, **more)

    with monkeypatch.context() as broken:
        broken.setattr(actions, "perform", stopped)
        with pytest.raises(RuntimeError):
            carry_out(city, batch=1)
    assert [city.state(one).leading.unit for one in cases].count(arranged.successor) == 1  # type: ignore[union-attr]
    rows = DutyRow.objects.count()
    assert carry_out(city) == 2
    assert DutyRow.objects.count() == rows
    assert {entry.step.kind for one in cases for entry in list_entries(one)[-1:]} == {"succeeded"}
    assert sum(entry.step.kind == "succeeded" for one in cases for entry in list_entries(one)) == 3


def test_a_case_that_could_not_go_over_is_tried_again(city: City) -> None:
    case_id = road_case(city)
    arranged = settled(city)
    city.clock.advance(DAY_S + 3_600)
    city.do(case_id, commands.Note(text="已电话联系"), city.handler_of(arranged.unit))
    city.clock.advance(-1_800)  # the clock of the server was set back
    assert carry_out(city) == 0
    city.clock.advance(3_600)
    assert carry_out(city) == 1
    assert city.state(case_id).leading.unit == arranged.successor  # type: ignore[union-attr]


def test_withdrawn_before_its_day_everything_stays(city: City) -> None:
    case_id = road_case(city)
    arranged = settled(city)
    withdraw_succession(held_directory(by_now=True).successions[0].id, clock=city.clock)
    city.clock.advance(DAY_S)
    assert carry_out(city) == 0
    assert city.state(case_id).leading.unit == arranged.unit  # type: ignore[union-attr]
    assert DutyRow.objects.filter(unit_id=arranged.unit, valid_to=None).exists()


@pytest.mark.parametrize(
    ("unit", "successor", "days", "code"),
    [
        ("990100-works", "990100-works", 1, "successor-unfit"),
        ("990100-works", "990100-government", 1, "successor-unfit"),
        ("990100-government", "990100-works", 1, "unit-not-there"),
        ("990100-works", "990100-parks", 0, "not-before-tomorrow"),
        ("990100-cleaning-east", "990100-parks", 1, "succeeded-already"),
        ("990100-works", "990100-cleaning-east", 1, "successor-ends"),
        ("990100-cleaning-west", "990100-works", 1, "unit-succeeds"),
    ],
)
def test_what_cannot_be_is_refused(city: City, unit: str, successor: str, days: int, code: str) -> None:
    tomorrow = day_of(city.clock()) + timedelta(days=1)
    for old, new in (("990100-cleaning-east", "990100-parks"), ("990100-power", "990100-cleaning-west")):
        if old in held_directory().organisation_ids:
            one = UnitSuccession(city.unit(old), city.unit(new))
            settle_succession(city.ids(), one, on=tomorrow, reason="方案", clock=city.clock)
    asked = UnitSuccession(city.unit(unit), city.unit(successor))
    on = day_of(city.clock()) + timedelta(days=days)
    with pytest.raises(Problem) as refused:
        settle_succession(city.ids(), asked, on=on, reason="方案", clock=city.clock)
    assert refused.value.code == f"people.succession.{code}"


def test_the_administrator_is_shown_what_would_go_over(city: City) -> None:
    from tests.cases.test_api import desk

    road_case(city)
    works = city.unit("990100-works")
    tomorrow = day_of(city.clock()) + timedelta(days=1)
    told = desk(city, Role.ADMINISTRATOR).call("GET", f"/successions/preview?unit_id={works}&on={tomorrow}").json()
    assert (told["cases"], told["leading"], told["waiting"], told["returning"]) == (1, 1, 0, 0)
    assert told["row_count"] == len(told["rows"]) > 0
    assert any(post["holders"] for post in told["posts"])


def test_whoever_keeps_one_district_is_not_shown_a_unit_of_the_whole_city(city: City) -> None:
    from tests.cases.test_api import desk

    Post.objects.filter(role=Role.ADMINISTRATOR).update(region_codes=["990101"])
    bump(DIRECTORY)
    works, tomorrow = city.unit("990100-works"), day_of(city.clock()) + timedelta(days=1)
    answer = desk(city, Role.ADMINISTRATOR).call("GET", f"/successions/preview?unit_id={works}&on={tomorrow}")
    assert (answer.status_code, answer.json()["code"]) == (403, "people.care.body-outside")
