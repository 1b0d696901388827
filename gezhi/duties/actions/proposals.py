"""Proposals for the duty table (责任清单修订): asked for by one, decided with a reason by another; both stay on record."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db import connection, transaction

from gezhi.catalog.queries import held_catalog
from gezhi.duties.actions.rows import add_row, end_row
from gezhi.duties.models import ProposalOpinion, RowProposal
from gezhi.duties.queries.proposals import (
    area_exists,
    find_overlapping,
    is_in_reach,
    node_regions,
    proposed_row,
)
from gezhi.duties.queries.table import class_names
from gezhi.duties.rules.duty_row import EVERY_CLASS, DutyRowData, ReasonMissing, UnknownClassOrUnit, check_row
from gezhi.duties.rules.proposal import (
    Decision,
    OpinionKind,
    OpinionMissing,
    Overlap,
    OwnProposal,
    ProposalState,
    Proposed,
    UnitNotThere,
    UnknownArea,
    check_open,
    check_reach,
    check_refused,
    check_wording,
    first_day,
    rows_to_end,
)
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import is_blank
from gezhi.people.queries import as_datetime, day_of, held_directory
from gezhi.people.rules.directory import is_valid
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids, system_ids
from gezhi.plumbing.outbox import announce

ONE_DAY = timedelta(days=1)
PROPOSED, REFUSED = "duties.row-proposed", "duties.row-refused"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('duties.row:' || %s, 0))"


@transaction.atomic
def propose_row(proposed: Proposed, actor: Actor, *, key: UUID, clock: Clock, ids: Ids = system_ids) -> UUID:
    """提出修订: kept until somebody else decides. Sent again under the same key: the proposal that stands."""
    before = ProposalOpinion.objects.filter(user_id=actor.user_id, key=key).first()
    if before is not None:
        return before.proposal_id
    if is_blank(proposed.reason):
        raise ReasonMissing(field="reason")
    now, row = clock(), proposed.row
    check_wording(proposed, day_of(now))
    _check_names(row, row.valid_from)
    check_reach(actor.scope, row, node_regions())
    rows_to_end(find_overlapping([row], since=row.valid_from)[0], row.valid_from, proposed.overlap)
    if proposed.anew_of is not None:
        check_refused(ProposalState(_seen_by(actor, RowProposal.objects.filter(id=proposed.anew_of).first()).state))
    made = RowProposal.objects.create(
        id=ids(),
        state=ProposalState.PENDING,
        edition=row.edition,
        kind=row.kind,
        selector=row.selector,
        area_code=row.area_code,
        unit_id=row.unit_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis_kind=row.basis_kind,
        basis=row.basis,
        reason=proposed.reason.strip(),
        overlap=proposed.overlap,
        case_id=proposed.case_id,
        case_no=proposed.case_no,
        anew_of_id=proposed.anew_of,
        proposed_by=actor.user_id,
        proposed_at=as_datetime(now),
    )
    _note(made.id, OpinionKind.PROPOSED, actor, key=key, at=now, text=proposed.reason.strip())
    announce(PROPOSED, str(made.id), {"proposed_by": actor.user_id, "area_code": row.area_code, "unit_id": row.unit_id})
    return made.id


@transaction.atomic
def decide_proposal(decision: Decision, actor: Actor, *, key: UUID, clock: Clock) -> UUID:
    """审批修订: approved it becomes a row at once; refused it stays with its reason and may be proposed anew."""
    proposal = _seen_by(actor, RowProposal.objects.select_for_update().filter(id=decision.proposal_id).first())
    if ProposalOpinion.objects.filter(user_id=actor.user_id, key=key, proposal=proposal).exists():
        return proposal.id
    check_open(ProposalState(proposal.state))
    if proposal.proposed_by == actor.user_id:
        raise OwnProposal
    row = proposed_row(proposal)
    check_reach(actor.scope, row, node_regions())
    text, now = decision.text.strip(), clock()
    if is_blank(text):
        raise OpinionMissing(field="text")
    if decision.granted:
        overlap = decision.overlap or Overlap(proposal.overlap)
        proposal.row_id = _enter(proposal, row, actor, clock=clock, overlap=overlap)
    else:
        announce(REFUSED, str(proposal.id), {"proposed_by": proposal.proposed_by, "case_id": _text(proposal.case_id)})
    proposal.state = ProposalState.APPROVED if decision.granted else ProposalState.REFUSED
    proposal.save(update_fields=["state", "row"])
    kind = OpinionKind.APPROVED if decision.granted else OpinionKind.REFUSED
    _note(proposal.id, kind, actor, key=key, at=now, text=text)
    return proposal.id


def _enter(proposal: RowProposal, row: DutyRowData, actor: Actor, *, clock: Clock, overlap: Overlap) -> int:
    """The row of an approved proposal; what stands in its way ends on the day before."""
    start = first_day(row, day_of(clock()))
    row = msgspec.structs.replace(row, valid_from=start)
    _check_names(row, start)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{row.edition}-{row.kind}-{row.selector}@{row.area_code}"])
    for row_id in rows_to_end(find_overlapping([row], since=start)[0], start, overlap):
        end_row(row_id, last_day=start - ONE_DAY, reason=proposal.reason, actor=actor, clock=clock)
    cause = {
        "case_id": _text(proposal.case_id),
        "case_no": proposal.case_no,
        "proposal_id": str(proposal.id),
        "proposed_by": proposal.proposed_by,
    }
    return add_row(row, reason=proposal.reason, actor=actor, clock=clock, cause=cause)


def _check_names(row: DutyRowData, on: date) -> None:
    """Class, area and unit as they are on the first day of the row."""
    check_row(row)
    catalog, body = held_catalog(), held_directory().organisations.get(row.unit_id)
    known = (
        any(major.edition == row.edition for major in catalog.majors)
        if row.selector == EVERY_CLASS
        else (row.edition, row.kind, row.selector) in class_names(catalog)
    )
    if not known:
        raise UnknownClassOrUnit(field="class_key", what=f"{row.edition}-{row.kind}-{row.selector}")
    if body is None:
        raise UnknownClassOrUnit(field="unit_id", what=row.unit_id)
    if not is_valid(body.valid_from, body.valid_to, on):
        raise UnitNotThere(field="unit_id", unit=body.name, day=on)
    if row.area_code and not area_exists(row.area_code, on=on):
        raise UnknownArea(field="area_code", area_code=row.area_code)


def _seen_by(actor: Actor, proposal: RowProposal | None) -> RowProposal:
    if proposal is None or not is_in_reach(proposal, actor):
        raise NotFound
    return proposal


def _note(proposal_id: UUID, kind: OpinionKind, actor: Actor, *, key: UUID, at: int, text: str) -> None:
    ProposalOpinion.objects.create(
        proposal_id=proposal_id,
        kind=kind,
        user_id=actor.user_id,
        post_id=actor.post_id,
        organisation_id=actor.organisation_id,
        at=as_datetime(at),
        text=text,
        key=key,
    )


def _text(case_id: UUID | None) -> str | None:
    return None if case_id is None else str(case_id)
