"""The same in the database: what the writer gathers of units, collectors and other cases is what the actor may name."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role, Scope
from gezhi.kernel.problems import NotFound, Problem
from tests.cases.city import EAST, WEST, City

HERE, FOREIGN_OFFICE = "990101001", "990102001-office"


def test_nobody_merges_into_a_case_that_they_do_not_see_singly_or_in_a_batch(city: City) -> None:
    own, other = city.begin(), city.begin()
    foreign = city.begin(city.reported(city.spot("990102001")))
    acceptor = msgspec.structs.replace(city.actor(Role.ACCEPTOR), scope=Scope(regions=(WEST,)))
    into = {one: commands.Merge(into=str(one), reason="同一处") for one in (foreign, UUID(int=5), other)}
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


def test_an_owner_is_settled_and_a_major_case_led_by_a_unit_of_the_place(city: City) -> None:
    case_id, foreign = city.at(Status.REGISTERED), city.unit(FOREIGN_OFFICE)
    leader, due = city.actor(Role.LEADER), city.clock() + 30 * 86_400
    with pytest.raises(Problem, match=r"cases\.major-cases\.bad-terms"):
        city.do(case_id, commands.ListMajor(level=2, text="分三步整治", due=due, unit_id=foreign), leader)
    city.do(case_id, commands.MarkUnowned(reason="责任清单没有"), city.actor(Role.DISPATCHER))
    with pytest.raises(Problem, match=r"cases\.dispatching\.unit-unfit"):
        city.do(case_id, commands.SettleOwner(unit_id=foreign, basis="会议纪要", reason="属地"), leader)


def test_a_miss_is_charged_to_a_collector_of_the_place_and_to_nobody_else(city: City) -> None:
    case_id, officer = city.begin(), city.actor(Role.DUTY_OFFICER)
    elsewhere = city.actor(Role.COLLECTOR, region="990102001")
    for who in (city.actor(Role.HANDLER), elsewhere, officer):
        with pytest.raises(Problem, match=r"cases\.field-tasks\.collector-unfit"):
            city.do(case_id, commands.FindMissed(collector_id=who.user_id, reason="漏报"), officer)
    with pytest.raises(Problem, match=r"cases\.field-tasks\.collector-unfit"):
        city.do(case_id, commands.FindMissed(collector_id=999_999, reason="漏报"), officer)
    city.do(case_id, commands.FindMissed(collector_id=city.collector().user_id, reason="漏报"), officer)
    assert list_entries(case_id)[-1].step.charged_to == city.collector().user_id


def test_a_task_goes_only_to_a_collector_of_the_place(city: City) -> None:
    case_id, acceptor = city.begin(city.reported(city.spot("990102001"))), city.actor(Role.ACCEPTOR)
    assert city.spot("990102001").code.startswith(EAST)
    with pytest.raises(Problem, match=r"cases\.field-tasks\.collector-unfit"):
        city.do(case_id, commands.RequireVerification(collector_id=city.collector().user_id), acceptor)
