from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from gezhi.kernel.problems import NotFound
from gezhi.people.rules.leaving import HeldCase, LastHandler, OpenWork, TasksLeft
from tests.people.invented import START

TODAY = date(2026, 3, 2)
CASE = HeldCase(UUID(int=1), "370900-2026-000001", "370902003", None)
Asked = list[tuple[int | None, tuple[int, ...]]]


@pytest.fixture
def held(city: SimpleNamespace) -> Iterator[Callable[[OpenWork], Asked]]:
    """`asked = held(work)`: everybody is said to hold this work; `asked` is what was asked for."""
    from gezhi.people.actions import leaving

    before = leaving._find

    def set_work(work: OpenWork) -> Asked:
        asked: Asked = []

        def find(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:
            asked.append((collector_id, tuple(unit_ids)))
            return work

        leaving.set_open_work(find)
        return asked

    yield set_work
    leaving.set_open_work(before)


def active_to(user_id: int) -> date | None:
    from gezhi.people.models import User

    return User.objects.get(id=user_id).active_to


def test_a_collector_with_open_tasks_stays(city: SimpleNamespace, held: Callable[[OpenWork], Asked]) -> None:
    from gezhi.people import actions

    asked = held(OpenWork(tasks=(CASE,), task_count=1))
    with pytest.raises(TasksLeft):
        actions.end_account(city.users["che"], last_day=TODAY)
    with pytest.raises(TasksLeft):
        actions.end_appointment(city.users["che"], city.posts["collect-east"], last_day=TODAY)
    assert asked == [(city.users["che"], ())] * 2
    assert active_to(city.users["che"]) is None


def test_the_only_handler_of_a_unit_with_open_cases_stays(
    city: SimpleNamespace, held: Callable[[OpenWork], Asked]
) -> None:
    from gezhi.people import actions

    crew = city.bodies["roads-crew"]
    asked = held(OpenWork(parts=(HeldCase(UUID(int=2), "370900-2026-000002", "370902003", crew),), part_count=1))
    with pytest.raises(LastHandler):
        actions.end_account(city.users["fang"], last_day=TODAY)
    assert asked == [(None, (crew,))]
    actions.appoint(city.users["he"], city.posts["crew"], valid_from=START)
    actions.end_account(city.users["fang"], last_day=TODAY)
    assert active_to(city.users["fang"]) == TODAY


def test_with_nothing_in_hand_everybody_may_go(city: SimpleNamespace, held: Callable[[OpenWork], Asked]) -> None:
    from gezhi.people import actions

    held(OpenWork())
    for username in ("che", "fang", "an"):
        actions.end_account(city.users[username], last_day=TODAY)
        assert active_to(city.users[username]) == TODAY


def test_another_beat_keeps_the_tasks_of_a_collector(city: SimpleNamespace, held: Callable[[OpenWork], Asked]) -> None:
    from gezhi.people import actions

    asked = held(OpenWork(tasks=(CASE,), task_count=1))
    actions.appoint(city.users["che"], city.posts["collect-street"], valid_from=START)
    actions.end_appointment(city.users["che"], city.posts["collect-east"], last_day=TODAY)
    assert asked == []


def test_an_account_ends_once_not_before_it_began_and_never_later_again(city: SimpleNamespace) -> None:
    from gezhi.people import actions
    from gezhi.people.actions.accounts import EndedBeforeStart

    with pytest.raises(EndedBeforeStart):
        actions.end_account(city.users["an"], last_day=START - timedelta(days=1))
    for _ in range(2):
        actions.end_account(city.users["an"], last_day=TODAY)
    with pytest.raises(NotFound):
        actions.end_account(city.users["an"], last_day=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        actions.end_account(0, last_day=TODAY)


def test_the_administrator_ends_an_account_and_hears_why_not(
    city: SimpleNamespace, held: Callable[[OpenWork], Asked], sign_in: Callable[..., Any], api: Any
) -> None:
    held(OpenWork(tasks=(CASE,), task_count=1))
    sign_in("gu")
    last_day = {"last_day": "2026-12-31"}
    refused = api.call("POST", f"/people/{city.users['che']}/end", last_day)
    assert (refused.status_code, refused.json()["code"]) == (409, "people.leaving.tasks-left")
    assert refused.json()["details"]["case_ids"] == [str(UUID(int=1))]
    done = api.call("POST", f"/people/{city.users['bao']}/end", last_day)
    assert (done.status_code, done.json()["name"]) == (200, "鲍远")
    assert api.call("POST", f"/people/{city.users['gu']}/end", last_day).json()["code"] == "people.leaving.own-account"
    assert api.call("POST", "/people/999999/end", last_day).status_code == 404
    sign_in("an")
    assert api.call("POST", f"/people/{city.users['bao']}/end", last_day).json()["code"] == "people.policy.not-granted"
