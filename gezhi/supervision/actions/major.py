"""重大案件备案办理: the register and the case change together."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.cases.actions import perform_one
from gezhi.cases.queries.case_faces import get_visible_state
from gezhi.cases.queries.states import lock_states
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, begin
from gezhi.kernel.words import require_words
from gezhi.people.queries import held_directory
from gezhi.plumbing.register_rows import Doing, done_before, lock_record, write_one
from gezhi.supervision.actions.serials import next_numbers
from gezhi.supervision.actions.submission import submission_of
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.queries.major import get_major
from gezhi.supervision.queries.scope import seen_by
from gezhi.supervision.rules import major_register as rules
from gezhi.supervision.rules.major_register import MajorCase
from gezhi.supervision.rules.register_number import MAJOR, register_number
from gezhi.supervision.rules.terms import check_due


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """备案内容."""

    level: int
    plan: str
    due: int
    unit_id: int


@transaction.atomic
def list_case(case_id: UUID, listing: Listing, *, doing: Doing) -> MajorCase:
    """列为重大案件."""
    get_visible_state(case_id, doing.actor)
    state, _ = lock_states([case_id])[case_id]
    if (before := done_before(BOOK, MajorCase, doing.key)) is not None:
        return before
    if all(part.unit != listing.unit_id for part in state.open_assignments):
        raise rules.LeaderHasNoPart(field="unit_id", unit=_name_of(listing.unit_id))
    now = doing.clock()
    plan = require_words("plan", listing.plan)
    check_due(listing.due, now)
    record = new_listing(doing.ids(), case_id, state, msgspec.structs.replace(listing, plan=plan), now=now)
    record = msgspec.structs.replace(record, listed_by=doing.actor.user_id)
    command = commands.ListMajor(level=listing.level, text=plan, due=listing.due, unit_id=listing.unit_id)
    perform_one(submission_of(doing, case_id, command), clock=doing.clock)
    return write_one(BOOK, record, begin("listed", record, plan), doing, at=now)


def _name_of(unit: int) -> str:
    body = held_directory().organisations.get(unit)
    return body.name if body is not None else str(unit)


def new_listing(id_: UUID, case_id: UUID, state: CaseState, listing: Listing, *, now: int) -> MajorCase:
    return MajorCase(
        id=id_,
        no=register_number(MAJOR, at=now, serial=next_numbers(1)[0]),
        case_id=case_id,
        case_no=state.no,
        class_key=state.subject.class_key,
        area_code=state.place.area,
        level=listing.level,
        plan=listing.plan,
        unit_id=listing.unit_id,
        due_at=listing.due,
        listed_at=now,
        listed_by=0,
    )


def _hold(major_id: UUID, doing: Doing) -> tuple[MajorCase, CaseState, bool]:
    """Case and listing, held in this order; True: the request had been carried out before."""
    case_id = get_major(major_id, doing.actor).case_id
    state, _ = lock_states([case_id])[case_id]
    major = lock_record(BOOK, MajorCase, major_id, seen_by(doing.actor))
    return major, state, done_before(BOOK, MajorCase, doing.key, only=major_id) is not None


def _write(major: MajorCase, deed: Deed, doing: Doing, command: Command | None) -> MajorCase:
    if command is not None:
        perform_one(submission_of(doing, major.case_id, command), clock=doing.clock)
    return write_one(BOOK, major, deed, doing, at=doing.clock())


@transaction.atomic
def report_progress(major_id: UUID, text: str, *, doing: Doing) -> MajorCase:
    """报告进展."""
    major, _, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_progress(major, text, now=doing.clock())
    return _write(major, deed, doing, commands.ReportMajor(text=deed.text))


@transaction.atomic
def ask_change(major_id: UUID, reason: str, due: int, *, doing: Doing) -> MajorCase:
    """申请调整期限: the case is noted; its date stays until somebody else approves."""
    major, _, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_ask_change(major, doing.actor, reason, due, now=doing.clock())
    return _write(major, deed, doing, commands.Note(text=f"申请调整重大案件销号期限：{deed.text}"))


@transaction.atomic
def decide_change(major_id: UUID, reason: str, *, granted: bool, doing: Doing) -> MajorCase:
    """审批期限调整."""
    major, _, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_change(major, doing.actor, reason, granted=granted, now=doing.clock())
    command = commands.ChangeMajor(due=major.asked_due_at or 0, reason=deed.text) if granted else None
    return _write(major, deed, doing, command)


@transaction.atomic
def report_above(major_id: UUID, text: str, to: str, sent_at: int, *, doing: Doing) -> MajorCase:
    """上报上级."""
    major, _, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_report_above(major, text, to, sent_at, now=doing.clock())
    return _write(major, deed, doing, commands.Note(text=f"重大案件上报 {deed.text}"))


@transaction.atomic
def propose_strike_off(major_id: UUID, text: str, *, doing: Doing) -> MajorCase:
    """申请销号, by a supervisor."""
    major, state, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_propose_strike(major, doing.actor, text, inspected=rules.is_inspected(state), now=doing.clock())
    return _write(major, deed, doing, commands.Note(text=f"申请重大案件销号：{deed.text}"))


@transaction.atomic
def sign_strike_off(major_id: UUID, text: str, *, granted: bool, doing: Doing) -> MajorCase:
    """签批销号, by a leader; from now on the case can be closed."""
    major, _, done = _hold(major_id, doing)
    if done:
        return major
    deed = rules.decide_strike(major, doing.actor, text, granted=granted, now=doing.clock())
    return _write(major, deed, doing, commands.StrikeOff(text=deed.text) if granted else None)
