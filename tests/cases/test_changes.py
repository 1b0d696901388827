"""The change cursor: whatever happens at the same time, a case may come twice but none is missed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from gezhi.cases.actions import perform
from gezhi.cases.queries.worklist import ChangeCursor, get_change_cursor, list_changes
from gezhi.kernel.permissions import Actor, Role, Scope
from tests.cases.city import City

EVERYWHERE = Actor(1, 1, Role.ADMINISTRATOR, 1, Scope(regions=("",)))


# changes


def changed_since(cursor: ChangeCursor, *, limit: int = 50) -> tuple[list[UUID], ChangeCursor]:
    """Everything until the cursor rests."""
    found: list[UUID] = []
    for _ in range(100):
        rows, cursor = list_changes(EVERYWHERE, cursor, limit=limit)
        found += [row.id for row in rows]
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
            _, cursor = list_changes(EVERYWHERE, ChangeCursor(since=0), limit=50)
    assert cursor.since <= xid
    assert get_change_cursor() > 0


def test_while_paging_the_cursor_keeps_the_end_that_it_began_with(city: City) -> None:
    for number in range(3):
        city.begin(city.reported(city.spot(number=number)))
    with other_connection() as other:
        xid = int(other.execute("SELECT pg_current_xact_id()::text").fetchone()[0])  # type: ignore[index]
        rows, cursor = list_changes(EVERYWHERE, ChangeCursor(since=0), limit=2)
        other.commit()
    assert len(rows) == 2
    assert cursor.until is not None
    assert cursor.until <= xid
    rest, resting = changed_since(cursor, limit=2)
    assert len(rest) >= 1
    assert resting.since <= xid
