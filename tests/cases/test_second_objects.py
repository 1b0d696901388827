"""The same in the database: what the writer gathers of units, collectors and other cases is what the actor may name."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.problems import NotFound, Problem
from gezhi.people.actions import enter_shift, strike_shift
from gezhi.people.models import RosterShift
from gezhi.people.rules.roster import RosterRow
from tests.cases.city import EAST, WEST, City
from tests.fixtures import FixedClock

HERE, FOREIGN_OFFICE = "990101001", "990102001-office"


def test_nobody_merges_into_a_case_that_they_do_not_see_singly_or_in_a_batch(city: City) -> None:
    own, other = city.begin(), city.begin()
    foreign = city.begin(city.reported(city.spot("990102001")))
    acceptor = msgspec.structs.replace(city.actor(Role.ACCEPTOR), scope=Scope(regions=(WEST,)))
    into = {
        one: commands.Merge(into=str(one), reason="同一处", reason_code="other")
        for one in (foreign, UUID(int=5), other)
    }
    for target in (foreign, UUID(int=5)):
        with pytest.raises(NotFound):
            city.do(own, into[target], acceptor)
    batch = [city.submission(into[target], acceptor, own) for target in (foreign, UUID(int=5), other)]
    outcomes = city.perform(*batch)
    assert [type(one.problem) for one in outcomes] == [NotFound, NotFound, type(None)]
    assert [entry.step.kind for entry in list_entries(foreign)] == ["reported"]
    assert city.state(own).merged_into == str(other)


def test_a_case_is_given_only_to_units_that_answer_for_its_place(city: City) -> None:
    case_id, dispatcher = city.at(Status.REGISTERED), city.actor(Role.DISPATCHER)
    office, whole = city.unit(f"{HERE}-office"), city.unit("990100-works")
    for unit, helpers in ((city.unit(FOREIGN_OFFICE), ()), (whole, (city.unit(FOREIGN_OFFICE),)), (999_999, ())):
        with pytest.raises(Problem, match=r"cases\.dispatching\.unit-unfit"):
            city.do(case_id, commands.Dispatch(unit_id=unit, helpers=helpers, reason="现场商定"), dispatcher)
    city.do(case_id, commands.Dispatch(unit_id=office, helpers=(whole,), reason="现场商定"), dispatcher)
    assert [part.unit for part in city.state(case_id).open_assignments] == [office, whole]


def test_an_owner_is_settled_by_a_unit_of_the_place_and_a_major_case_led_by_one_that_has_it(city: City) -> None:
    case_id, foreign = city.at(Status.REGISTERED), city.unit(FOREIGN_OFFICE)
    leader, due = city.actor(Role.LEADER), city.clock() + 30 * 86_400
    handled = city.at(Status.HANDLING)
    for unit in (foreign, city.unit("990100-parks"), city.unit("990100-government")):
        with pytest.raises(Problem, match=r"cases\.major-cases\.bad-terms"):
            city.do(handled, commands.ListMajor(level=2, text="分三步整治", due=due, unit_id=unit), leader)
    city.do(case_id, commands.MarkUnowned(reason="责任清单没有"), city.actor(Role.DISPATCHER))
    with pytest.raises(Problem, match=r"cases\.dispatching\.unit-unfit"):
        city.do(
            case_id, commands.SettleOwner(unit_id=foreign, basis="会议纪要", reason="属地", manner="meeting"), leader
        )


def test_a_miss_is_charged_to_whoever_walked_the_beat_by_the_roster_and_to_nobody_else(city: City) -> None:
    RosterShift.objects.all().delete()
    case_id, officer = city.begin(city.call(), city.actor(Role.ACCEPTOR)), city.actor(Role.DUTY_OFFICER)
    walked, elsewhere = city.collector(), city.actor(Role.COLLECTOR, region="990102001")
    resting = next(one for one in city.people(Role.COLLECTOR, region="990101001") if one.user_id != walked.user_id)
    at = city.state(case_id).reported
    for one, beat, starts in (
        (walked, HERE, at - 3_600),
        (elsewhere, "990102001", at - 3_600),
        (resting, HERE, at + 1),
    ):
        enter(city, one, beat, starts, at + 3_600, entered=at - 3_600)
    for who in (city.actor(Role.HANDLER).user_id, elsewhere.user_id, officer.user_id, resting.user_id, 999_999):
        with pytest.raises(Problem, match=r"cases\.missed\.not-on-this-beat"):
            city.do(case_id, commands.FindMissed(collector_id=who, basis="巡查轨迹", reason="漏报"), officer)
    city.do(case_id, commands.FindMissed(collector_id=walked.user_id, basis="巡查轨迹", reason="漏报"), officer)
    step, shift = list_entries(case_id)[-1].step, RosterShift.objects.get(user_id=walked.user_id)
    assert step.missed is not None
    assert (step.charged_to, step.missed.shift, step.missed.post) == (walked.user_id, shift.id, walked.post_id)
    assert (step.missed.beat, step.missed.starts, step.missed.entered) == (HERE, at - 3_600, None)


def test_a_shift_that_was_struck_charges_nobody_and_one_entered_afterwards_says_so_and_serves_only_others(
    city: City,
) -> None:
    RosterShift.objects.all().delete()
    officer, supervisor = city.actor(Role.DUTY_OFFICER), city.actor(Role.SUPERVISOR)
    case_id, walked = city.begin(city.call(), city.actor(Role.ACCEPTOR)), city.collector()
    at = city.state(case_id).reported
    struck = enter(city, walked, city.state(case_id).place.area, at - 60, at + 60, entered=at - 60)
    strike_shift(struck, reason="临时调班", actor=officer, clock=city.clock)
    find = commands.FindMissed(collector_id=walked.user_id, basis="巡查轨迹", reason="漏报")
    for who in (officer, supervisor):
        with pytest.raises(Problem, match=r"cases\.missed\.not-on-this-beat"):
            city.do(case_id, find, who)
    enter(city, walked, HERE, at - 60, at + 60, entered=at + 600, by=officer)
    with pytest.raises(Problem, match=r"cases\.missed\.not-on-this-beat"):
        city.do(case_id, find, officer)
    city.do(case_id, find, supervisor)
    missed = list_entries(case_id)[-1].step.missed
    assert missed is not None
    assert (missed.collector, missed.entered) == (walked.user_id, at + 600)


def enter(city: City, who: Actor, beat: str, starts: int, ends: int, *, entered: int, by: Actor | None = None) -> int:
    row = RosterRow(user_id=who.user_id, region_codes=(beat,), starts_at=starts, ends_at=ends)
    return enter_shift(row, actor=by or city.actor(Role.DUTY_OFFICER), clock=FixedClock(entered))


def test_a_task_goes_only_to_a_collector_of_the_place(city: City) -> None:
    case_id, acceptor = city.begin(city.reported(city.spot("990102001"))), city.actor(Role.ACCEPTOR)
    assert city.spot("990102001").code.startswith(EAST)
    with pytest.raises(Problem, match=r"cases\.field-tasks\.collector-unfit"):
        city.do(case_id, commands.RequireVerification(collector_id=city.collector().user_id), acceptor)
