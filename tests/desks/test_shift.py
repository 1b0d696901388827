"""交接班: sheet, both signatures, questions, what was left out; on a real database with the invented city."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from gezhi.cases.rules.stages import Status
from gezhi.desks.actions.shift_handover import (
    HandingOver,
    accept_shift,
    answer_about_shift,
    ask_about_shift,
    hand_over_shift,
)
from gezhi.desks.queries.handovers import get_sheet
from gezhi.desks.rules.shifts.handover import (
    AlreadyHandedOver,
    Handover,
    HandoverKind,
    NoDesk,
    NotOnShift,
    OwnHandover,
    TooEarly,
)
from gezhi.desks.rules.shifts.sheet import PassedOn
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import NotFound
from gezhi.people.actions import set_shifts
from gezhi.people.rules.rows import ShiftRow
from gezhi.plumbing.clock import system_clock
from tests.cases.city import City
from tests.cases.test_api import Browser, refused
from tests.fixtures import FixedClock, StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
HOUR = 3_600
MOST_STATEMENTS = 18


class Desk:
    """The acceptors' desk with two turns: one that ends in half an hour, and the next."""

    def __init__(self, city: City) -> None:
        from gezhi.people.models import DeskShift

        DeskShift.objects.all().delete()
        self.city, self.now = city, city.clock()
        self.going, self.beside, self.coming = city.people(Role.ACCEPTOR)[:3]
        self.change = self.now + HOUR // 2
        set_shifts(
            [
                self._row(self.going, self.change - 8 * HOUR),
                self._row(self.beside, self.change - 8 * HOUR),
                self._row(self.coming, self.change),
            ]
        )

    def _row(self, who: Actor, starts: int) -> ShiftRow:
        return ShiftRow(
            organisation_id=who.organisation_id,
            role=who.role,
            user_id=who.user_id,
            post_id=who.post_id,
            starts_at=starts,
            ends_at=starts + 8 * HOUR,
        )

    def sign(self, who: Actor | None = None, **written: Any) -> Handover:
        return hand_over_shift(HandingOver(**written), who or self.going, command_id=uuid4(), clock=self.city.clock)

    def ask(self, one: Handover, who: Actor | None = None) -> Handover:
        return ask_about_shift(one.id, "哪几件？", who or self.coming, command_id=uuid4(), clock=self.city.clock)

    def accept(self, one: Handover, who: Actor | None = None, *, command_id: UUID | None = None) -> Handover:
        return accept_shift(one.id, "", who or self.coming, command_id=command_id or uuid4(), clock=self.city.clock)


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return City(FixedClock(system_clock()))


@pytest.fixture
def desk(now_city: City) -> Desk:
    return Desk(now_city)


def test_the_sheet_counts_what_was_done_and_what_is_open(desk: Desk) -> None:
    before = {queue.key: queue.count for queue in _sheet(desk.sign()).queues}
    assert set(before) >= {"reported", "verifying", "to_inspect", "inspecting"}
    assert sum(before.values()) == 0


def test_the_sheet_holds_the_work_of_the_people_of_the_turn_and_of_nobody_else(desk: Desk) -> None:
    city = desk.city
    city.clock.now -= HOUR
    accepted = [city.begin() for _ in range(3)]
    from gezhi.cases.rules import commands
    from tests.cases.city import LITTER, LITTER_ROW

    for case_id, who in zip(accepted, (desk.going, desk.beside, desk.coming), strict=True):
        city.do(case_id, commands.Accept(class_key=LITTER, row_key=LITTER_ROW), who)
    waiting = city.begin()
    city.clock.now = desk.now
    sheet = _sheet(desk.sign())
    assert [(one.kind, one.zh, one.count) for one in sheet.done] == [("accepted", "受理", 2)]
    queue = next(one for one in sheet.queues if one.key == "reported")
    assert (queue.count, queue.overdue) == (1, 1)
    assert [line.id for line in queue.urgent] == [waiting]
    assert {line.id for line in sheet.late} == {waiting, *accepted}  # accepted ones wait for their registration
    assert (sheet.open, sheet.overdue) == (
        sum(one.count for one in sheet.queues),
        sum(one.overdue for one in sheet.queues),
    )


def test_cases_under_supervision_stand_on_the_sheet(desk: Desk) -> None:
    from gezhi.cases.rules import commands

    city = desk.city
    case_id = city.at(Status.HANDLING)
    supervise = commands.Supervise(order=str(uuid4()), level=2, text="限期整改", due=city.clock() + HOUR)
    city.do(case_id, supervise, city.actor(Role.SUPERVISOR))
    city.clock.now = desk.now
    sheet = _sheet(desk.sign())
    assert (sheet.supervised_count, [line.id for line in sheet.supervised]) == (1, [case_id])


