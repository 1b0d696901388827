"""What somebody still has in hand, and that they cannot leave with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.people.rules.leaving import LastHandler, OpenWork, TasksLeft

if TYPE_CHECKING:
    from tests.cases.city import City

TODAY = date(2026, 3, 2)


def test_an_open_task_is_found_by_its_collector(city: City) -> None:
    from gezhi.cases.queries.open_work import open_work

    case_id = city.at(Status.INSPECTING)
    task = city.state(case_id).open_task
    assert task is not None
    work = open_work(task.collector, ())
    assert [one.case_id for one in work.tasks] == [case_id]
    assert (work.task_count, work.part_count) == (1, 0)


def test_an_open_part_is_found_by_its_unit_and_names_it(city: City) -> None:
    from gezhi.cases.queries.open_work import open_work

    case_id = city.at(Status.HANDLING)
    leading = city.state(case_id).leading
    assert leading is not None
    work = open_work(None, (leading.unit,))
    assert [(one.case_id, one.unit_id) for one in work.parts] == [(case_id, leading.unit)]
    assert work.part_count == 1


def test_what_is_closed_holds_nobody(city: City) -> None:
    from gezhi.cases.queries.open_work import open_work

    state = city.state(city.at(Status.CLOSED))
    collector = state.tasks[0].collector
    assert open_work(collector, [part.unit for part in state.assignments]) == OpenWork()


def test_a_collector_and_the_only_handler_of_a_unit_stay_until_the_work_is_handed_on(city: City) -> None:
    from tests.people.acting import end_account

    inspecting, handling = city.at(Status.INSPECTING), city.at(Status.HANDLING)
    task, leading = city.state(inspecting).open_task, city.state(handling).leading
    assert task is not None
    assert leading is not None
    with pytest.raises(TasksLeft):
        end_account(task.collector, last_day=TODAY)
    handlers = [actor for actor in city.people(Role.HANDLER) if leading.unit in actor.scope.organisations]
    for actor in handlers[1:]:
        end_account(actor.user_id, last_day=TODAY)
    with pytest.raises(LastHandler):
        end_account(handlers[0].user_id, last_day=TODAY)
    city.do(inspecting, *city.next_move(inspecting))
    end_account(task.collector, last_day=TODAY)
