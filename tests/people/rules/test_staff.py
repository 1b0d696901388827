from __future__ import annotations

from datetime import date

from gezhi.people.rules.staff import count_staff, staff_of
from tests.people.invented import ORGANISATIONS, build_directory

TODAY = date(2026, 3, 2)
IDS = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}


def test_posts_come_with_who_holds_them_and_a_vacant_one_with_nobody() -> None:
    directory = build_directory()
    told = [(one.post.code, [user.name for user in one.holders]) for one in staff_of(directory, IDS["jd"], TODAY)]
    assert told == [
        ("accept", ["安然"]),
        ("officer", ["鲍远"]),
        ("collect-east", ["车行"]),
        ("collect-street", ["戴晨"]),
        ("hotline", ["热线"]),
    ]
    assert [one.holders for one in staff_of(directory, IDS["roads"], TODAY)] == [(), ()]


def test_posts_of_another_day_are_not_counted() -> None:
    assert staff_of(build_directory(), IDS["jd"], date(2024, 12, 31)) == []


def test_numbers_count_people_once_and_handlers_below() -> None:
    directory = build_directory()
    wanted = [directory.organisations[IDS[code]] for code in ("gov", "jd", "roads", "roads-crew", "parks")]
    counted = [
        (one.body.code, one.posts, one.vacant, one.people, one.handlers, one.bodies_below)
        for one in count_staff(directory, wanted, TODAY)
    ]
    assert counted == [
        ("gov", 1, 0, 1, 1, 6),
        ("jd", 5, 0, 5, 0, 1),
        ("roads", 2, 2, 0, 1, 1),
        ("roads-crew", 1, 0, 1, 1, 0),
        ("parks", 0, 0, 0, 0, 0),
    ]
