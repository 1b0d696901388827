from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from gezhi.notices.actions import claim_message, mark_failed, notify, queue_messages
from gezhi.notices.rules.news import Words
from gezhi.plumbing.models import ClockState
from tests.fixtures import FixedClock, StatementCount
from tests.notices.telling import message, notice

Call = Callable[..., Any]


def test_a_person_sees_their_own_notices_and_no_others(as_user: Callable[[str], Call], town: SimpleNamespace) -> None:
    notify([notice(town.users["fang"]), notice(town.users["bao"], number=2)])
    page = as_user("fang")("GET", "/notices").json()
    (seen,) = page["items"]
    assert (seen["kind"], seen["subject_id"], seen["read_at"]) == ("dispatched", str(UUID(int=7)), None)
    assert seen["title"] == {"zh": "新派遣的案件，请签收", "en": "A new case for your unit"}
    assert page["next_cursor"] is None


def test_notices_come_page_by_page_in_constant_statements(
    as_user: Callable[[str], Call], town: SimpleNamespace, statement_count: StatementCount
) -> None:
    notify(notice(town.users["fang"], number=number) for number in range(30))
    call = as_user("fang")
    with statement_count() as few:
        first = call("GET", "/notices?limit=2").json()
    with statement_count() as many:
        rest = call("GET", f"/notices?limit=100&cursor={first['next_cursor']}").json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 28, None)
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 30
    assert many.total <= few.total <= 5


def test_unread_ones_are_counted_until_they_are_read(as_user: Callable[[str], Call], town: SimpleNamespace) -> None:
    notify(notice(town.users["fang"], number=number) for number in range(3))
    call = as_user("fang")
    assert call("GET", "/notices/unread").json() == {"unread": 3, "more": False, "clocks_stopped_at": None}
    newest, *_, oldest = call("GET", "/notices?unread=true").json()["items"]
    assert call("POST", "/notices/read", {"ids": [newest["id"]]}).json()["unread"] == 2
    assert call("POST", "/notices/read", {"until": oldest["created_at"]}).json()["unread"] == 1
    assert call("POST", "/notices/read", {"until": newest["created_at"]}).json()["unread"] == 0
    assert call("GET", "/notices?unread=true").json()["items"] == []
    assert len(call("GET", "/notices").json()["items"]) == 3


def test_everybody_hears_since_when_the_clocks_stand(
    as_user: Callable[[str], Call], statement_count: StatementCount
) -> None:
    call = as_user("fang")
    with statement_count() as before:
        assert call("GET", "/notices/unread").json()["clocks_stopped_at"] is None
    ClockState.objects.update_or_create(id=1, defaults={"stopped_at": "2026-03-02T01:30:00Z", "trouble": "behind"})
    with statement_count() as after:
        assert call("GET", "/notices/unread").json()["clocks_stopped_at"] == "2026-03-02T01:30:00Z"
    assert after.total == before.total


def test_reading_nothing_in_particular_is_refused(as_user: Callable[[str], Call]) -> None:
    response = as_user("fang")("POST", "/notices/read", {})
    assert (response.status_code, response.json()["code"]) == (422, "plumbing.input.invalid")


def test_a_cursor_of_somebody_else_is_refused(as_user: Callable[[str], Call]) -> None:
    call = as_user("bao")
    for path in ("/notices?cursor=abc", "/messages?cursor=WzEsIngiXQ"):
        assert call("GET", path).json()["code"] == "plumbing.doors.bad-cursor"


def test_what_is_stuck_is_listed_with_the_reason_and_tried_again(
    as_user: Callable[[str], Call], clock: FixedClock
) -> None:
    call = as_user("bao")
    queue_messages(message(number) for number in range(3))
    clock.advance(60)
    claimed = claim_message(clock=clock)
    assert claimed is not None
    mark_failed(claimed, "HTTP 400 bad number", for_good=True, clock=clock)
    page = call("GET", "/messages?state=refused").json()
    (stuck,) = page["items"]
    assert (stuck["id"], stuck["error"], stuck["attempts"]) == (str(claimed.id), "HTTP 400 bad number", 1)
    assert (stuck["state"], stuck["next_try_at"]) == ("refused", None)
    assert (page["waiting"], page["refused"]) == (2, 1)
    assert call("POST", "/messages/retry", {"ids": [stuck["id"]]}).json() == {"retried": 1}
    page = call("GET", "/messages?limit=2").json()
    assert (page["waiting"], page["refused"]) == (3, 0)
    assert len(call("GET", f"/messages?cursor={page['next_cursor']}").json()["items"]) == 1


def test_a_number_is_masked_for_who_may_not_see_reporters_and_where_secrecy_was_asked_for(
    as_user: Callable[[str], Call],
) -> None:
    queue_messages([message(1), message(2, secret=True)])
    assert [one["phone"] for one in as_user("bao")("GET", "/messages").json()["items"]] == [
        "138******34",
        "13800001234",
    ]
    assert [one["phone"] for one in as_user("gu")("GET", "/messages").json()["items"]] == ["", "138******34"]


def test_who_may_not_know_the_recipient_reads_the_text_without_their_name(as_user: Callable[[str], Call]) -> None:
    named = Words("王小明您好，已办结", "Dear 王小明, done")
    queue_messages([message(1, text=named, shown=Words("王**您好，已办结", "Dear 王**, done"))])
    texts = {user: as_user(user)("GET", "/messages").json()["items"][0]["text"]["zh"] for user in ("bao", "gu")}
    assert texts == {"bao": "王小明您好，已办结", "gu": "王**您好，已办结"}


def test_who_has_nothing_to_do_with_messages_may_not_see_them(as_user: Callable[[str], Call]) -> None:
    call = as_user("fang")
    for response in (call("GET", "/messages"), call("POST", "/messages/retry", {"ids": [str(UUID(int=1))]})):
        assert (response.status_code, response.json()["code"]) == (403, "people.policy.not-granted")
