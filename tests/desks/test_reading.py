"""On a shared queue each sees who of the same seat has a case before them; it fades, and tells nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from gezhi.cases.rules.stages import Status
from gezhi.desks.actions.reading import note_reading
from gezhi.desks.queries.reading import FADES_S, find_readers
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import held_directory
from tests.cases.city import City
from tests.cases.test_api import Browser


def dispatchers(city: City) -> tuple[Actor, Actor]:
    mine, other, *_ = city.people(Role.DISPATCHER)
    return mine, other


def test_who_reads_a_case_is_named_to_the_others_of_the_seat_and_not_to_themselves(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    mine, other = dispatchers(city)
    now = city.clock()
    note_reading(mine, case_id, now=now)
    assert find_readers(other, [case_id], now=now) == {case_id: [mine.user_id]}
    assert find_readers(mine, [case_id], now=now) == {}
    assert find_readers(city.actor(Role.ACCEPTOR), [case_id], now=now) == {}


def test_it_fades_and_is_laid_down_with_the_case(city: City) -> None:
    first, second = city.at(Status.REGISTERED), city.at(Status.REGISTERED)
    mine, other = dispatchers(city)
    now = city.clock()
    note_reading(mine, first, now=now)
    assert find_readers(other, [first], now=now + FADES_S - 1) == {first: [mine.user_id]}
    assert find_readers(other, [first], now=now + FADES_S) == {}
    note_reading(mine, second, now=now)
    assert find_readers(other, [first, second], now=now) == {second: [mine.user_id]}
    note_reading(mine, None, now=now)
    assert find_readers(other, [first, second], now=now) == {}


def test_a_case_that_one_may_not_see_leaves_no_trace(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    mine, other = dispatchers(city)
    now = city.clock()
    note_reading(city.actor(Role.HANDLER), case_id, now=now)
    note_reading(mine, uuid4(), now=now)
    assert not is_anything_noted()
    assert find_readers(other, [case_id], now=now) == {}


def is_anything_noted() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM desks_case_reading)")
        return bool(cursor.fetchone()[0])


def test_one_call_says_what_i_read_and_answers_who_else_reads_what(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    mine, other = dispatchers(city)
    browsers = [Browser().sign_in(one) for one in (mine, other)]

    def tell(at: int, case: UUID | None) -> list[dict[str, Any]]:
        token = browsers[at].cookies[settings.CSRF_COOKIE_NAME].value
        body = {"case": case and str(case), "among": [str(case_id)]}
        answer = browsers[at].call("PUT", "/reading", body, **{"X-CSRFToken": token})
        assert answer.status_code == 200, answer.content
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    assert tell(0, case_id) == []
    assert tell(1, case_id) == [{"case": str(case_id), "people": [held_directory().users[mine.user_id].name]}]
    tell(0, None)
    assert tell(1, case_id) == []
