"""Contacts corrected, answers told by telephone, and how far an answer has come."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gezhi.cases.models import SentReport
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role
from gezhi.notices.gateways import FileGateway, SendFailed
from gezhi.notices.jobs import send_waiting
from gezhi.notices.models import Message
from gezhi.notices.rules.news import Outgoing
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import system_clock
from gezhi.proof.queries.case_logs import verify_log
from tests.cases.city import LITTER, LITTER_ROW, SALT, City, living_city
from tests.cases.test_api import Browser
from tests.telling.test_telling import relay_all

OLD, NEW, LANDLINE = "13800001234", "13900005678", "0371-67180000"


class Refusing:
    """A gateway that takes no message."""

    def send(self, _: Outgoing) -> str:
        reason = "HTTP 400 bad number"
        raise SendFailed(reason, for_good=True)


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def called(city: City, *, phone: str = OLD, wants: bool = True, by_call: bool = False, secret: bool = False) -> UUID:
    sender = Sender(
        salt=SALT, description="路边有一堆垃圾", name="王小明", phone=phone, wants_answer=wants, by_call=by_call,
        keep_secret=secret,
    )  # fmt: skip
    sent = city.call(
        class_key=LITTER, row_key=LITTER_ROW, pictures=(city.picture(),), reachable=sender.reachable,
        by_call=sender.called,
    )  # fmt: skip
    return city.begin(sent, city.actor(Role.ACCEPTOR), sender=sender)


def refuse(city: City, case_id: UUID) -> None:
    city.do(
        case_id,
        commands.Refuse(reason="不属实", reason_code="other", answer="经核实，现场没有垃圾"),
        city.actor(Role.ACCEPTOR),
    )


class Seat:
    def __init__(self, city: City, actor: Actor) -> None:
        self.city, self.browser = city, Browser().sign_in(actor)

    def send(self, case_id: UUID, what: str, **body: Any) -> Any:
        report = self.city.state(case_id).reports[0].id
        return self.browser.send(f"/cases/{case_id}/reports/{report}/{what}", body)

    def correct(self, case_id: UUID, phone: str, **more: Any) -> Any:
        body = {"name": "王小明", "phone": phone, "wants_answer": True, "reason": "号码听错，来电更正", **more}
        return self.send(case_id, "contact", **body)

    def told(self, case_id: UUID) -> dict[str, Any]:
        (one,) = self.browser.call("GET", f"/cases/{case_id}/told").json()["items"]
        return dict(one)

    def calls(self) -> list[str]:
        return [one["case_no"] for one in self.browser.call("GET", "/calls").json()["items"]]


def seat(city: City, role: Role = Role.ACCEPTOR) -> Seat:
    return Seat(city, city.actor(role))


def phones() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("created_at", "id").values_list("phone", "state"))


def found_by_proof() -> list[tuple[str, str]]:
    found = verify_log(iter(()), lambda _: None).findings
    return [(one.kind, one.zh) for one in found if one.kind in ("report", "words", "no-report")]


def test_what_follows_a_correction_goes_to_the_new_number_and_both_stay_on_record(now_city: City) -> None:
    case_id, desk = called(now_city), seat(now_city)
    relay_all()
    answer = desk.correct(case_id, "+86 139-0000-5678")
    assert answer.status_code == 200, answer.content
    assert phones() == [(NEW, "waiting")]  # what had not gone out yet, too
    now_city.lead(case_id, Status.DISPATCHED)
    relay_all()
    assert {phone for phone, _ in phones()} == {NEW}
    (one,) = answer.json()["items"]
    assert one["report"]["phone"] == NEW
    (earlier,) = one["earlier"]
    assert (earlier["name"], earlier["phone"], earlier["reason"]) == ("王小明", OLD, "号码听错，来电更正")
    assert earlier["by"]
    entry = next(one for one in list_entries(case_id) if one.step.kind == "contact_corrected")
    assert OLD not in str(entry)
    assert NEW not in str(entry)
    assert found_by_proof() == []


def test_what_a_contact_was_is_masked_as_what_it_is(now_city: City) -> None:
    case_id = called(now_city)
    assert seat(now_city).correct(case_id, NEW, name="王大明").status_code == 200
    now_city.do(case_id, commands.Note(text=f"{OLD} 打不通，改打 {NEW}"), now_city.actor(Role.ACCEPTOR))
    dispatcher = seat(now_city, Role.DISPATCHER)
    one = dispatcher.told(case_id)
    (earlier,) = one["earlier"]
    assert (one["report"]["phone"], earlier["phone"], earlier["name"]) == ("139******78", "138******34", "王**")
    page = dispatcher.browser.call("GET", f"/cases/{case_id}").content.decode()
    assert OLD not in page
    assert NEW not in page
    assert (one["may_correct"], one["may_call"]) == (False, False)
    assert dispatcher.correct(case_id, OLD).status_code == 403


def test_who_sees_a_sender_masked_looks_first_and_corrects_then(now_city: City) -> None:
    case_id, desk = called(now_city, secret=True), seat(now_city)
    refused = desk.correct(case_id, NEW)
    assert (refused.status_code, refused.json()["code"]) == (409, "telling.contacts.not-seen")
    assert desk.told(case_id)["may_correct"] is False
    assert desk.send(case_id, "opening", reason="call_back", words="来电更正号码").status_code == 200
    assert desk.told(case_id)["may_correct"] is True
    assert desk.correct(case_id, NEW).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"phone": "不详"}, "kernel.phones.unreadable"),
        ({"phone": ""}, "cases.senders.nobody-to-answer"),
        ({"phone": OLD}, "telling.contacts.nothing-changed"),
        ({"reason": "\u200b"}, "kernel.words.missing"),
    ],
)
def test_a_bad_correction_is_refused_and_leaves_nothing(now_city: City, change: dict[str, Any], code: str) -> None:
    case_id = called(now_city)
    answer = seat(now_city).correct(case_id, **{"phone": NEW, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [entry.step.kind for entry in list_entries(case_id)] == ["reported"]
    report = SentReport.objects.get(case_id=case_id)
    assert (report.phone, report.earlier) == (OLD, [])


def test_who_can_only_be_called_is_called_about_the_outcome_and_answered_then(now_city: City) -> None:
    case_id, desk = called(now_city, phone=LANDLINE), seat(now_city)
    relay_all()
    assert (phones(), desk.calls()) == ([], [])  # nobody is called about every step
    refuse(now_city, case_id)
    relay_all()
    assert (phones(), desk.calls()) == ([(LANDLINE, "to_call")], [now_city.state(case_id).no])
    one = desk.told(case_id)
    assert (one["by_call"], one["answer"], one["report"]["answered_at"]) == (True, "to_call", None)
    answer = desk.send(case_id, "call", text="已告知，本人没有异议")
    assert answer.status_code == 200, answer.content
    (one,) = answer.json()["items"]
    assert (one["answer"], desk.calls()) == ("called", [])
    assert one["report"]["answered_at"] is not None
    said = one["told"][-1]
    assert (said["kind"], said["state"], said["text"]["zh"]) == ("told_by_call", "called", "已告知，本人没有异议")
    assert said["by"]


def test_who_asked_for_a_call_gets_no_text(now_city: City) -> None:
    case_id = called(now_city, by_call=True)
    refuse(now_city, case_id)
    relay_all()
    assert phones() == [(OLD, "to_call")]


def test_a_text_that_the_gateway_refused_is_an_answer_that_reached_nobody_and_is_sent_again_or_told(
    now_city: City, tmp_path: Path
) -> None:
    case_id, desk = called(now_city), seat(now_city)
    refuse(now_city, case_id)
    relay_all()
    assert desk.told(case_id)["answer"] == "waiting"
    send_waiting(Refusing(), clock=now_city.clock)
    one = desk.told(case_id)
    assert (one["answer"], one["told"][-1]["error"], one["may_retry"]) == ("refused", "HTTP 400 bad number", True)
    assert desk.calls() == [now_city.state(case_id).no]
    (one,) = desk.send(case_id, "texts").json()["items"]
    assert one["answer"] == "waiting"
    now_city.clock.now = system_clock() + 60
    send_waiting(FileGateway(tmp_path / "texts.jsonl"), clock=now_city.clock)
    one = desk.told(case_id)
    assert (one["answer"], one["may_retry"], desk.calls()) == ("sent", False, [])


def test_an_outcome_that_went_to_a_wrong_number_is_told_to_the_right_one(now_city: City, tmp_path: Path) -> None:
    case_id, desk = called(now_city), seat(now_city)
    refuse(now_city, case_id)
    relay_all()
    send_waiting(FileGateway(tmp_path / "texts.jsonl"), clock=now_city.clock)
    assert {state for _, state in phones()} == {"sent"}
    desk.send(case_id, "opening", reason="call_back", words="来电更正号码")
    assert desk.correct(case_id, NEW).status_code == 200
    assert phones()[-1] == (NEW, "waiting")
    assert Message.objects.get(phone=NEW).text.endswith("没有受理：经核实，现场没有垃圾。")
    assert desk.correct(case_id, LANDLINE).status_code == 200
    assert [state for phone, state in phones() if phone == LANDLINE] == ["to_call"]
    assert desk.told(case_id)["answer"] == "to_call"
    assert found_by_proof() == []


def test_who_wants_no_answer_any_more_gets_none(now_city: City) -> None:
    case_id, desk = called(now_city, phone=LANDLINE), seat(now_city)
    refuse(now_city, case_id)
    relay_all()
    desk.send(case_id, "opening", reason="call_back", words="来电说不必回电")
    assert desk.correct(case_id, LANDLINE, wants_answer=False).status_code == 200
    assert (desk.calls(), desk.told(case_id)["may_call"]) == ([], False)
    answer = desk.send(case_id, "call", text="已告知")
    assert (answer.status_code, answer.json()["code"]) == (409, "telling.contacts.nobody-to-call")


def test_an_outcome_that_a_reopened_case_has_no_longer_is_told_to_nobody(now_city: City) -> None:
    case_id, desk = called(now_city, phone=LANDLINE), seat(now_city)
    now_city.lead(case_id, Status.CLOSED)
    relay_all()
    assert len(desk.calls()) == 1
    now_city.do(case_id, commands.Reopen(reason="回访未解决", reason_code="other"), now_city.actor(Role.DUTY_OFFICER))
    relay_all()
    assert (desk.calls(), desk.told(case_id)["answer"]) == ([], None)


def test_a_correction_of_a_report_that_a_merged_case_brought_is_proven_where_it_was_made(now_city: City) -> None:
    into, case_id = called(now_city, phone=LANDLINE), called(now_city)
    now_city.do(
        case_id, commands.Merge(into=str(into), reason="重复上报", reason_code="other"), now_city.actor(Role.ACCEPTOR)
    )
    moved = now_city.state(into).reports[1].id
    body = {"name": "王小明", "phone": NEW, "wants_answer": True, "reason": "来电更正"}
    desk = seat(now_city)
    assert desk.browser.send(f"/cases/{into}/reports/{moved}/contact", body).status_code == 200
    report = SentReport.objects.get(id=moved)
    assert (report.case_id, report.phone, report.earlier[0]["case"]) == (case_id, NEW, str(into))
    assert found_by_proof() == []
    SentReport.objects.filter(id=moved).update(phone=OLD)
    assert [kind for kind, _ in found_by_proof()] == ["words"]


def test_an_erased_report_is_neither_corrected_nor_called_and_its_earlier_numbers_go_with_it(now_city: City) -> None:
    case_id, desk = called(now_city), seat(now_city)
    assert desk.correct(case_id, NEW).status_code == 200
    empty = dict.fromkeys(("description", "sender_no", "name", "phone"), "")
    rows = SentReport.objects.filter(case_id=case_id)
    rows.update(**empty, wants_answer=False, salt=None, earlier=[], erased_at=as_datetime(now_city.clock()))
    assert desk.correct(case_id, OLD).status_code == 404
    assert desk.send(case_id, "call", text="已告知").status_code == 404
    assert found_by_proof() == []


def test_a_correction_sent_again_is_one(now_city: City) -> None:
    case_id, desk = called(now_city), seat(now_city)
    report = now_city.state(case_id).reports[0].id
    body = {"name": "王小明", "phone": NEW, "wants_answer": True, "reason": "来电更正"}
    for _ in range(2):
        answer = desk.browser.send(f"/cases/{case_id}/reports/{report}/contact", body, **{"Idempotency-Key": "one-key"})
        assert answer.status_code == 200, answer.content
    assert len(SentReport.objects.get(id=report).earlier) == 1
