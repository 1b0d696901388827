"""The doors of cases as a browser meets them: lists, case page, reports, commands, and every kind of bad input."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.kinds import KIND_OF_WORD
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.catalog.actions import install_preset_edition
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import held_directory
from gezhi.plumbing import media
from gezhi.plumbing.clock import system_clock
from tests.cases.city import LITTER, LITTER_ROW, PASSWORD, ROAD_ROW, SALT, City, living_city
from tests.fixtures import ApiClient, StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()


class Browser(ApiClient):
    """Somebody of the city at their desk."""

    def sign_in(self, actor: Actor) -> Browser:
        username = held_directory().users[actor.user_id].username
        response = self.call("POST", "/session", {"username": username, "password": PASSWORD})
        assert response.status_code == 200, response.content
        return self

    def send(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        token = self.cookies[settings.CSRF_COOKIE_NAME].value
        return self.call("POST", path, body, **{"X-CSRFToken": token, **headers})

    def act(self, case_id: UUID, command: str, **fields: Any) -> Any:
        return self.send(f"/cases/{case_id}/commands", {"command": command, **fields})


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    """The invented city half an hour ago: every step takes a minute, and doors look at the system's clock."""
    return living_city()


def desk(city: City, role: Role, **where: str) -> Browser:
    return Browser().sign_in(city.actor(role, **where))


