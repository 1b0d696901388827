from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from gezhi.people.rules.directory import Directory, UserFacts
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.leaving import (
    HeldCase,
    LastHandler,
    OpenWork,
    TasksLeft,
    check_leaving,
    units_left_without,
)
from tests.people.invented import ORGANISATIONS, POSTS, USERS, build_directory

TODAY = date(2026, 3, 2)
BODY = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
POST = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
USER = {row.username: id_ for id_, row in enumerate(USERS, 1)}


def city(*more: tuple[str, str]) -> Directory:
    """The invented city with further appointments (user, post)."""
    base = build_directory()
    given = [(username, code) for username, code in more] + [
        (row.username, code) for row in USERS for code in row.post_codes
    ]
    return Directory(
        base.users.values(),
        base.organisations.values(),
        base.posts.values(),
        [AppointmentFacts(USER[username], POST[code], date(2025, 1, 1)) for username, code in given],
    )


def left_by(directory: Directory, username: str, *posts: str) -> tuple[int, ...]:
    return units_left_without(directory, USER[username], [directory.posts[POST[code]] for code in posts], on=TODAY)


def user(directory: Directory, username: str) -> UserFacts:
    return directory.users[USER[username]]


def held(number: int, area: str = "370902003001007", unit: int | None = None) -> HeldCase:
    return HeldCase(UUID(int=number), f"370900-2026-{number:06}", area, unit)


def test_a_body_is_left_when_nobody_in_it_or_above_it_handles() -> None:
    assert left_by(city(), "fang", "crew") == (BODY["roads-crew"],)
    assert left_by(city(("he", "crew")), "fang", "crew") == ()
    assert left_by(city(("he", "roads")), "fang", "crew") == ()


def test_the_bodies_below_are_left_with_the_one_above() -> None:
    directory = Directory(
        (base := build_directory()).users.values(),
        base.organisations.values(),
        base.posts.values(),
        [AppointmentFacts(USER["he"], POST["roads"], date(2025, 1, 1))],
    )
    assert left_by(directory, "he", "roads") == (BODY["roads"], BODY["roads-crew"])


def test_a_second_post_of_the_same_user_keeps_the_body() -> None:
    assert left_by(city(("fang", "roads")), "fang", "crew") == ()
    assert left_by(city(("fang", "roads")), "fang", "crew", "roads") == (BODY["roads"], BODY["roads-crew"])


def test_other_posts_leave_no_body() -> None:
    assert left_by(city(), "an", "accept", "dispatch") == ()


def test_whoever_holds_nothing_may_go() -> None:
    directory = city()
    check_leaving(directory, user(directory, "fang"), OpenWork(), on=TODAY)


def test_tasks_left_name_the_cases_and_collectors_of_the_same_area() -> None:
    directory = city()
    work = OpenWork(tasks=(held(1), held(2)), task_count=2)
    with pytest.raises(TasksLeft) as caught:
        check_leaving(directory, user(directory, "che"), work, on=TODAY)
    assert caught.value.text("zh") == (
        "车行还有 2 项核实、核查任务没有反馈（案件 370900-2026-000001, 370900-2026-000002），不能离岗。"
        "请先由受理员把任务改派给同片区采集员（如戴晨），再办理。"
    )
    assert caught.value.details["case_ids"] == [str(UUID(int=1)), str(UUID(int=2))]


def test_more_cases_than_are_named_are_hinted_at_and_without_a_colleague_anybody_will_do() -> None:
    directory = city()
    work = OpenWork(tasks=tuple(held(n, "990000") for n in range(5)), task_count=9)
    with pytest.raises(TasksLeft) as caught:
        check_leaving(directory, user(directory, "che"), work, on=TODAY)
    assert "370900-2026-000004 …" in caught.value.text("zh")
    assert "another collector" in caught.value.text("en")


def test_the_last_handler_is_told_which_unit_and_whom_to_appoint() -> None:
    directory = city(("he", "dispatch-roads"))
    work = OpenWork(parts=(held(3, unit=BODY["roads"]),), part_count=1)
    with pytest.raises(LastHandler) as caught:
        check_leaving(directory, user(directory, "fang"), work, on=TODAY)
    assert caught.value.text("zh") == (
        "方圆是市政工程处唯一的处置人员，该单位还有 1 件案件没有办结（370900-2026-000003），不能离岗。"
        "请先任命他人（如何在）为该单位处置人员，或者请派遣员把案件收回重派，再办理。"
    )
