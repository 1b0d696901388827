"""What the case page did without the register: listings, dates and settlements are entered from the log of the case."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.cases.queries.case_page import get_told_entry
from gezhi.cases.queries.states import lock_states
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, begin
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.plumbing.register_rows import Doing, keys_done, write_one
from gezhi.supervision.actions.major import Listing, new_listing
from gezhi.supervision.actions.ownerless import settled_case
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.queries.major import find_standing_major
from gezhi.supervision.rules.major_register import NOTHING_ASKED, MajorCase, MajorState
from gezhi.supervision.rules.ownerless import Settlement

TAKEN_UP = (
    EntryKind.OWNER_SETTLED,
    EntryKind.MAJOR_LISTED,
    EntryKind.MAJOR_REPORTED,
    EntryKind.MAJOR_CHANGED,
    EntryKind.MAJOR_STRUCK_OFF,
)


@transaction.atomic
def take_up_entry(case_id: UUID, seq: int, *, clock: Clock, ids: Ids) -> None:
    """Enter one log entry in its register; one that the register wrote itself is known by its command."""
    lock_states([case_id])
    told = get_told_entry(case_id, seq)
    if told is None or keys_done(BOOK, [UUID(told[0].command_id)]):
        return
    entry, state = told
    actor = Actor(entry.user, entry.post, Role(entry.role), entry.organisation, Scope())
    doing = Doing(actor=actor, key=UUID(entry.command_id), clock=clock, ids=ids)
    if entry.step.kind is EntryKind.OWNER_SETTLED:
        _settled(case_id, entry, state, doing)
    elif entry.step.kind is EntryKind.MAJOR_LISTED:
        _listed(case_id, entry, state, doing)
    else:
        _moved(case_id, entry, doing)


def _settled(case_id: UUID, entry: Entry, state: CaseState, doing: Doing) -> None:
    step = entry.step
    record = Settlement(
        id=doing.ids(),
        **settled_case(case_id, state),
        manner=step.manner or "",
        unit_id=step.settled_unit or 0,
        cost=step.cost,
        basis=step.basis or "",
        reason=step.reason or "",
        settled_at=entry.recorded,
        settled_by=entry.user,
    )
    write_one(BOOK, record, begin("settled", record, record.reason), doing, at=entry.recorded)


def _listed(case_id: UUID, entry: Entry, state: CaseState, doing: Doing) -> None:
    step = entry.step
    listing = Listing(level=step.major or 0, plan=step.text or "", due=step.due or 0, unit_id=step.unit or 0)
    record = new_listing(doing.ids(), case_id, state, listing, now=entry.recorded)
    record = msgspec.structs.replace(record, listed_by=entry.user)
    write_one(BOOK, record, begin("listed", record, record.plan), doing, at=entry.recorded)


def _moved(case_id: UUID, entry: Entry, doing: Doing) -> None:
    major = find_standing_major(case_id)
    deed = _deed_of(major, entry) if major is not None else None
    if major is not None and deed is not None:
        write_one(BOOK, major, deed, doing, at=entry.recorded)


def _deed_of(major: MajorCase, entry: Entry) -> Deed | None:
    step = entry.step
    words = step.text or step.reason or ""
    match step.kind:
        case EntryKind.MAJOR_REPORTED:
            reported = {"progress": words, "progress_at": entry.recorded, "progress_count": major.progress_count + 1}
            return Deed("progress_reported", words, reported)
        case EntryKind.MAJOR_CHANGED:
            return Deed("changed", words, {"due_at": step.due, "changes": major.changes + 1})
        case EntryKind.MAJOR_STRUCK_OFF:
            struck = {"state": MajorState.STRUCK_OFF, "struck_by": entry.user, "struck_at": entry.recorded}
            return Deed("struck_off", words, {**NOTHING_ASKED, **struck})
    return None
