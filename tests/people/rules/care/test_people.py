from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gezhi.kernel.phones import PhoneUnreadable
from gezhi.kernel.problems import NotFound, Problem
from gezhi.people.rules.care import deeds, refusals
from gezhi.people.rules.care.last_administrator import LastAdministrator
from gezhi.people.rules.care.plan import NEW, RowChange, Table
from gezhi.people.rules.care.reach import BodyOutside, OwnPosts, RegionOutside
from gezhi.people.rules.leaving import LastHandler, OpenWork, OutsideRegions, OwnAccount, TasksLeft
from tests.people.invented import START
from tests.people.rules.care.planned import BODY, POST, TODAY, USER, WHY, city, held, keeper, plan
from tests.people.rules.test_leaving import held as held_case

NEXT_WEEK = TODAY + timedelta(days=7)
SECOND = RowChange(
    Table.APPOINTMENT, 90, {}, {"id": 90, "user_id": USER["he"], "post_id": POST["keeper"], "valid_from": START}
)
"""Another administrator beside the first."""


def took_up(**values: Any) -> deeds.TakeUp:
    given = {"post_id": POST["crew"], "username": "xin", "name": "辛苦", "phone": "", "language": "zh"}
    return deeds.TakeUp(**{**given, "valid_from": TODAY, "reason": WHY, **values})


def appointed(user: str, post: str, day: date = TODAY) -> deeds.Appoint:
    return deeds.Appoint(user_id=USER[user], post_id=POST[post], valid_from=day, reason=WHY)


def transferred(user: str, old: str, new: str, day: date = TODAY) -> deeds.Transfer:
    return deeds.Transfer(appointment_id=held(user, old), post_id=POST[new], valid_from=day, reason=WHY)


def ended(user: str, day: date = TODAY) -> deeds.EndPerson:
    return deeds.EndPerson(user_id=USER[user], last_day=day, reason=WHY)


def put_out(user: str, post: str, day: date = TODAY) -> deeds.EndAppointment:
    return deeds.EndAppointment(appointment_id=held(user, post), last_day=day, reason=WHY)


def on_leave(user: str, first: date = TODAY, last: date = NEXT_WEEK) -> deeds.TakeLeave:
    return deeds.TakeLeave(user_id=USER[user], valid_from=first, valid_to=last, reason=WHY)


def stands_in(user: str, holder: str, post: str, last: date = NEXT_WEEK) -> deeds.Deputise:
    return deeds.Deputise(
        user_id=USER[user], appointment_id=held(holder, post), valid_from=TODAY, valid_to=last, reason=WHY
    )


def values(made: Any) -> list[tuple[str, int, dict[str, Any]]]:
    return [(row.table.value, row.id, dict(row.after)) for row in made.rows]


def test_whoever_is_taken_up_gets_an_account_a_post_and_a_password() -> None:
    made = plan(took_up(phone="138 0000 1234"))
    person, appointment = made.rows
    assert (person.after["username"], person.after["phone"], person.id) == ("xin", "13800001234", NEW)
    assert appointment.after == {"user_id": NEW, "post_id": POST["crew"], "valid_from": TODAY}
    assert (made.gives_password, made.organisation_id) == (True, BODY["roads-crew"])


def test_of_a_transfer_one_post_ends_on_the_day_before_the_other_begins() -> None:
    made = plan(transferred("bao", "officer", "officer-east", NEXT_WEEK))
    assert values(made) == [
        ("appointment", held("bao", "officer"), {"valid_to": NEXT_WEEK - timedelta(days=1)}),
        ("appointment", NEW, {"user_id": USER["bao"], "post_id": POST["officer-east"], "valid_from": NEXT_WEEK}),
    ]


def test_a_deputy_holds_the_post_for_a_time_and_is_named_as_such() -> None:
    (row,) = plan(stands_in("he", "bao", "officer")).rows
    assert (row.after["valid_to"], row.after["acting_for"]) == (NEXT_WEEK, USER["bao"])


