from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gezhi.kernel.problems import NotFound
from gezhi.people.rules.care import deeds, refusals
from gezhi.people.rules.care.plan import RowChange, StaffDeedFacts, Table
from gezhi.people.rules.care.reach import BodyOutside
from gezhi.people.rules.care.undo import is_undoable
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.rows import RingOfParents
from tests.people.rules.care.planned import BODY, TODAY, USER, WHY, city, deed_of, keeper, plan
from tests.people.rules.care.test_bodies import SPRING, SUMMER, changed, ended
from tests.people.rules.care.test_people import NEXT_WEEK, appointed, put_out, took_up, transferred
from tests.people.rules.care.test_people import ended as person_ended

UNDO = deeds.Undo(deed_id=1, reason=WHY)


def stored(act: Any) -> tuple[Directory, StaffDeedFacts]:
    """The city after an act, and its deed."""
    made = plan(act)
    rows = [row if row.before else RowChange(row.table, 80, {}, {"id": 80, **row.after}) for row in made.rows]
    return city(*rows), deed_of(act, made, rows=rows)


@pytest.mark.parametrize("act", [person_ended("an"), put_out("an", "accept"), ended("parks")])
def test_an_end_is_taken_back_with_everything_as_before(act: Any) -> None:
    directory, deed = stored(act)
    (row,) = plan(UNDO, directory, deed=deed).rows
    assert list(row.after.values()) == [None]
    assert is_undoable(deed, TODAY)


def test_a_transfer_before_its_day_is_taken_back_wholly_and_afterwards_not() -> None:
    directory, deed = stored(transferred("bao", "officer", "officer-east", NEXT_WEEK))
    old, new = plan(UNDO, directory, deed=deed).rows
    assert (dict(old.after), dict(new.after)) == ({"valid_to": None}, {"struck": True})
    directory, deed = stored(transferred("bao", "officer", "officer-east"))
    assert not is_undoable(deed, TODAY)
    with pytest.raises(refusals.CannotUndo):
        plan(UNDO, directory, deed=deed)


def test_what_was_changed_since_or_taken_back_already_stays() -> None:
    directory, deed = stored(put_out("an", "accept", NEXT_WEEK))
    ended_sooner = city(RowChange(Table.APPOINTMENT, deed.rows[0].id, {}, {"valid_to": TODAY}))
    with pytest.raises(refusals.CannotUndo):
        plan(UNDO, ended_sooner, deed=deed)
    undone = deed_of(put_out("an", "accept", NEXT_WEEK), plan(put_out("an", "accept", NEXT_WEEK)), undone=True)
    with pytest.raises(refusals.UndoneAlready):
        plan(UNDO, directory, deed=undone)
    with pytest.raises(NotFound):
        plan(UNDO, directory)


def test_an_end_is_not_taken_back_under_a_new_appointment_to_the_same_post() -> None:
    directory, deed = stored(put_out("an", "accept"))
    values = {"id": 81, "user_id": USER["an"], "post_id": directory.appointments[0].post_id}
    again = RowChange(Table.APPOINTMENT, 81, {}, {**values, "valid_from": NEXT_WEEK})
    with pytest.raises(refusals.AlreadyHeld):
        plan(UNDO, city(*deed.rows, again), deed=deed)


@pytest.mark.parametrize("act", [took_up(), appointed("he", "crew")])
def test_what_has_begun_is_ended_and_not_taken_back(act: Any) -> None:
    directory, deed = stored(act)
    with pytest.raises(refusals.CannotUndo):
        plan(UNDO, directory, deed=deed)


def test_a_dated_change_is_taken_back_until_its_day() -> None:
    act = changed("parks", SPRING, name="绿化局")
    deed = deed_of(act, plan(act))
    assert plan(UNDO, deed=deed, changes=[deed]).by_date
    in_force = deed_of(changed("parks", TODAY, name="绿化局"), plan(changed("parks", TODAY, name="绿化局")))
    with pytest.raises(refusals.CannotUndo):
        plan(UNDO, deed=in_force, changes=[in_force])


def test_a_change_is_not_taken_back_where_a_later_one_would_close_a_ring() -> None:
    out = changed("roads-crew", SPRING, parent_id=BODY["parks"])
    first = deed_of(out, plan(out), id_=1)
    under = changed("roads", SUMMER, parent_id=BODY["roads-crew"])
    second = deed_of(under, plan(under, changes=[first]), id_=2)
    with pytest.raises(RingOfParents):
        plan(UNDO, deed=first, changes=[first, second])
    assert plan(UNDO, deed=second, changes=[first, second]).undoes == second.id


def test_nobody_takes_back_what_lies_outside_their_regions() -> None:
    directory, deed = stored(ended("parks", TODAY + timedelta(days=3)))
    with pytest.raises(BodyOutside):
        plan(UNDO, directory, deed=deed, by=keeper(directory, "370902"))
