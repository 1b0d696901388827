from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from gezhi.people.rules.care import deeds
from gezhi.plumbing.clock import system_clock
from tests.people.acting import NOON, WHY, do
from tests.people.invented import PASSWORD

SPRING = date(2026, 4, 1)
DAY_S = 86_400


def today() -> date:
    from gezhi.people.queries import day_of

    return day_of(system_clock())


def take_up(city: SimpleNamespace, **values: Any) -> dict[str, Any]:
    given = {
        "act": "take-up",
        "post_id": city.posts["crew"],
        "username": "xin.ku",
        "name": "辛苦",
        "phone": "13800001234",
    }
    return {**given, "language": "zh", "valid_from": today().isoformat(), "reason": WHY, **values}


def test_whoever_is_taken_up_signs_in_once_with_the_password_told_once(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    from gezhi.people.models import StaffDeed, User

    sign_in("gu")
    seen = api.call("POST", "/people/acts/preview", take_up(city)).json()
    assert {"zh": "姓名", "en": "Name"} in [line["label"] for line in seen["lines"]]
    assert not User.objects.filter(username="xin.ku").exists()
    key = {"Idempotency-Key": "k1"}
    done = api.call("POST", "/people/acts", take_up(city), **key).json()
    again = api.call("POST", "/people/acts", take_up(city), **key).json()
    assert again == {"deed_id": done["deed_id"], "password": ""}
    deed = StaffDeed.objects.get(id=done["deed_id"])
    assert (deed.reason, deed.done_by) == (WHY, city.users["gu"])
    assert done["password"] not in str(deed.rows)
    assert "13800001234" not in str(deed.rows)
    taken = api.call("POST", "/people/acts", take_up(city))
    assert (taken.status_code, taken.json()["code"]) == (409, "people.care.username-taken")
    assert sign_in("xin.ku", done["password"]).status_code == 200
    assert api.call("GET", "/people").json()["code"] == "people.policy.change-password-first"
    own = {"old": done["password"], "new": "river-and-stone-42"}
    assert api.call("PUT", "/session/password", own).status_code == 200
    assert api.call("GET", "/session").json()["post"]["role"] == "handler"


def test_an_account_ended_by_mistake_is_restored_with_all_its_posts(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    an, yesterday = city.users["an"], (today() - timedelta(days=1)).isoformat()
    sign_in("gu")
    ended = {"act": "end-person", "user_id": an, "last_day": yesterday, "reason": "名单有误"}
    assert api.call("POST", "/people/acts", ended).status_code == 201
    assert api.call("GET", f"/people/{an}/kept").json()["active_to"] == yesterday
    assert sign_in("an").json()["code"] == "people.session.account-ended"
    sign_in("gu")
    assert (
        api.call("POST", "/people/acts", {"act": "restore-person", "user_id": an, "reason": "停错了"}).status_code
        == 201
    )
    told = api.call("GET", f"/people/acts?user_id={an}").json()["items"]
    assert [(one["kind"], one["by"], one["reason"]) for one in told] == [
        ("restore-person", "顾全", "停错了"),
        ("end-person", "顾全", "名单有误"),
    ]
    assert [one["role"] for one in sign_in("an").json()["posts"]] == ["acceptor", "dispatcher"]


def test_establishment_actual_staff_deputies_and_leave_stand_beside_each_other(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("gu")

    def act(**values: Any) -> None:
        answer = api.call("POST", "/people/acts", {"reason": WHY, **values})
        assert answer.status_code == 201, answer.json()

    now, soon = today().isoformat(), (today() + timedelta(days=5)).isoformat()
    act(act="change-post", post_id=city.posts["officer"], title="值班长", english="", establishment=2, valid_from=now)
    act(act="leave", user_id=city.users["bao"], valid_from=now, valid_to=soon)
    kept = api.call("GET", f"/organisations/{city.bodies['jd']}/kept").json()
    officer = next(one for one in kept["posts"] if one["code"] == "officer")
    stands = {"user_id": city.users["he"], "appointment_id": officer["current"][0]["id"]}
    act(act="deputise", valid_from=now, valid_to=soon, **stands)
    kept = api.call("GET", f"/organisations/{city.bodies['jd']}/kept").json()
    officer = next(one for one in kept["posts"] if one["code"] == "officer")
    assert (officer["post"]["title"]["zh"], officer["establishment"]) == ("值班长", 2)
    shown = [(one["person"]["name"], one["acting_for"], one["on_leave_to"]) for one in officer["current"]]
    assert shown == [("鲍远", "", soon), ("何在", "鲍远", None)]
    assert (kept["establishment"], kept["staff"], kept["acting"], kept["on_leave"]) == (2, 5, 1, 1)


def test_a_body_is_renamed_and_moved_on_its_day_and_the_paths_below_follow(city: SimpleNamespace) -> None:
    from gezhi.people.actions import bring_up_to_date
    from gezhi.people.models import Organisation
    from gezhi.people.queries.care import list_coming

    roads = city.bodies["roads"]
    values = {"organisation_id": roads, "english": "Roads", "parent_id": city.bodies["zh"], "reason": WHY}
    do(deeds.ChangeBody(name="道路处", valid_from=SPRING, **values))
    assert Organisation.objects.get(id=roads).name == "市政工程处"
    assert [one.valid_from for one in list_coming(roads, date(2026, 3, 2))] == [SPRING]
    assert bring_up_to_date(clock=lambda: NOON + 29 * DAY_S) == 0
    assert bring_up_to_date(clock=lambda: NOON + 30 * DAY_S) == 1
    assert Organisation.objects.get(id=roads).name == "道路处"
    assert Organisation.objects.get(code="roads-crew").path == "gov/zh/roads/roads-crew/"


def test_a_change_that_is_taken_back_before_its_day_never_comes(city: SimpleNamespace) -> None:
    from gezhi.people.actions import bring_up_to_date

    values = {"organisation_id": city.bodies["parks"], "english": "", "parent_id": city.bodies["gov"], "reason": WHY}
    done = do(deeds.ChangeBody(name="绿化处", valid_from=SPRING, **values))
    do(deeds.Undo(deed_id=done.deed_id, reason=WHY))
    assert bring_up_to_date(clock=lambda: NOON + 60 * DAY_S) == 0


def test_the_same_key_does_the_same_once_and_no_deed_is_changed(city: SimpleNamespace) -> None:
    from django.db import DatabaseError, transaction

    from gezhi.people.models import Appointment, StaffDeed

    key, act = (
        uuid4(),
        deeds.Appoint(user_id=city.users["he"], post_id=city.posts["crew"], valid_from=SPRING, reason=WHY),
    )
    assert do(act, key=key) == do(act, key=key)
    assert Appointment.objects.filter(user_id=city.users["he"]).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        StaffDeed.objects.update(reason="anders")


def test_what_somebody_has_in_hand_and_their_number_are_told_to_their_administrator(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("an")
    assert api.call("GET", f"/people/{city.users['fang']}/kept").status_code == 403
    sign_in("gu")
    told = api.call("GET", f"/people/{city.users['fang']}/kept").json()
    assert (told["username"], told["may_keep"], told["work"]) == (
        "fang",
        True,
        {"tasks": 0, "parts": 0, "case_ids": []},
    )
    assert api.call("GET", "/people/999999/kept").status_code == 404
    assert api.call("GET", "/organisations/999999/kept").status_code == 404
    assert api.call("GET", "/people/acts").status_code == 422
    found = api.call("GET", "/posts?q=处置 市政&limit=1").json()
    assert (len(found["items"]), found["next_cursor"] is not None) == (1, True)


def test_a_new_body_with_a_post_takes_people(sign_in: Callable[..., Any], api: Any, city: SimpleNamespace) -> None:
    sign_in("gu")
    day = {"valid_from": today().isoformat(), "reason": WHY}
    body = {"act": "create-body", "code": "lights", "name": "路灯处", "kind": "department", "platform_level": 2}
    assert api.call("POST", "/people/acts", {**body, "parent_id": city.bodies["gov"], **day}).status_code == 201
    (made,) = api.call("GET", "/organisations?q=路灯").json()["items"]
    post = {
        "act": "create-post",
        "organisation_id": made["id"],
        "title": "处置岗",
        "role": "handler",
        "establishment": 2,
    }
    assert api.call("POST", "/people/acts", {**post, **day}).status_code == 201
    (kept,) = api.call("GET", f"/organisations/{made['id']}/kept").json()["posts"]
    assert api.call("POST", "/people/acts", take_up(city, post_id=kept["post"]["id"])).status_code == 201
    told = api.call("GET", f"/people/acts?organisation_id={made['id']}").json()["items"]
    assert [one["kind"] for one in told] == ["take-up", "create-post", "create-body"]
    assert sign_in("gu", PASSWORD).status_code == 200
