from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from gezhi.kernel.problems import NotFound
from gezhi.people.rules.care.refusals import EndedAlready, EndedBeforeStart
from gezhi.people.rules.leaving import HeldCase, LastHandler, OpenWork, TasksLeft
from tests.people import acting
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
    asked = held(OpenWork(tasks=(CASE,), task_count=1))
    with pytest.raises(TasksLeft):
        acting.end_account(city.users["che"], last_day=TODAY)
    with pytest.raises(TasksLeft):
        acting.end_appointment(city.users["che"], city.posts["collect-east"], last_day=TODAY)
    assert asked == [(city.users["che"], ())] * 2
    assert active_to(city.users["che"]) is None


def test_the_only_handler_of_a_unit_with_open_cases_stays(
    city: SimpleNamespace, held: Callable[[OpenWork], Asked]
) -> None:
    crew = city.bodies["roads-crew"]
    asked = held(OpenWork(parts=(HeldCase(UUID(int=2), "370900-2026-000002", "370902003", crew),), part_count=1))
    with pytest.raises(LastHandler):
        acting.end_account(city.users["fang"], last_day=TODAY)
    assert asked == [(None, (crew,))]
    acting.appoint(city.users["he"], city.posts["crew"], valid_from=START)
    acting.end_account(city.users["fang"], last_day=TODAY)
    assert active_to(city.users["fang"]) == TODAY


def test_with_nothing_in_hand_everybody_may_go(city: SimpleNamespace, held: Callable[[OpenWork], Asked]) -> None:
    held(OpenWork())
    for username in ("che", "fang", "an"):
        acting.end_account(city.users[username], last_day=TODAY)
        assert active_to(city.users[username]) == TODAY


def test_another_beat_keeps_the_tasks_of_a_collector(city: SimpleNamespace, held: Callable[[OpenWork], Asked]) -> None:
    asked = held(OpenWork(tasks=(CASE,), task_count=1))
    acting.appoint(city.users["che"], city.posts["collect-street"], valid_from=START)
    acting.end_appointment(city.users["che"], city.posts["collect-east"], last_day=TODAY)
    assert asked == []


def test_an_account_ends_once_and_not_before_it_began(city: SimpleNamespace) -> None:
    with pytest.raises(EndedBeforeStart):
        acting.end_account(city.users["an"], last_day=START - timedelta(days=1))
    acting.end_account(city.users["an"], last_day=TODAY)
    with pytest.raises(EndedAlready):
        acting.end_account(city.users["an"], last_day=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        acting.end_account(0, last_day=TODAY)


def test_the_administrator_ends_an_account_and_hears_why_not(
    city: SimpleNamespace, held: Callable[[OpenWork], Asked], sign_in: Callable[..., Any], api: Any
) -> None:
    held(OpenWork(tasks=(CASE,), task_count=1))
    sign_in("gu")

    def end(user_id: int) -> Any:
        act = {"act": "end-person", "user_id": user_id, "last_day": "2027-12-31", "reason": "离职"}
        return api.call("POST", "/people/acts", act)

    refused = end(city.users["che"])
    assert (refused.status_code, refused.json()["code"]) == (409, "people.leaving.tasks-left")
    assert refused.json()["details"]["case_ids"] == [str(UUID(int=1))]
    assert end(city.users["bao"]).status_code == 201
    assert end(city.users["gu"]).json()["code"] == "people.leaving.own-account"
    assert end(999_999).status_code == 404
    sign_in("an")
    assert end(city.users["bao"]).json()["code"] == "people.policy.not-granted"
