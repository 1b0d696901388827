"""确权与联席会议: whose a case is gets decided; the case is written in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import perform_one
from gezhi.cases.queries.case_faces import get_visible_state, get_visible_states
from gezhi.cases.queries.states import lock_states
from gezhi.cases.rules import commands
from gezhi.cases.rules.difficulty import difficulty_of
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.duties.queries import held_duty_table
from gezhi.kernel.deeds import Deed, begin
from gezhi.kernel.permissions import SYSTEM, Role
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import require_words
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.plumbing.register_rows import Doing, Writer, done_before, record_of, write_one
from gezhi.supervision.actions.automatic import BATCH
from gezhi.supervision.actions.serials import next_numbers
from gezhi.supervision.actions.submission import submission_of
from gezhi.supervision.models import Meeting as MeetingRow
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.queries.ownerless import get_meeting, lock_without_row
from gezhi.supervision.rules import meetings
from gezhi.supervision.rules.meetings import AgendaItem, Decision, Meeting
from gezhi.supervision.rules.ownerless import MarkFirst, NotDifficult, Settlement, check_decider, has_row
from gezhi.supervision.rules.register_number import MEETING, register_number


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """确权内容. `cost` (yuan) and `contractor` go with substitute work."""

    manner: str
    unit_id: int
    reason: str
    basis: str = ""
    cost: int | None = None
    contractor: str = ""


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """会议内容."""

    title: str
    held_on: date
    participants: str
    place: str = ""
    case_ids: tuple[UUID, ...] = ()


@transaction.atomic
def settle_owner(case_id: UUID, decided: Decided, *, doing: Doing) -> Settlement:
    """确权: by the government, or substitute work; in a meeting see `decide_in_meeting`."""
    return _settle(case_id, decided, None, doing)


def _settle(case_id: UUID, decided: Decided, meeting: Meeting | None, doing: Doing) -> Settlement:
    get_visible_state(case_id, doing.actor)
    state, _ = lock_states([case_id])[case_id]
    if (before := done_before(BOOK, Settlement, doing.key)) is not None:
        return before
    check_decider(doing.actor)
    reason = require_words("reason", decided.reason)
    basis = require_words("basis", decided.basis or (f"{meeting.title}（{meeting.no}）" if meeting is not None else ""))
    contractor = require_words("contractor", decided.contractor) if decided.manner == "substitute" else ""
    _make_unowned(case_id, state, reason, doing)
    command = commands.SettleOwner(
        unit_id=decided.unit_id, basis=basis, reason=reason, manner=decided.manner, cost=decided.cost
    )
    perform_one(submission_of(doing, case_id, command), clock=doing.clock)
    record = Settlement(
        id=doing.ids(),
        **settled_case(case_id, state),
        manner=decided.manner,
        unit_id=decided.unit_id,
        cost=decided.cost,
        contractor=contractor,
        basis=basis,
        reason=reason,
        meeting_id=meeting.id if meeting is not None else None,
        settled_at=doing.clock(),
        settled_by=doing.actor.user_id,
    )
    return write_one(BOOK, record, begin("settled", record, reason), doing, at=doing.clock())


def settled_case(case_id: UUID, state: CaseState) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "case_no": state.no,
        "class_key": state.subject.class_key,
        "area_code": state.place.area,
        "codes": state.codes,
    }


def _make_unowned(case_id: UUID, state: CaseState, reason: str, doing: Doing) -> None:
    """A case that was returned twice is marked as without owner first; a dispatcher may do both at once."""
    if state.status is Status.UNOWNED:
        return
    if difficulty_of(state) is None:
        raise NotDifficult
    if doing.actor.role is not Role.DISPATCHER:
        raise MarkFirst
    mark = submission_of(doing, case_id, commands.MarkUnowned(reason=reason), key=uuid5(doing.key, "mark"))
    perform_one(mark, clock=doing.clock)


@transaction.atomic
def call_meeting(called: Called, *, doing: Doing) -> Meeting:
    """召集联席会议 with an agenda of cases without owner."""
    if (before := done_before(BOOK, Meeting, doing.key)) is not None:
        return before
    meetings.check_keeper(doing.actor)
    now = doing.clock()
    meetings.check_agenda(len(set(called.case_ids)))
    record = Meeting(
        id=doing.ids(),
        no=register_number(MEETING, at=now, serial=next_numbers(1)[0]),
        title=require_words("title", called.title),
        held_on=called.held_on,
        place=called.place.strip(),
        participants=require_words("participants", called.participants),
        area_code=min(doing.actor.scope.regions, key=len, default=""),
        organisation_id=doing.actor.organisation_id,
        called_at=now,
        called_by=doing.actor.user_id,
        agenda=_agenda(called.case_ids, doing),
    )
    return write_one(BOOK, record, begin("called", record, record.title), doing, at=now)


def _agenda(case_ids: Sequence[UUID], doing: Doing) -> tuple[AgendaItem, ...]:
    states = get_visible_states(case_ids, doing.actor)
    ids = list(dict.fromkeys(case_ids))
    if any(case_id not in states for case_id in ids):
        raise NotFound
    if any(difficulty_of(states[case_id]) is None for case_id in ids):
        raise NotDifficult
    return tuple(AgendaItem(case_id, states[case_id].no) for case_id in ids)


def _hold(meeting_id: UUID, doing: Doing) -> Meeting:
    """The meeting, held until the end of the transaction."""
    get_meeting(meeting_id, doing.actor)
    return record_of(Meeting, MeetingRow.objects.select_for_update().get(id=meeting_id))


@transaction.atomic
def add_to_agenda(meeting_id: UUID, case_ids: Sequence[UUID], *, doing: Doing) -> Meeting:
    """列入议题."""
    meetings.check_keeper(doing.actor)
    fresh = _agenda(case_ids, doing)
    meeting = _hold(meeting_id, doing)
    if done_before(BOOK, Meeting, doing.key, only=meeting_id) is not None:
        return meeting
    return write_one(BOOK, meeting, meetings.decide_add(meeting, fresh), doing, at=doing.clock())


@transaction.atomic
def decide_in_meeting(meeting_id: UUID, case_id: UUID, decided: Decided, *, doing: Doing) -> Meeting:
    """会议决定: the owner of one case on the agenda."""
    get_meeting(meeting_id, doing.actor)
    lock_states([case_id])
    meeting = _hold(meeting_id, doing)
    if done_before(BOOK, Meeting, doing.key, only=meeting_id) is not None:
        return meeting
    deed = meetings.decide_item(meeting, case_id, Decision.SETTLED, decided.reason)
    _settle(case_id, decided, meeting, doing)
    return write_one(BOOK, meeting, deed, doing, at=doing.clock())


@transaction.atomic
def put_off_in_meeting(meeting_id: UUID, case_id: UUID, text: str, *, doing: Doing) -> Meeting:
    """留待再议."""
    meetings.check_keeper(doing.actor)
    meeting = _hold(meeting_id, doing)
    if done_before(BOOK, Meeting, doing.key, only=meeting_id) is not None:
        return meeting
    return write_one(
        BOOK, meeting, meetings.decide_item(meeting, case_id, Decision.PUT_OFF, text), doing, at=doing.clock()
    )


def note_duty_rows(*, clock: Clock, ids: Ids, batch: int = BATCH) -> int:
    """回写责任清单: settlements for which the duty table names a unit by now are done with."""
    doing, noted, last = Doing(actor=SYSTEM, key=ids(), clock=clock, ids=ids), 0, None
    while True:
        with transaction.atomic():
            now, writer = clock(), Writer(BOOK)
            waiting = lock_without_row(after=last, limit=batch)
            done = [one for one in waiting if has_row(held_duty_table(), one, day_of(now))]
            for one in done:
                writer.add(one, Deed("row_found", "", {"row_seen_at": now}), doing, at=now, key=ids())
            writer.write()
        noted += len(done)
        if len(waiting) < batch:
            return noted
        last = waiting[-1].id
