"""Looks at a sender: for a reason, for a while, on record for good; and words that give a sender away."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from gezhi.cases.models import SenderOpening, SentReport
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.senders.secrecy import OPEN_FOR_S
from gezhi.kernel.coordinates import gcj02_to_bd09, wgs84_to_gcj02
from gezhi.kernel.permissions import Role
from gezhi.plumbing.clock import system_clock
from tests.cases.city import LITTER, LITTER_ROW, SALT, City, living_city
from tests.cases.test_api import Browser, desk, phoned, refused
from tests.cases.test_api import report_of as body_of

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
WHY = {"reason": "call_back", "words": "核实现场情况"}


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


@pytest.fixture
def kept(now_city: City) -> UUID:
    """The case of a sender who asked for secrecy."""
    sender = Sender(
        salt=SALT, description="李四，13900005678，请保密", name="李四", phone="13900005678", keep_secret=True
    )
    report = now_city.call(channel="leader", class_key=LITTER, row_key=LITTER_ROW)
    return now_city.begin(report, now_city.actor(Role.ACCEPTOR), sender=sender)


def report_of(browser: Browser, case_id: UUID) -> dict[str, Any]:
    (report,) = browser.call("GET", f"/cases/{case_id}").json()["reports"]
    return dict(report)


def look(browser: Browser, case_id: UUID, **why: str) -> Any:
    report = report_of(browser, case_id)["id"]
    return browser.send(f"/cases/{case_id}/reports/{report}/opening", {**WHY, **why})


def test_a_secret_sender_is_shown_for_a_reason_to_whoever_gave_it_and_to_nobody_else(
    now_city: City, kept: UUID
) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    before = report_of(seat, kept)
    assert (before["sender"], before["secret"], before["may_open"]) == ("李**", True, True)
    opened = look(seat, kept).json()
    assert (opened["sender"], opened["phone"], opened["masked"]) == ("李四", "13900005678", False)
    after = report_of(seat, kept)
    assert (after["sender"], after["description"]) == ("李四", "李四，13900005678，请保密")
    other = report_of(desk(now_city, Role.DUTY_OFFICER), kept)
    assert (other["sender"], other["description"]) == ("李**", "李**，139******78，请保密")


def test_a_look_ends_after_half_an_hour(now_city: City, kept: UUID) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    assert look(seat, kept).status_code == 200
    (row,) = SenderOpening.objects.all()
    assert (row.until_at - row.opened_at).total_seconds() == OPEN_FOR_S
    from gezhi.cases.queries.senders import find_opened

    actor, until = now_city.actor(Role.ACCEPTOR), int(row.until_at.timestamp())
    assert find_opened(actor, [row.report_id], now=until - 1) == {row.report_id}
    assert find_opened(actor, [row.report_id], now=until) == frozenset()


def test_a_look_is_on_record_once_however_often_it_is_sent_and_never_changes(now_city: City, kept: UUID) -> None:
    seat, actor = desk(now_city, Role.ACCEPTOR), now_city.actor(Role.ACCEPTOR)
    assert [look(seat, kept).status_code for _ in range(3)] == [200] * 3
    (row,) = SenderOpening.objects.all()
    assert (row.user_id, row.post_id, row.case_id) == (actor.user_id, actor.post_id, kept)
    assert (row.reason, row.words, row.client) == ("call_back", "核实现场情况", "127.0.0.1")
    for change in (lambda: SenderOpening.objects.update(words=""), lambda: SenderOpening.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("why", "code"),
    [({"words": " "}, "kernel.words.missing"), ({"reason": "curious"}, "plumbing.input.invalid")],
)
def test_a_look_without_a_reason_is_refused(now_city: City, kept: UUID, why: dict[str, str], code: str) -> None:
    assert refused(look(desk(now_city, Role.ACCEPTOR), kept, **why)) == (422, code)
    assert not SenderOpening.objects.exists()


def test_who_may_not_know_senders_cannot_look_whatever_the_reason(now_city: City, kept: UUID) -> None:
    for role in (Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.ADMINISTRATOR):
        browser = desk(now_city, role)
        assert report_of(browser, kept)["may_open"] is False
        assert refused(look(browser, kept)) == (403, "people.policy.not-granted")


def test_a_report_of_another_case_is_not_found(now_city: City, kept: UUID) -> None:
    other = now_city.begin()
    seat = desk(now_city, Role.ACCEPTOR)
    report = report_of(seat, kept)["id"]
    assert refused(seat.send(f"/cases/{other}/reports/{report}/opening", WHY)) == (404, "kernel.not-found")


def test_the_auditor_reads_who_looked_when_and_why_but_not_at_whom(now_city: City, kept: UUID) -> None:
    look(desk(now_city, Role.ACCEPTOR), kept, words="李四要求回电 13900005678")
    look(desk(now_city, Role.DUTY_OFFICER), kept, reason="legal", words="法院调取")
    auditor = desk(now_city, Role.ADMINISTRATOR)
    page = auditor.call("GET", "/sender-openings?limit=1").json()
    assert (page["total"], len(page["items"])) == (2, 1)
    following = auditor.call("GET", f"/sender-openings?cursor={page['next_cursor']}").json()["items"]
    assert {one["reason"] for one in (*page["items"], *following)} == {"call_back", "legal"}
    (first,) = auditor.call("GET", "/sender-openings?reason=call_back").json()["items"]
    no = now_city.state(kept).no
    assert (first["case_no"], first["person"]) == (no, now_city.actor(Role.ACCEPTOR).name)
    assert first["words"] == "***要求回电 ***"
    assert auditor.call("GET", f"/sender-openings?q={no}").json()["total"] == 2
    assert auditor.call("GET", "/sender-openings?q=none").json()["total"] == 0
    sheet = auditor.call("GET", "/sender-openings.xlsx")
    with zipfile.ZipFile(io.BytesIO(b"".join(sheet))) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "法院调取" in text
    assert "13900005678" not in text
    assert refused(desk(now_city, Role.ACCEPTOR).call("GET", "/sender-openings")) == (403, "people.policy.not-granted")


def test_words_that_give_their_sender_away_are_told_while_they_are_typed(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    typed = {"description": "井盖破损，请联系王小明，电话 138-0000-1234", "name": "王小明"}
    told = seat.send("/cases/words", typed).json()
    unread = {"number": None, "reach": None, "unread": None}
    assert told == {"gives_away": True, "phone": "13800001234", "without": "井盖破损，请联系，", **unread}
    plain = seat.send("/cases/words", {"description": "井盖破损", "name": "王小明", "phone": "13800001234"}).json()
    read = {"number": "13800001234", "reach": "text", "unread": None}
    assert plain == {"gives_away": False, "phone": None, "without": "井盖破损", **read}


def test_a_place_that_comes_back_as_it_was_shown_is_not_changed(now_city: City) -> None:
    place = "王小明家门口，13800001234"
    case_id = now_city.begin(now_city.call(channel="leader", address=place), now_city.actor(Role.ACCEPTOR))
    sender = Sender(salt=SALT, description="", name="王小明", phone="13800001234", keep_secret=True)
    kept = now_city.begin(now_city.call(channel="leader", address=place), now_city.actor(Role.ACCEPTOR), sender=sender)
    seat = desk(now_city, Role.ACCEPTOR)
    for one in (case_id, kept):
        shown = seat.call("GET", f"/cases/{one}").json()["place"]
        answer = seat.act(one, "accept", class_key=LITTER, row_key=LITTER_ROW, place=shown)
        assert answer.status_code == 200
        assert now_city.state(one).place.address == place


@pytest.mark.parametrize(
    ("typed", "kept", "by_call"),
    [
        ("１３８００００１２３４", "13800001234", False),
        ("+86 138-0000-1234", "13800001234", False),
        ("（0371）67180000转8012", "0371-67180000转8012", True),
    ],
)
def test_a_phone_is_kept_as_one_number_and_only_a_mobile_is_texted(
    now_city: City, typed: str, kept: str, by_call: bool
) -> None:
    taken = desk(now_city, Role.ACCEPTOR).send("/cases", body_of(now_city, **phoned(typed))).json()
    assert SentReport.objects.get(case_id=taken["id"]).phone == kept
    (entry,) = list_entries(UUID(taken["id"]))
    assert entry.step.report is not None
    assert (entry.step.report.reachable, entry.step.report.by_call) == (True, by_call)


def test_a_seat_is_told_at_once_what_a_number_is(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)

    def told(phone: str) -> tuple[Any, Any, bool]:
        answer = seat.send("/cases/words", {"description": "路灯不亮", "phone": phone}).json()
        return answer["number"], answer["reach"], answer["unread"] is not None

    assert told("138 0000 1234") == ("13800001234", "text", False)
    assert told("0371-67180000转8012") == ("0371-67180000转8012", "call", False)
    assert told("不详") == (None, None, True)
    assert told("") == (None, None, False)


def test_a_position_is_kept_in_the_national_system_whatever_it_came_in(now_city: City) -> None:
    spot, seat = now_city.spot(), desk(now_city, Role.ACCEPTOR)
    shifted = wgs84_to_gcj02(spot.lon, spot.lat)
    where = {"gcj02": shifted, "bd09": gcj02_to_bd09(*shifted), "wgs84": (spot.lon, spot.lat)}
    for system, (lon, lat) in where.items():
        taken = seat.send("/cases", body_of(now_city, lon=lon, lat=lat, system=system)).json()
        place = now_city.state(UUID(taken["id"])).place
        assert (place.area, abs(place.lon - spot.lon * 1e7) < 3) == (spot.code, True)
        located = seat.call("GET", f"/places/locate?lon={lon}&lat={lat}&system={system}").json()
        assert (located["grid_code"], abs(located["lat"] - spot.lat) < 1e-6) == (spot.code, True)
