from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.care import deeds, refusals
from gezhi.people.rules.care.plan import RowChange, Table, values_on
from gezhi.people.rules.care.reach import BodyOutside, RegionOutside
from gezhi.people.rules.leaving import OpenWork
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import PathTooLong, RingOfParents
from tests.people.invented import START
from tests.people.rules.care.planned import BODY, POST, TODAY, USER, WHY, city, deed_of, keeper, plan
from tests.people.rules.test_leaving import held as held_case

SPRING = date(2026, 4, 1)
SUMMER = date(2026, 7, 1)


def created(**values: Any) -> deeds.CreateBody:
    given = {
        "code": "lights",
        "name": "路灯处",
        "english": "",
        "kind": OrganisationKind.DEPARTMENT,
        "platform_level": 1,
    }
    given |= {"parent_id": BODY["gov"], "region_code": "", "valid_from": TODAY, "reason": WHY}
    return deeds.CreateBody(**{**given, **values})


def changed(code: str, day: date = TODAY, **values: Any) -> deeds.ChangeBody:
    body = city().organisations[BODY[code]]
    given = {"name": body.name, "english": body.name_en, "parent_id": body.parent_id}
    return deeds.ChangeBody(organisation_id=body.id, valid_from=day, reason=WHY, **{**given, **values})


def ended(code: str, day: date = TODAY) -> deeds.EndBody:
    return deeds.EndBody(organisation_id=BODY[code], last_day=day, reason=WHY)


def new_post(**values: Any) -> deeds.CreatePost:
    given = {"organisation_id": BODY["parks"], "title": "处置岗", "english": "", "role": Role.HANDLER}
    given |= {"region_codes": (), "establishment": 3, "valid_from": TODAY, "reason": WHY}
    return deeds.CreatePost(**{**given, **values})


def changed_post(code: str, day: date = TODAY, **values: Any) -> deeds.ChangePost:
    post = city().posts[POST[code]]
    given = {"title": post.title, "english": post.title_en, "establishment": post.establishment}
    return deeds.ChangePost(post_id=post.id, valid_from=day, reason=WHY, **{**given, **values})


def end_post(code: str, day: date = TODAY) -> deeds.EndPost:
    return deeds.EndPost(post_id=POST[code], last_day=day, reason=WHY)


def test_a_new_body_stands_under_its_parent_and_a_new_post_has_a_code_of_its_own() -> None:
    (body,) = plan(created()).rows
    assert body.after["path"] == "gov/lights/"
    (post,) = plan(new_post()).rows
    assert (post.after["code"], post.after["establishment"]) == ("parks-handler-1", 3)


def test_only_what_changes_is_told_and_what_changed_before_the_day_counts() -> None:
    first = changed("parks", SPRING, name="园林绿化处")
    made = plan(first)
    assert [(dict(row.before), dict(row.after)) for row in made.rows] == [({"name": "园林处"}, {"name": "园林绿化处"})]
    deed = deed_of(first, made)
    (row,) = plan(changed("parks", SUMMER, name="绿化局"), changes=[deed]).rows
    assert row.before == {"name": "园林绿化处"}
    with pytest.raises(refusals.NothingChanges):
        plan(changed("parks", SUMMER, name="园林绿化处"), changes=[deed])
    assert plan(changed("parks", TODAY, name="园林绿化处"), changes=[deed]).rows


def test_a_row_has_the_values_of_the_day_whichever_was_entered_first() -> None:
    later, sooner = changed("parks", SUMMER, name="夏"), changed("parks", SPRING, name="春")
    made = plan(later)
    deeds_ = [deed_of(later, made, id_=1)]
    deeds_.append(deed_of(sooner, plan(sooner, changes=deeds_), id_=2))

    def name_on(day: date, present: str) -> Any:
        return values_on(deeds_, Table.BODY, BODY["parks"], {"name": present}, day)["name"]

    shown = [name_on(day, "夏") for day in (TODAY, SPRING, SUMMER - timedelta(days=1), SUMMER)]
    assert shown == ["园林处", "春", "春", "夏"]
    deeds_[0] = deed_of(later, made, id_=1, undone=True)
    assert name_on(SUMMER, "园林处") == "春"


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (created(code="parks"), refusals.CodeTaken),
        (created(valid_from=START - timedelta(days=1)), refusals.BodyClosed),
        (created(region_code="410100"), RegionOutside),
        (created(parent_id=BODY["roads-crew"], code="x" * 400), PathTooLong),
        (changed("parks"), refusals.NothingChanges),
        (changed("roads", parent_id=BODY["roads-crew"]), RingOfParents),
        (changed("roads", parent_id=BODY["roads"]), RingOfParents),
        (changed("gov", parent_id=BODY["jd"]), RingOfParents),
        (changed("roads", parent_id=None), RingOfParents),
        (ended("roads"), refusals.BodyHasBelow),
        (ended("roads-crew"), refusals.PostHeld),
        (ended("parks", START - timedelta(days=1)), refusals.EndsBeforeStart),
        (changed_post("crew"), refusals.NothingChanges),
        (end_post("crew"), refusals.PostHeld),
        (end_post("roads", START - timedelta(days=1)), refusals.EndsBeforeStart),
        (new_post(region_codes=("410100",)), RegionOutside),
    ],
)
def test_what_cannot_be_is_refused(act: Any, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        plan(act)


def test_no_ring_comes_about_on_a_later_day() -> None:
    first = changed("jd-east", SPRING, parent_id=BODY["zh"])
    deed = deed_of(first, plan(first))
    with pytest.raises(RingOfParents):
        plan(changed("zh", TODAY, parent_id=BODY["jd-east"]), changes=[deed])
    with pytest.raises(RingOfParents):
        plan(changed("zh", SUMMER, parent_id=BODY["jd-east"]), changes=[deed])


def test_a_body_with_open_cases_or_duty_rows_does_not_end() -> None:
    assert plan(ended("parks")).rows
    with pytest.raises(refusals.BodyHasWork):
        plan(ended("parks"), work=OpenWork(parts=(held_case(1, unit=BODY["parks"]),), part_count=1))
    with pytest.raises(refusals.BodyHasDuties):
        plan(ended("parks"), duties=4)
    gone = RowChange(Table.BODY, BODY["parks"], {}, {"valid_to": TODAY})
    with pytest.raises(refusals.EndedAlready):
        plan(ended("parks"), city(gone))


def test_a_post_ends_when_its_last_holder_has_gone() -> None:
    gone = RowChange(Table.PERSON, USER["fang"], {}, {"active_to": TODAY})
    assert plan(end_post("crew"), city(gone)).rows
    with pytest.raises(refusals.PostHeld):
        plan(end_post("crew", TODAY - timedelta(days=1)), city(gone))


@pytest.mark.parametrize(
    "act",
    [
        created(),
        changed("jd", name="新"),
        ended("parks"),
        changed("jd-east", parent_id=BODY["zh"]),
        new_post(),
        end_post("roads"),
    ],
)
def test_the_administrator_of_a_district_keeps_only_bodies_of_their_own(act: Any) -> None:
    directory = city()
    with pytest.raises(BodyOutside):
        plan(act, directory, by=keeper(directory, "370902"))
    own = plan(changed("jd-east", name="东区监督指挥中心"), directory, by=keeper(directory, "370902"))
    assert own.rows[0].after == {"name": "东区监督指挥中心"}