def picture(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def report_of(city: City, **changes: Any) -> dict[str, Any]:
    spot = city.spot()
    body = {
        "channel": "hotline",
        "lon": spot.lon,
        "lat": spot.lat,
        "place": "鹭桥路口",
        "description": "路边有一堆垃圾",
        "class_key": LITTER,
        "row_key": LITTER_ROW,
        "contact": {"name": "王小明", "phone": "13800001234", "wants_answer": True},
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def refused(response: Any) -> tuple[int, str]:
    """Status and code of a refusal, after the shape was looked at."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    body = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:gezhi:problem:{body['code']}"
    assert body["title_zh"]
    assert body["title_en"]
    assert body["request_id"] == response.headers["X-Request-Id"]
    return response.status_code, body["code"]


# reports


def test_a_report_begins_a_case_and_sent_again_answers_with_the_same(now_city: City) -> None:
    seat, key = desk(now_city, Role.ACCEPTOR), {"Idempotency-Key": str(uuid4())}
    first = seat.send("/cases", report_of(now_city), **key)
    again = seat.send("/cases", report_of(now_city), **key)
    assert (first.status_code, again.status_code) == (201, 200)
    taken, repeated = first.json(), again.json()
    assert taken["no"].startswith("YT-")
    assert (taken["status"], taken["replayed"], repeated) == ("reported", False, {**taken, "replayed": True})
    assert [entry.step.kind for entry in list_entries(UUID(taken["id"]))] == ["reported"]


def test_a_report_with_pictures_sent_again_is_no_second_use_of_them(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector())
    body = report_of(now_city, channel="collector", contact=None, pictures=[now_city.picture()])
    key = {"Idempotency-Key": "one press of the button"}
    answers = [collector.send("/cases", body, **key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_collector_always_reports_as_a_collector(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector())
    taken = collector.send("/cases", report_of(now_city, channel="hotline", pictures=[now_city.picture()])).json()
    assert collector.call("GET", f"/cases/{taken['id']}").json()["channel"] == "collector"


def test_what_was_put_right_on_the_spot_is_told_with_both_pictures(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector())
    body = report_of(now_city, self_handled=True, pictures=[now_city.picture()], after=[now_city.picture()])
    assert collector.send("/cases", body).json()["status"] == "self_handled"


def phoned(phone: str) -> dict[str, Any]:
    return {"contact": {"name": "王小明", "phone": phone, "wants_answer": True}}


ANOTHER_CLASS, NO_CLASS = "catalog.catalog.row-of-another-class", "catalog.catalog.unknown-class"
BAD_REPORTS: dict[str, tuple[dict[str, Any], int, str, str | None]] = {
    "outside the city": ({"lon": 113.6, "lat": 34.7}, 422, "regions.locator.outside", "lon"),
    "in the sea": ({"lon": 125.0, "lat": 30.0}, 422, "regions.locator.outside", "lon"),
    "no number": ({"lon": "east"}, 422, "plumbing.input.invalid", None),
    "off the globe": ({"lon": 999.0}, 422, "plumbing.input.invalid", None),
    "unknown class": ({"class_key": "2026-matter-99999"}, 422, NO_CLASS, "class_key"),
    "class of another edition": (
        {"class_key": "2013-matter-0110", "row_key": None}, 422, "cases.acceptance.class-unknown", "class_key",
    ),
    "row of another edition": ({"row_key": "2013-matter-0110-1"}, 422, ANOTHER_CLASS, "row_key"),
    "row of another class": ({"row_key": ROAD_ROW}, 422, ANOTHER_CLASS, "row_key"),
    "unknown channel": ({"channel": "pigeon"}, 422, "policy.channels.unknown-channel", "channel"),
    "100 kB of words": ({"description": "字" * 33_000}, 422, "kernel.words.too-long", "description"),
    "100 kB of place": ({"place": "路" * 33_000}, 422, "kernel.words.too-long", "address"),
    "picture never uploaded": ({"pictures": ["a" * 64]}, 422, "cases.evidence.picture-unknown", "pictures"),
    "picture without a hash": ({"pictures": ["photo.jpg"]}, 422, "plumbing.input.invalid", None),
    "before all time": ({"happened_at": "0001-01-01T00:00:00+08:00"}, 422, "plumbing.input.invalid", None),
    "a moment without offset": ({"happened_at": "2026-11-30T09:00:00"}, 422, "plumbing.input.invalid", None),
    "years ago": ({"happened_at": "2003-01-01T00:00:00Z"}, 422, "cases.reporting.happened-elsewhen", "happened_at"),
    "years ahead": ({"happened_at": "2099-01-01T00:00:00Z"}, 422, "cases.reporting.happened-elsewhen", "happened_at"),
    "a NUL in its words": ({"description": "井盖\0"}, 422, "plumbing.body.bad-text", "body.description"),
    "words for a phone": (phoned("无"), 422, "kernel.phones.unreadable", "phone"),
    "two phones": (phoned("13800001234/13900005678"), 422, "kernel.phones.several", "phone"),
    "an emergency number": (phoned("110"), 422, "kernel.phones.short", "phone"),
    "an answer for nobody": (phoned("\u200b"), 422, "cases.senders.nobody-to-answer", "phone"),
    "a field nobody asked for": ({"colour": "red"}, 422, "plumbing.input.invalid", None),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_REPORTS)
def test_a_bad_report_gets_a_clear_answer_and_leaves_no_trace(now_city: City, case: str) -> None:
    from gezhi.cases.models import Case, LogEntry, SentReport

    changes, status, code, field = BAD_REPORTS[case]
    if "edition" in case:
        install_preset_edition("2013")
    response = desk(now_city, Role.ACCEPTOR).send("/cases", report_of(now_city, **changes))
    assert refused(response) == (status, code)
    if field is not None:
        assert response.json()["field"] == field
    assert (Case.objects.count(), LogEntry.objects.count(), SentReport.objects.count()) == (0, 0, 0)


def test_swapped_coordinates_are_recognised(now_city: City) -> None:
    spot = now_city.spot()
    response = desk(now_city, Role.ACCEPTOR).send("/cases", report_of(now_city, lon=spot.lat, lat=spot.lon))
    assert refused(response) == (422, "regions.locator.outside")
    assert "写反了" in response.json()["title_zh"]
    assert "exchanged" in response.json()["title_en"]


def test_problems_speak_the_users_language(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    body = report_of(now_city, channel="pigeon")
    assert seat.send("/cases", body).json()["title"].startswith("没有名为")
    seat.cookies["gezhi_language"] = "en"
    assert seat.send("/cases", body).json()["title"].startswith("There is no channel")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"%PDF-1.7 a bill, not a picture", 415, "plumbing.pictures.not-a-picture"),
        (picture() + b"\0" * (40 * 2**20), 413, "plumbing.body.too-large"),
    ],
    ids=["no picture", "40 MB"],
)
def test_what_is_no_picture_or_too_large_is_refused(now_city: City, content: bytes, status: int, code: str) -> None:
    collector = Browser().sign_in(now_city.collector())
    token = collector.cookies[settings.CSRF_COOKIE_NAME].value
    file = SimpleUploadedFile("a.jpg", content, "image/jpeg")
    response = collector.post("/api/v1/media", {"file": file}, headers={"X-CSRFToken": token})
    assert refused(response) == (status, code)


def test_an_uploaded_picture_is_taken_with_the_report(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector())
    token = collector.cookies[settings.CSRF_COOKIE_NAME].value
    file = SimpleUploadedFile("a.jpg", picture("blue"), "image/jpeg")
    stored = collector.post("/api/v1/media", {"file": file}, headers={"X-CSRFToken": token}).json()
    taken = collector.send("/cases", report_of(now_city, pictures=[stored["sha256"]])).json()
    page = collector.call("GET", f"/cases/{taken['id']}").json()
    assert [one["sha256"] for one in page["before"]] == [stored["sha256"]]
    assert page["before"][0]["url"] == stored["url"]


# commands


def test_an_action_that_the_stage_does_not_allow_is_refused_in_words(now_city: City) -> None:
    case_id = now_city.begin()
    response = desk(now_city, Role.DUTY_OFFICER).act(case_id, "register")
    assert refused(response) == (409, "cases.stages.not-in-this-status")
    assert response.json()["title_zh"] == "案件现处于“待受理”，不能立案。请刷新后按现有操作办理。"
    assert refused(desk(now_city, Role.DISPATCHER).act(case_id, "accept", class_key=LITTER)) == (
        403,
        "cases.stages.role-may-not",
    )


def test_of_two_who_act_on_what_they_saw_the_second_is_told_that_it_is_stale(now_city: City) -> None:
    case_id = now_city.begin()
    first, second = (Browser().sign_in(actor) for actor in now_city.people(Role.ACCEPTOR)[:2])
    seq = first.call("GET", f"/cases/{case_id}").json()["seq"]
    assert first.act(case_id, "require_verification", seq=seq).status_code == 200
    now_city.lead(case_id, Status.REPORTED)
    late = second.act(case_id, "accept", seq=seq, class_key=LITTER, row_key=LITTER_ROW)
    assert refused(late) == (409, "cases.seq.stale")
    assert "没有丢失" in late.json()["title_zh"]
    assert [entry.step.kind for entry in list_entries(case_id)][-1] == "verification_completed"


def test_the_same_command_sent_twice_is_done_once(now_city: City) -> None:
    case_id = now_city.begin()
    seat = desk(now_city, Role.ACCEPTOR)
    body, key = {"command": "note", "text": "已电话联系"}, {"Idempotency-Key": "note-1"}
    answers = [seat.send(f"/cases/{case_id}/commands", body, **key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["seq"] == answers[1].json()["seq"] == 2


def test_a_session_that_expires_in_the_middle_of_a_form_says_that_nothing_is_lost(now_city: City) -> None:
    case_id = now_city.begin()
    seat = desk(now_city, Role.ACCEPTOR)
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
    response = seat.act(case_id, "note", text="写了很久的备注")
    assert response.status_code == 401
    assert refused(response)[1] in {"plumbing.doors.session-expired", "people.session.expired"}
    assert "保留" in response.json()["title_zh"]
    assert [entry.step.kind for entry in list_entries(case_id)] == ["reported"]


def test_without_signing_in_nothing_is_seen_or_done(now_city: City) -> None:
    case_id = now_city.begin()
    stranger = ApiClient()
    for method, path in (("GET", "/cases"), ("GET", f"/cases/{case_id}"), ("GET", "/queues"), ("POST", "/cases")):
        assert refused(stranger.call(method, path, {} if method == "POST" else None))[0] == 401


BAD_COMMANDS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no such command": ({"command": "explode"}, 422, "plumbing.input.invalid"),
    "no command": ({}, 422, "plumbing.input.invalid"),
    "nothing asked for": ({"command": "note", "text": "好", "colour": "red"}, 422, "plumbing.input.invalid"),
    "100 kB": ({"command": "note", "text": "字" * 33_000}, 422, "kernel.words.too-long"),
    "only blanks": ({"command": "note", "text": "  "}, 422, "kernel.words.missing"),
    "unknown class": ({"command": "accept", "class_key": "2026-part-99999"}, 422, "catalog.catalog.unknown-class"),
    "no row": ({"command": "accept", "class_key": LITTER}, 422, "cases.acceptance.row-missing"),
    "row elsewhere": ({"command": "accept", "class_key": LITTER, "row_key": ROAD_ROW}, 422, ANOTHER_CLASS),
    "moved outside": (
        {"command": "accept", "class_key": LITTER, "row_key": LITTER_ROW, "lon": 113.6, "lat": 34.7},
        422,
        "regions.locator.outside",
    ),
    "no such target": (
        {"command": "merge", "into": str(UUID(int=5)), "reason": "重复", "reason_code": "other"}, 404, "kernel.not-found",
    ),
    "target is no id": ({"command": "merge", "into": "5", "reason": "重复"}, 422, "plumbing.input.invalid"),
    "no answer": ({"command": "refuse", "reason": "不受理", "reason_code": "other"}, 422, "kernel.words.missing"),
    "no reason chosen": (
        {"command": "refuse", "reason": "不受理", "answer": "不受理"}, 422, "policy.reasons.unknown-reason",
    ),
    "no kind of closing": ({"command": "close"}, 422, "plumbing.input.invalid"),
    "body of 3 MB": ({"command": "note", "text": "x" * 3 * 2**20}, 413, "plumbing.body.too-large"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_COMMANDS)
def test_a_bad_command_gets_a_clear_answer_and_writes_nothing(now_city: City, case: str) -> None:
    body, status, code = BAD_COMMANDS[case]
    called = now_city.call(class_key=LITTER, channel="leader")
    case_id = now_city.begin(called, now_city.actor(Role.ACCEPTOR))
    response = desk(now_city, Role.ACCEPTOR).send(f"/cases/{case_id}/commands", body)
    assert refused(response) == (status, code)
    assert [entry.step.kind for entry in list_entries(case_id)] == ["reported"]


def test_a_case_outside_the_scope_is_as_if_it_did_not_exist(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    east = Browser().sign_in(now_city.handler_of(now_city.unit("990100-cleaning-east")))
    assert refused(east.call("GET", f"/cases/{case_id}")) == (404, "kernel.not-found")
    assert refused(east.act(case_id, "note", text="看看")) == (404, "kernel.not-found")
    assert east.call("GET", "/cases").json()["items"] == []


def test_the_seven_stages_go_through_the_doors(now_city: City) -> None:
    """The desks act over HTTP; every answer offers exactly what that person may do next."""
    taken = desk(now_city, Role.ACCEPTOR).send("/cases", report_of(now_city, channel="leader")).json()
    case_id = UUID(taken["id"])
    acceptor, officer = desk(now_city, Role.ACCEPTOR), desk(now_city, Role.DUTY_OFFICER)
    dispatcher = desk(now_city, Role.DISPATCHER)
    page = acceptor.act(case_id, "accept", class_key=LITTER, row_key=LITTER_ROW).json()
    assert (page["status"], page["stage"], page["class"]["key"]) == ("accepted", 2, LITTER)
    officer.act(case_id, "register")
    page = dispatcher.call("GET", f"/cases/{case_id}").json()
    first = page["actions"][0]
    assert (first["command"], first["primary"], first["label"]["zh"]) == ("dispatch", True, "派遣")
    unit = first["suggestion"]["unit_id"]
    assert first["suggestion"]["reason"]["zh"]
    dispatcher.act(case_id, "dispatch", unit_id=unit)
    man = Browser().sign_in(now_city.handler_of(unit))
    offered = [action["command"] for action in man.call("GET", f"/cases/{case_id}").json()["actions"]]
    assert [word for word in offered if word not in KIND_OF_WORD] == ["receive", "note"]
    assert {"ask_send_back", "ask_extension", "ask_suspension", "ask_void"} <= {*offered}
    man.act(case_id, "receive")
    page = man.act(case_id, "hand_over", pictures=[now_city.picture()], text="已清理").json()
    assert (page["status"], [stage["state"] for stage in page["stages"]]) == (
        "handled",
        ["done", "done", "done", "done", "now", "to_come", "to_come"],
    )
    dispatcher.act(case_id, "confirm")
    collector = now_city.collector()
    acceptor.act(case_id, "send_inspection", collector_id=collector.user_id)
    seen = {"pictures": [now_city.picture()], "lon": page["lon"], "lat": page["lat"]}
    results = [{"code": one["key"], "passed": True} for one in page["row"]["closing"]]
    inspector = Browser().sign_in(collector)
    missing = inspector.act(case_id, "complete_inspection", results=[], **seen)
    assert refused(missing) == (422, "cases.inspection.results-missing")
    inspector.act(case_id, "complete_inspection", results=results, **seen)
    page = officer.act(case_id, "close", kind="normal", answer="已清理，感谢您的反映").json()
    assert (page["status"], page["closing_kind"], page["light"]) == ("closed", "normal", "none")
    assert page["reports"][0]["answered_at"] is not None
    assert [entry["kind"] for entry in page["timeline"]] == [
        "reported", "accepted", "registered", "dispatched", "received", "handed_over", "confirmed", "inspection_sent",
        "inspection_passed", "closed",
    ]  # fmt: skip
    assert all(entry["title"]["zh"] and entry["title"]["en"] and entry["actor"]["name"] for entry in page["timeline"])


def test_a_reopened_case_is_suggested_to_the_unit_that_had_it_and_why(now_city: City) -> None:
    case_id = now_city.at(Status.CLOSED)
    page = desk(now_city, Role.DUTY_OFFICER).act(case_id, "reopen", reason="回访未解决", reason_code="callback").json()
    assert (page["status"], page["round"]) == ("registered", 2)
    dispatch = desk(now_city, Role.DISPATCHER).call("GET", f"/cases/{case_id}").json()["actions"][0]
    assert dispatch["suggestion"]["unit_name"] == "西岸保洁公司"
    assert dispatch["suggestion"]["reason"]["zh"] == "重新处置，交原单位"


# what is shown


def test_who_reported_is_shown_only_to_those_whose_duty_needs_it(now_city: City) -> None:
    secret = Sender(salt=SALT, description="请保密", name="李四", phone="13900005678", keep_secret=True)
    case_id = now_city.begin(now_city.call(class_key=LITTER, channel="leader"), now_city.actor(Role.ACCEPTOR))
    kept = now_city.begin(
        now_city.call(class_key=LITTER, channel="leader"), now_city.actor(Role.ACCEPTOR), sender=secret
    )
    shown = {}
    for role in (Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.ADMINISTRATOR):
        browser = desk(now_city, role)
        for one in (case_id, kept):
            response = browser.call("GET", f"/cases/{one}")
            (report,) = response.json()["reports"]
            shown[role, one] = (report["sender"], report["phone"], report["masked"])
            if report["masked"]:
                assert not any(
                    word in response.content.decode() for word in ("王小明", "13800001234", "李四", "13900005678")
                )
    open_, masked = ("王小明", "13800001234", False), ("王**", "138******34", True)
    assert {role: shown[role, case_id] for role, one in shown if one == case_id} == {
        Role.ACCEPTOR: open_, Role.DUTY_OFFICER: open_, Role.DISPATCHER: masked, Role.SUPERVISOR: masked,
        Role.LEADER: masked, Role.ADMINISTRATOR: masked,
    }  # fmt: skip
    part, nothing = ("李**", "139******78", True), ("", "", True)
    assert {role: shown[role, kept] for role, one in shown if one == kept} == {
        Role.ACCEPTOR: part, Role.DUTY_OFFICER: part, Role.DISPATCHER: nothing, Role.SUPERVISOR: nothing,
        Role.LEADER: nothing, Role.ADMINISTRATOR: nothing,
    }  # fmt: skip


def test_a_picture_is_shown_to_those_who_see_a_case_that_uses_it(
    now_city: City, statement_count: StatementCount
) -> None:
    def fetched(browser: Browser, url: str) -> int:
        response = browser.get(url)
        assert response.status_code == 404 or b"".join(response)
        return int(response.status_code)

    collector = now_city.collector()
    browser = Browser().sign_in(collector)
    file = SimpleUploadedFile("a.jpg", picture(), content_type="image/jpeg")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    stored = browser.post("/api/v1/media", {"file": file}, headers={"X-CSRFToken": token}).json()
    case_id = now_city.lead(
        now_city.begin(now_city.reported(pictures=(stored["sha256"],)), collector), Status.DISPATCHED
    )
    leading = now_city.state(case_id).leading
    assert leading is not None
    other = next(one for one in now_city.people(Role.HANDLER) if leading.unit not in one.scope.organisations)
    for url in (stored["url"], stored["thumb_url"]):
        assert fetched(browser, url) == 200
        assert fetched(Browser().sign_in(now_city.handler_of(leading.unit)), url) == 200
        assert fetched(desk(now_city, Role.DISPATCHER), url) == 200
        assert fetched(Browser().sign_in(other), url) == 404
        assert fetched(Browser().sign_in(now_city.collector("990102001")), url) == 404
    with statement_count() as counted:
        media.get_file(stored["sha256"], "thumbs", now_city.actor(Role.DISPATCHER), now=system_clock())
    assert counted.total == 1


def test_why_an_expected_action_is_missing_can_be_asked(now_city: City) -> None:
    case_id = now_city.begin(now_city.call(), now_city.actor(Role.ACCEPTOR))
    seat = desk(now_city, Role.ACCEPTOR)
    page = seat.call("GET", f"/cases/{case_id}").json()
    assert page["actions"][0]["command"] == "require_verification"
    assert "accept" in [one["command"] for one in page["expected"]]
    answer = seat.call("GET", f"/cases/{case_id}/why-not?command=accept").json()
    assert (answer["allowed"], answer["code"]) == (False, "cases.acceptance.verification-needed")
    assert answer["why"]["zh"]
    assert answer["why"]["en"]
    allowed = seat.call("GET", f"/cases/{case_id}/why-not?command=refuse").json()
    assert (allowed["allowed"], allowed["code"]) == (True, None)
    for word in ("explode", "run_out", "report"):
        response = seat.call("GET", f"/cases/{case_id}/why-not?command={word}")
        assert refused(response) == (422, "cases.stages.unknown-command")


def test_the_workbench_counts_what_waits(now_city: City) -> None:
    now_city.begin()
    now_city.at(Status.TO_INSPECT)
    items = desk(now_city, Role.ACCEPTOR).call("GET", "/queues").json()["items"]
    assert {item["queue"]: item["count"] for item in items} == {
        "reported": 1, "verifying": 0, "accepted": 0, "to_decide": 0, "to_inspect": 1, "inspecting": 0, "all_open": 2,
        "finished": None,
    }  # fmt: skip
    assert all(item["label"]["zh"] and item["label"]["en"] for item in items)


def test_the_list_is_read_page_by_page_and_then_by_its_changes(now_city: City) -> None:
    ids = [str(now_city.begin(now_city.reported(now_city.spot(number=number)))) for number in range(5)]
    seat = desk(now_city, Role.ACCEPTOR)
    found: list[str] = []
    cursor: str | None = ""
    first: dict[str, Any] = {}
    while cursor is not None:
        page = seat.call("GET", f"/cases?sort=newest&limit=2&cursor={cursor}").json()
        first = first or page
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(found) == sorted(ids)
    assert (first["total"], first["total_is_more"]) == (5, False)
    acted = UUID(ids[2])
    now_city.do(acted, commands.Note(text="已联系"), now_city.actor(Role.ACCEPTOR))
    asked = f"/cases/changes?sort=newest&cursor={first['change_cursor']}&read_to={first['next_cursor']}"
    changes = seat.call("GET", asked).json()
    assert [item["later"] for item in changes["items"] if item["row"]["id"] == str(acted)] == [
        str(acted) not in [item["id"] for item in first["items"]]
    ]
    assert all(item["belongs"] for item in changes["items"])
    assert changes["cursor"].isdigit()
    closed = seat.call("GET", f"{asked}&status=closed").json()
    assert not any(item["belongs"] for item in closed["items"])


def test_several_cases_offer_what_each_of_them_offers(now_city: City) -> None:
    fresh, other = (now_city.begin(now_city.reported(now_city.spot(number=number))) for number in range(2))
    seat = desk(now_city, Role.ACCEPTOR)

    def offered(*ids: UUID) -> list[str]:
        answer = seat.call("GET", "/cases/actions?" + "&".join(f"id={one}" for one in ids)).json()
        assert answer["in_hand"] == []
        return [item["command"] for item in answer["items"]]

    alone = seat.call("GET", f"/cases/{fresh}").json()["actions"]
    assert offered(fresh) == offered(fresh, other) == [item["command"] for item in alone]
    now_city.do(
        other, commands.Refuse(reason="重复", reason_code="other", answer="已有人报过"), now_city.actor(Role.ACCEPTOR)
    )
    left = offered(fresh, other)
    assert "accept" not in left
    assert set(left) < {item["command"] for item in alone}
    assert offered(UUID(int=1)) == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/cases?queue=nobody", 422, "worklists.queues.unknown"),
        ("/cases?cursor=%21%21", 400, "plumbing.doors.bad-cursor"),
        ("/cases?cursor=W10", 400, "plumbing.doors.bad-cursor"),
        ("/cases?cursor=WyJ5ZXN0ZXJkYXkiLCJ4Il0&sort=newest", 400, "plumbing.doors.bad-cursor"),
        ("/cases?sort=beauty", 422, "plumbing.input.invalid"),
        ("/cases?limit=0", 422, "plumbing.input.invalid"),
        ("/cases?light=blue", 422, "plumbing.input.invalid"),
        ("/cases?region=%25", 422, "plumbing.input.invalid"),
        ("/cases/changes?cursor=yesterday", 400, "plumbing.doors.bad-cursor"),
        ("/cases/changes", 422, "plumbing.input.invalid"),
        ("/cases/map?bbox=1,2,3", 422, "desks.case-map.bad-box"),
        ("/cases/map?bbox=118,32,117,31", 422, "desks.case-map.bad-box"),
        ("/cases/map?bbox=nan,nan,nan,nan", 422, "desks.case-map.bad-box"),
        (f"/cases/{UUID(int=4)}", 404, "kernel.not-found"),
        ("/cases/suggest?lon=113.6&lat=34.7", 422, "regions.locator.outside"),
        ("/cases/suggest?lon=118.2&lat=31.6&class_key=2026-matter-99999", 422, "catalog.catalog.unknown-class"),
    ],
)
def test_a_bad_question_gets_a_clear_answer(now_city: City, path: str, status: int, code: str) -> None:
    assert refused(desk(now_city, Role.ACCEPTOR).call("GET", path)) == (status, code)


def test_a_map_window_is_geojson_of_the_cases_in_it(now_city: City) -> None:
    case_id = now_city.begin()
    spot = now_city.spot()
    window = f"bbox={spot.lon - 0.01},{spot.lat - 0.01},{spot.lon + 0.01},{spot.lat + 0.01}"
    seat = desk(now_city, Role.ACCEPTOR)
    (feature,) = seat.call("GET", f"/cases/map?{window}&zoom=16").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [round(spot.lon, 7), round(spot.lat, 7)]}
    assert (feature["properties"]["id"], feature["properties"]["count"]) == (str(case_id), 1)
    assert seat.call("GET", f"/cases/map?{window}&zoom=16&status=closed").json()["features"] == []


def test_a_new_report_is_told_grid_rows_unit_and_duplicates(now_city: City) -> None:
    known = now_city.begin()
    spot = now_city.spot()
    seat = desk(now_city, Role.ACCEPTOR)
    told = seat.call("GET", f"/cases/suggest?lon={spot.lon}&lat={spot.lat}&class_key={LITTER}").json()
    assert (told["location"]["grid_code"], told["location"]["level"]) == (spot.code, "A")
    assert told["rows"][0]["limit"] == {"value": 2, "unit": "work_hour"}
    assert told["unit"]["name"] == "西岸保洁公司"
    assert [(one["id"], one["distance_m"]) for one in told["duplicates"]] == [(str(known), 0)]


def test_list_and_case_page_need_no_more_statements_for_more_cases_and_entries(
    now_city: City, statement_count: StatementCount
) -> None:
    case_id, seat = now_city.begin(), desk(now_city, Role.ACCEPTOR)

    def statements(path: str) -> int:
        seat.call("GET", path)
        with statement_count() as counted:
            assert seat.call("GET", path).status_code == 200
        return counted.total

    few = [statements("/cases"), statements(f"/cases/{case_id}"), statements("/queues")]
    for number in range(20):
        now_city.begin(now_city.reported(now_city.spot(number=number)))
        now_city.do(case_id, commands.Note(text="已联系"), now_city.actor(Role.ACCEPTOR))
    assert [statements("/cases"), statements(f"/cases/{case_id}"), statements("/queues")] == few
    assert max(few) <= 6


def test_the_city_tells_its_name_and_channels_to_everybody(now_city: City) -> None:
    told = ApiClient().call("GET", "/city").json()
    assert (told["code"], told["name"]) == ("990100", "云汀市")
    assert told["bounds"][0] < told["centre"][0] < told["bounds"][2]
    assert {"hotline", "collector"} <= {channel["key"] for channel in told["channels"]}