def test_what_was_passed_on_comes_to_the_next_sheet(desk: Desk) -> None:
    one = desk.sign(weather="雷阵雨", notes="热线 2 号席故障", passed_on=(PassedOn("催办鹭桥路积水"),))
    desk.accept(one)
    desk.city.clock.now = desk.change + 8 * HOUR - HOUR // 2
    taken = _sheet(desk.sign(desk.coming)).taken_over
    assert taken is not None
    assert (taken.handover_id, taken.passed_on) == (one.id, (PassedOn("催办鹭桥路积水"),))


def test_both_signatures_stand_with_their_times(desk: Desk) -> None:
    one = desk.sign()
    desk.city.clock.advance(600)
    done = desk.accept(desk.ask(one))
    assert [(said.kind, said.user_id, said.at) for said in done.said] == [
        (HandoverKind.SIGNED, desk.going.user_id, desk.now),
        (HandoverKind.ASKED, desk.coming.user_id, desk.now + 600),
        (HandoverKind.ACCEPTED, desk.coming.user_id, desk.now + 600),
    ]
    assert done.state is HandoverKind.ACCEPTED


def test_a_question_is_answered_by_anybody_of_the_turn_that_went_off(desk: Desk) -> None:
    asked = desk.ask(desk.sign())
    answered = answer_about_shift(asked.id, "鹭桥路两件", desk.beside, command_id=uuid4(), clock=desk.city.clock)
    assert answered.last.text == "鹭桥路两件"
    assert answered.state is HandoverKind.ANSWERED


