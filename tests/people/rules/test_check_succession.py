from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from gezhi.kernel.problems import Problem
from gezhi.people.rules.check_succession import check_succession, handles_on
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.succession import RowShare, SuccessionFacts, UnitSuccession
from tests.people.invented import ORGANISATIONS, build_directory

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)
BODY = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
ROADS, CREW, PARKS = BODY["roads"], BODY["roads-crew"], BODY["parks"]


def city(*successions: SuccessionFacts) -> Directory:
    base = build_directory()
    return Directory(
        base.users.values(), base.organisations.values(), base.posts.values(), base.appointments, (), (), successions
    )


def settled(unit: int, successor: int, *, on: date = TOMORROW, done: bool = False) -> SuccessionFacts:
    return SuccessionFacts(UUID(int=unit), UnitSuccession(unit, successor), on, "", done)


def asked(*given: Any, directory: Directory | None = None, on: date = TOMORROW) -> str:
    """The code of what speaks against it, or nothing."""
    try:
        check_succession(UnitSuccession(*given), directory or city(), on=on, today=TODAY)
    except Problem as problem:
        return problem.code.removeprefix("people.succession.")
    return ""


def test_a_department_goes_on_in_another_from_tomorrow_on() -> None:
    assert asked(ROADS, PARKS) == ""
    assert asked(ROADS, PARKS, on=TODAY) == "not-before-tomorrow"


@pytest.mark.parametrize("body", ["gov", "jd", "zh", "far"])
def test_who_handles_nothing_is_neither_succeeded_nor_a_successor(body: str) -> None:
    assert asked(BODY[body], PARKS) == "unit-not-there"
    assert asked(ROADS, BODY[body]) == "successor-unfit"


def test_bodies_that_are_not_there_or_the_unit_itself_are_refused() -> None:
    assert asked(ROADS, ROADS) == "successor-unfit"
    assert asked(ROADS, 987_654) == "successor-unfit"
    assert asked(987_654, ROADS) == "unit-not-there"
    assert asked(ROADS, PARKS, (RowShare(7, ROADS),)) == "successor-unfit"
    assert asked(ROADS, PARKS, on=date(2019, 1, 1)) == "not-before-tomorrow"


def test_one_succession_at_a_time_and_no_ring() -> None:
    coming = city(settled(CREW, PARKS))
    assert asked(CREW, ROADS, directory=coming) == "succeeded-already"
    assert asked(ROADS, CREW, directory=coming) == "successor-ends"
    assert asked(PARKS, ROADS, directory=coming) == "unit-succeeds"
    assert asked(ROADS, PARKS, directory=coming) == ""
    assert asked(PARKS, ROADS, directory=city(settled(CREW, PARKS, on=TODAY, done=True))) == ""


def test_from_the_day_on_nothing_is_dispatched_to_the_old_unit() -> None:
    directory = city(settled(ROADS, PARKS))
    assert [handles_on(directory, ROADS, day) for day in (TODAY, TOMORROW)] == [True, False]
    assert handles_on(directory, PARKS, TOMORROW)
    assert not handles_on(directory, BODY["gov"], TODAY)
    assert not handles_on(directory, 987_654, TODAY)
