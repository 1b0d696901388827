"""The change cursor: whatever happens at the same time, a case may come twice but none is missed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from gezhi.cases.actions import perform
from gezhi.cases.rules import commands
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.worklists.queries.changes import ChangeCursor, Changed, Reading, get_change_cursor, list_changes
from gezhi.worklists.queries.worklist import Filters, list_cases, place_after
from gezhi.worklists.rules.queues import queue_of
from tests.cases.city import City

ANY_LIST = Reading()
EVERYWHERE = Actor(1, 1, Role.ADMINISTRATOR, 1, Scope(regions=("",)))


# changes


def changed_since(cursor: ChangeCursor, *, limit: int = 50) -> tuple[list[UUID], ChangeCursor]:
    """Everything until the cursor rests."""
    found: list[UUID] = []
    for _ in range(100):
        changes, cursor = list_changes(EVERYWHERE, cursor, ANY_LIST, now=0, limit=limit)
        found += [one.row.id for one in changes]
        if cursor.after is None:
            return found, cursor
    message = "the cursor never comes to rest"
    raise AssertionError(message)


@pytest.mark.parametrize("limit", [1, 4, 50])
def test_every_change_comes_also_where_one_transaction_changed_more_than_a_page(city: City, limit: int) -> None:
    spots = [city.spot(number=number) for number in range(11)]
    batch = [city.submission(city.reported(spot), city.collector()) for spot in spots]
    perform(batch, clock=city.clock)
    found, _ = changed_since(ChangeCursor(since=0), limit=limit)
    assert sorted(found) == sorted(one.case_id for one in batch)


def test_the_cursor_survives_being_written_down() -> None:
    for cursor in (ChangeCursor(since=12), ChangeCursor(since=12, after=UUID(int=7), until=15)):
        assert ChangeCursor.of_text(cursor.text) == cursor
    for text in ("", "x", "12.", "12.7", "12.x.15", "-1", "1" * 40):
        assert ChangeCursor.of_text(text) is None


def other_connection() -> psycopg.Connection[Any]:
    settings = connection.get_connection_params()
    given = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if settings.get(name)}
    return psycopg.connect(**given)


def test_a_transaction_that_commits_behind_the_cursor_is_still_told(city: City) -> None:
    """It began before the look, commits between the look and the answer: the cursor must not have gone past it."""
    with other_connection() as other:
        other.execute("SELECT pg_current_xact_id()")
        xid = int(other.execute("SELECT pg_current_xact_id()::text").fetchone()[0])  # type: ignore[index]

        def commit_after_the_look(execute: Any, sql: str, *rest: Any) -> Any:
            answer = execute(sql, *rest)
            if "cases_case" in sql:
                other.commit()
            return answer

        with connection.execute_wrapper(commit_after_the_look):
            _, cursor = list_changes(EVERYWHERE, ChangeCursor(since=0), ANY_LIST, now=0, limit=50)
    assert cursor.since <= xid
    assert get_change_cursor() > 0


def test_while_paging_the_cursor_keeps_the_end_that_it_began_with(city: City) -> None:
    for number in range(3):
        city.begin(city.reported(city.spot(number=number)))
    with other_connection() as other:
        xid = int(other.execute("SELECT pg_current_xact_id()::text").fetchone()[0])  # type: ignore[index]
        rows, cursor = list_changes(EVERYWHERE, ChangeCursor(since=0), ANY_LIST, now=0, limit=2)
        other.commit()
    assert len(rows) == 2
    assert cursor.until is not None
    assert cursor.until <= xid
    rest, resting = changed_since(cursor, limit=2)
    assert len(rest) >= 1
    assert resting.since <= xid


# does it belong to the list that is being read?


def changes_for(city: City, since: int, reading: Reading) -> dict[UUID, Changed]:
    changes, _ = list_changes(EVERYWHERE, ChangeCursor(since=since), reading, now=city.clock(), limit=50)
    return {one.row.id: one for one in changes}


def test_a_changed_case_says_whether_it_belongs_to_the_list_that_is_being_read(city: City) -> None:
    stays, leaves = city.begin(city.reported(city.spot(number=1))), city.begin(city.reported(city.spot(number=2)))
    since = get_change_cursor()
    acceptor = city.actor(Role.ACCEPTOR)
    city.do(stays, commands.Note(text="已联系"), acceptor)
    city.do(leaves, commands.Refuse(reason="重复", reason_code="other", answer="已有人报过"), acceptor)
    comes = city.begin(city.reported(city.spot(number=3)))
    queue = queue_of("reported")
    found = changes_for(city, since, Reading(Filters(queue=queue)))
    assert {case_id: one.belongs for case_id, one in found.items()} == {stays: True, leaves: False, comes: True}
    assert {row.id for row in list_cases(Filters(queue=queue), acceptor, now=0, sort="due", after=None, limit=9)} == {
        stays,
        comes,
    }


@pytest.mark.parametrize("sort", ["due", "newest", "oldest", "closed"])
def test_a_changed_case_behind_what_was_read_is_no_news_for_the_reader(city: City, sort: str) -> None:
    for number in range(6):
        case_id = city.begin(city.reported(city.spot(number=number)))
        city.do(case_id, commands.Note(text="已联系"), city.actor(Role.ACCEPTOR))
        city.clock.advance(60)
    page = list_cases(Filters(), EVERYWHERE, now=city.clock(), sort=sort, after=None, limit=4)
    found = changes_for(city, 0, Reading(Filters(), sort, place_after(page[-1], sort)))
    assert len(found) == 6
    assert {case_id for case_id, one in found.items() if not one.later} == {row.id for row in page}


def test_what_a_filter_knows_nothing_about_does_not_belong(city: City) -> None:
    """Nothing to compare is no match, and no error: a case without a due date has no light."""
    case_id = city.begin(city.reported(city.spot()))
    nowhere = changes_for(city, 0, Reading(Filters(light="red", status="closed")))
    assert (nowhere[case_id].belongs, nowhere[case_id].later) == (False, False)