def test_what_was_signed_cannot_be_changed_or_deleted(desk: Desk) -> None:
    from gezhi.desks.models import ShiftEntry

    desk.sign()
    for change in (lambda: ShiftEntry.objects.update(text="改"), lambda: ShiftEntry.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_turn_is_handed_over_once_and_the_same_request_twice_is_one(desk: Desk) -> None:
    key = uuid4()
    first = hand_over_shift(HandingOver(notes="一"), desk.going, command_id=key, clock=desk.city.clock)
    again = hand_over_shift(HandingOver(notes="一"), desk.going, command_id=key, clock=desk.city.clock)
    assert again == first
    with pytest.raises(AlreadyHandedOver):
        desk.sign(desk.beside)
    accepting = uuid4()
    assert desk.accept(first, command_id=accepting) == desk.accept(first, command_id=accepting)


def test_who_signed_does_not_accept_and_neither_does_a_neighbour(desk: Desk) -> None:
    one = desk.sign()
    with pytest.raises(OwnHandover):
        desk.accept(one, desk.going)
    with pytest.raises(NotOnShift):
        desk.accept(one, desk.beside)


def test_before_the_last_hour_nothing_is_signed(desk: Desk) -> None:
    desk.city.clock.now = desk.change - 2 * HOUR
    with pytest.raises(TooEarly):
        desk.sign()


def test_who_has_no_desk_or_no_turn_signs_nothing(desk: Desk) -> None:
    with pytest.raises(NoDesk):
        desk.sign(desk.city.actor(Role.HANDLER))
    with pytest.raises(NotOnShift):
        desk.sign(desk.city.people(Role.ACCEPTOR)[3])


def test_another_desk_does_not_see_it(desk: Desk) -> None:
    one = desk.sign()
    with pytest.raises(NotFound):
        desk.accept(one, desk.city.actor(Role.DISPATCHER))


def test_signing_takes_few_statements(desk: Desk, statement_count: StatementCount) -> None:
    from gezhi.cases.queries.registers import held_registers

    held_registers()  # the first look of a process at its registers is not counted
    with statement_count() as counted:
        desk.sign()
    assert counted.total <= MOST_STATEMENTS


# doors


def test_the_whole_way_over_the_doors(desk: Desk) -> None:
    case_id = desk.city.at(Status.REPORTED)
    going, coming = Browser().sign_in(desk.going), Browser().sign_in(desk.coming)
    page = going.call("GET", "/shift").json()
    assert (page["duty"]["duty"], page["may_sign"]) == ("due", True)
    assert page["following"]["people"] == [_name(desk.coming)]
    body = {"weather": "晴", "notes": "平稳", "passed_on": [{"text": "盯住这件", "case_id": str(case_id)}]}
    signed = going.send("/shift/handovers", body)
    assert signed.status_code == 201
    one = signed.json()
    assert one["sheet"]["passed_on"][0]["case_no"] == desk.city.state(case_id).no
    assert going.call("GET", "/shift/duty").json()["duty"] == "on"
    duty = coming.call("GET", "/shift/duty").json()
    assert (duty["duty"], duty["handover_id"]) == ("to_take", one["id"])
    path = f"/shift/handovers/{one['id']}"
    assert coming.call("GET", path).json()["may_take"] is True
    assert coming.send(f"{path}/questions", {"text": "何时回访？"}).json()["state"] == "asked"
    assert going.call("GET", "/shift/duty").json()["duty"] == "to_answer"
    assert going.send(f"{path}/answers", {"text": "明早九点"}).json()["state"] == "answered"
    done = coming.send(f"{path}/acceptance", {}).json()
    assert (done["state"], done["accepted_by"]) == ("accepted", _name(desk.coming))
    assert refused(coming.send(f"{path}/questions", {"text": "还有？"})) == (
        409, "desks.shift-handover.already-accepted",
    )  # fmt: skip
    assert refused(going.send(f"{path}/answers", {"text": "没有了"})) == (409, "desks.shift-handover.nothing-asked")
    assert refused(coming.send(f"{path}/answers", {"text": "没有了"})) == (403, "desks.shift-handover.not-yours")
    listed = coming.call("GET", "/shift/handovers").json()["items"]
    assert [(row["id"], row["state"]) for row in listed] == [(one["id"], "accepted")]


def test_the_sheet_is_printed_with_both_signatures(desk: Desk) -> None:
    one = desk.accept(desk.sign(notes="夜间 #panic() 平稳", passed_on=(PassedOn("回访鹭桥路"),)))
    answer = Browser().sign_in(desk.coming).call("GET", f"/shift/handovers/{one.id}/sheet.pdf")
    assert answer.status_code == 200, answer.content
    told = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    for said in ("席位交接班表", "受理席", "夜间#panic()平稳", "回访鹭桥路", _name(desk.going), _name(desk.coming)):
        assert said in told, said


def test_who_leaves_without_is_told_and_so_is_the_desk(desk: Desk) -> None:
    desk.sign()
    desk.city.clock.now = desk.change + 9 * HOUR
    from gezhi.desks.api.shifts.routes import look_at_desk
    from gezhi.desks.rules.shifts.desk_duty import Duty, left_out

    look = look_at_desk(desk.coming, desk.city.clock())
    assert look.duty.duty is Duty.LEFT
    assert look.kept_since is not None
    (missing,) = left_out(look.turns, look.handovers, since=look.kept_since, now=desk.city.clock())
    assert missing.people == (desk.coming.user_id,)


def test_a_duty_officer_reads_every_desk_of_the_city_and_a_unit_none(desk: Desk) -> None:
    one = desk.sign()
    officer = Browser().sign_in(desk.city.actor(Role.DUTY_OFFICER))
    assert [row["id"] for row in officer.call("GET", "/shift/handovers").json()["items"]] == [str(one.id)]
    unit = Browser().sign_in(desk.city.actor(Role.HANDLER))
    assert unit.call("GET", "/shift/handovers").json()["items"] == []
    assert unit.call("GET", "/shift/duty").json()["duty"] == "none"
    assert refused(unit.call("GET", f"/shift/handovers/{one.id}")) == (404, "kernel.not-found")
    assert refused(unit.send("/shift/handovers", {})) == (409, "desks.shift-handover.no-desk")


def test_past_hand_overs_come_page_by_page(desk: Desk) -> None:
    first = desk.sign()
    desk.city.clock.now = desk.change + 8 * HOUR - 60
    second = desk.sign(desk.coming)
    reader = Browser().sign_in(desk.going)
    page = reader.call("GET", "/shift/handovers?limit=1").json()
    rest = reader.call("GET", f"/shift/handovers?limit=1&cursor={page['next_cursor']}").json()
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [str(second.id), str(first.id)]
    assert rest["next_cursor"] is None
    for bad in ("x", "WyJhIiwiYiJd"):
        answer = reader.call("GET", f"/shift/handovers?cursor={bad}")
        assert refused(answer) == (400, "plumbing.doors.bad-cursor")


def test_what_is_passed_on_names_only_a_case_that_one_sees(desk: Desk) -> None:
    body = {"passed_on": [{"text": "看这件", "case_id": str(uuid4())}]}
    assert refused(Browser().sign_in(desk.going).send("/shift/handovers", body)) == (404, "kernel.not-found")


def _sheet(one: Handover) -> Any:
    return get_sheet(one.id)


def _name(actor: Actor) -> str:
    from gezhi.people.queries import held_directory

    return held_directory().users[actor.user_id].name