def test_the_end_of_an_account_leaves_its_posts_and_a_restoring_brings_it_back_whole() -> None:
    made = plan(ended("an"))
    assert values(made) == [("person", USER["an"], {"active_to": TODAY})]
    back = plan(deeds.RestorePerson(user_id=USER["an"], reason=WHY), city(*made.rows))
    assert values(back) == [("person", USER["an"], {"active_to": None})]
    assert len(city(*made.rows, *back.rows).posts_of(USER["an"], NEXT_WEEK)) == 2


def test_nothing_new_goes_to_whoever_is_on_leave_and_they_keep_their_post() -> None:
    (row,) = plan(on_leave("che")).rows
    directory = city(row)
    assert directory.is_on_leave(USER["che"], NEXT_WEEK)
    found = {
        holder.user.name for holder in directory.find_holders(directory.posts[POST["collect-east"]].role, on=TODAY)
    }
    assert found == {"戴晨", "纪远"}
    assert directory.posts_of(USER["che"], TODAY)


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (took_up(username="AN"), refusals.UsernameTaken),
        (took_up(phone="12x"), PhoneUnreadable),
        (took_up(valid_from=START - timedelta(days=1)), refusals.PostClosed),
        (took_up(post_id=0), NotFound),
        (appointed("fang", "crew"), refusals.AlreadyHeld),
        (appointed("left", "crew"), refusals.NotActive),
        (appointed("gu", "accept"), OwnPosts),
        (transferred("an", "accept", "dispatch"), refusals.AlreadyHeld),
        (transferred("an", "accept", "officer", START), refusals.EndsBeforeStart),
        (transferred("gu", "keeper", "accept"), OwnPosts),
        (put_out("an", "accept", START - timedelta(days=1)), refusals.EndsBeforeStart),
        (put_out("gu", "keeper"), OwnPosts),
        (stands_in("bao", "bao", "officer"), refusals.AlreadyHeld),
        (stands_in("he", "bao", "officer", START), refusals.EndsBeforeStart),
        (ended("left"), refusals.EndedAlready),
        (ended("an", START - timedelta(days=1)), refusals.EndedBeforeStart),
        (ended("gu"), OwnAccount),
        (on_leave("an", NEXT_WEEK, TODAY), refusals.EndsBeforeStart),
        (on_leave("gu"), OwnPosts),
        (deeds.RestorePerson(user_id=USER["an"], reason=WHY), refusals.NotEnded),
        (deeds.ResetPassword(user_id=USER["left"], reason=WHY), refusals.NotActive),
        (deeds.ResetPassword(user_id=USER["gu"], reason=WHY), OwnPosts),
        (
            deeds.ChangePerson(user_id=USER["an"], name="安然", phone="", language="zh", reason=WHY),
            refusals.NothingChanges,
        ),
        (deeds.EndLeave(leave_id=1, last_day=TODAY, reason=WHY), NotFound),
    ],
)
def test_what_cannot_be_is_refused(act: Any, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        plan(act)


def test_two_leaves_do_not_lie_over_each_other_and_one_ends_earlier_once() -> None:
    leave = RowChange(Table.LEAVE, 5, {}, {"id": 5, "user_id": USER["an"], "valid_from": TODAY, "valid_to": NEXT_WEEK})
    with pytest.raises(refusals.OnLeaveAlready):
        plan(on_leave("an", NEXT_WEEK, NEXT_WEEK), city(leave))
    earlier = deeds.EndLeave(leave_id=5, last_day=TODAY, reason=WHY)
    assert values(plan(earlier, city(leave))) == [("leave", 5, {"valid_to": TODAY})]
    with pytest.raises(refusals.EndedAlready):
        plan(deeds.EndLeave(leave_id=5, last_day=NEXT_WEEK, reason=WHY), city(leave))


@pytest.mark.parametrize("act", [ended("gu"), put_out("gu", "keeper"), transferred("gu", "keeper", "accept")])
def test_the_last_administrator_who_can_sign_in_stays(act: Any) -> None:
    directory = city(SECOND)
    other = keeper(directory)
    from gezhi.people.rules.scope import build_actor

    other = build_actor(directory, directory.users[USER["he"]], directory.posts[POST["keeper"]], TODAY)
    assert plan(act, directory, by=other).rows
    without = RowChange(Table.PERSON, USER["he"], {}, {"has_password": False})
    leaves_soon = RowChange(Table.PERSON, USER["he"], {}, {"active_to": NEXT_WEEK})
    stands_in = RowChange(Table.APPOINTMENT, 90, {}, {"acting_for": USER["gu"]})
    for change in (without, leaves_soon, stands_in):
        with pytest.raises(LastAdministrator):
            plan(act, city(SECOND, change), by=other)


@pytest.mark.parametrize("act", [ended("che"), put_out("che", "collect-east")])
def test_a_collector_with_open_tasks_stays_but_changes_beats(act: Any) -> None:
    work = OpenWork(tasks=(held_case(1),), task_count=1)
    with pytest.raises(TasksLeft):
        plan(act, work=work)
    assert plan(transferred("che", "collect-east", "collect-street"), work=work).rows


def test_the_only_handler_stays_until_another_is_there() -> None:
    work = OpenWork(parts=(held_case(2, unit=BODY["roads-crew"]),), part_count=1)
    with pytest.raises(LastHandler):
        plan(transferred("fang", "crew", "accept"), work=work)
    another = RowChange(
        Table.APPOINTMENT, 91, {}, {"id": 91, "user_id": USER["he"], "post_id": POST["roads"], "valid_from": START}
    )
    assert plan(transferred("fang", "crew", "accept"), city(another), work=work).rows
    away = RowChange(Table.LEAVE, 5, {}, {"id": 5, "user_id": USER["he"], "valid_from": TODAY, "valid_to": NEXT_WEEK})
    with pytest.raises(LastHandler):
        plan(transferred("fang", "crew", "accept"), city(another, away), work=work)


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (took_up(post_id=POST["accept"]), BodyOutside),
        (appointed("he", "officer"), BodyOutside),
        (appointed("an", "officer-east"), OutsideRegions),
        (ended("an"), OutsideRegions),
        (deeds.ResetPassword(user_id=USER["bao"], reason=WHY), OutsideRegions),
        (transferred("che", "collect-east", "officer-east"), OutsideRegions),
    ],
)
def test_the_administrator_of_a_district_keeps_only_their_own(act: Any, problem: type[Problem]) -> None:
    directory = city()
    with pytest.raises(problem):
        plan(act, directory, by=keeper(directory, "370902"))
    assert plan(took_up(post_id=POST["officer-east"]), directory, by=keeper(directory, "370902")).rows


def test_a_post_with_wider_regions_than_the_administrators_is_out_of_reach() -> None:
    wider = RowChange(Table.POST, POST["officer-east"], {}, {"region_codes": ("370900",)})
    directory = city(wider)
    with pytest.raises(RegionOutside):
        plan(took_up(post_id=POST["officer-east"]), directory, by=keeper(directory, "370902"))


def test_a_vacancy_too_many_people_and_a_late_entry_are_pointed_out() -> None:
    assert [note.en for note in plan(put_out("bao", "officer", NEXT_WEEK)).notes] == [
        f"From {NEXT_WEEK + timedelta(days=1)} on nobody is in the post “值班长岗” of Haicheng supervision centre."
    ]
    full = RowChange(Table.POST, POST["crew"], {}, {"establishment": 1})
    (note,) = plan(took_up(), city(full)).notes
    assert note.zh == "“处置岗”编制 1 人，办理后为 2 人，属于超编。"
    (late,) = plan(appointed("he", "crew", TODAY - timedelta(days=1))).notes
    assert "补登记" in late.zh
