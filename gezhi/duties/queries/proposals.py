"""Reads of proposals for the duty table: lists by state, the rows in the way, who reaches what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Q

from gezhi.duties.models import DutyRow, RowProposal
from gezhi.duties.queries.table import duty_row_data, held_duty_names
from gezhi.duties.rules.duty_row import WHOLE_NODE, Basis, DutyRowData
from gezhi.duties.rules.proposal import OverlappingRow, ProposalState, is_within
from gezhi.duties.rules.reason import compose_reason
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import held_directory
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.regions.queries import get_region, search_places


class ProposalFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which proposals a list shows, the newest first; `before_id` is where the page before ended."""

    state: ProposalState | None = None
    case_id: UUID | None = None
    before_id: UUID | None = None


def node_regions() -> tuple[str, ...]:
    """The topmost regions that any body here answers for: together they are the whole node."""
    regions = {region_prefix(body.region_code) for body in held_directory().organisations.values() if body.region_code}
    return tuple(sorted(code for code in regions if not any(code != one and code.startswith(one) for one in regions)))


def reachable(actor: Actor) -> Q:
    """What somebody sees: proposals in their regions, for the whole node, for their own units, and their own."""
    seen = Q(area_code=WHOLE_NODE) | Q(proposed_by=actor.user_id) | Q(unit_id__in=actor.scope.organisations)
    for region in actor.scope.regions:
        seen |= Q(area_code__startswith=region)
    return seen


def is_in_reach(proposal: RowProposal, actor: Actor) -> bool:
    return (
        proposal.area_code == WHOLE_NODE
        or proposal.proposed_by == actor.user_id
        or proposal.unit_id in actor.scope.organisations
        or is_within(proposal.area_code, actor.scope.regions, ())
    )


def list_proposals(filters: ProposalFilter, actor: Actor, *, limit: int) -> list[RowProposal]:
    """Proposals with all opinions in two statements; ids count with time, so the newest come first."""
    rows = RowProposal.objects.filter(reachable(actor)).prefetch_related("opinions")
    if filters.state is not None:
        rows = rows.filter(state=filters.state)
    if filters.case_id is not None:
        rows = rows.filter(case_id=filters.case_id)
    if filters.before_id is not None:
        rows = rows.filter(id__lt=filters.before_id)
    return list(rows.order_by("-id")[:limit])


def count_pending(actor: Actor) -> int:
    return RowProposal.objects.filter(reachable(actor), state=ProposalState.PENDING).count()


def get_proposal(proposal_id: UUID, actor: Actor) -> RowProposal:
    proposal = RowProposal.objects.filter(reachable(actor), id=proposal_id).prefetch_related("opinions").first()
    if proposal is None:
        raise NotFound
    return proposal


def proposed_row(proposal: RowProposal) -> DutyRowData:
    """The row that a proposal asks for; it works on the platform level of its unit."""
    body = held_directory().organisations[proposal.unit_id]
    return DutyRowData(
        edition=proposal.edition,
        kind=proposal.kind,
        selector=proposal.selector,
        area_code=proposal.area_code,
        unit_id=proposal.unit_id,
        valid_from=proposal.valid_from,
        valid_to=proposal.valid_to,
        platform_level=body.platform_level,
        basis_kind=Basis(proposal.basis_kind),
        basis=proposal.basis,
        note=f"案件 {proposal.case_no}" if proposal.case_no else "",
    )


def find_overlapping(rows: list[DutyRowData], *, since: date) -> list[list[OverlappingRow]]:
    """For each row those for the same classes and area that are in force on any of its days from `since` on (重叠行)."""
    if not rows:
        return []
    same = Q()
    for row in rows:
        same |= Q(edition=row.edition, kind=row.kind, selector=row.selector, area_code=row.area_code)
    standing = [duty_row_data(one) for one in DutyRow.objects.filter(same).order_by("id")]
    return [_in_the_way(row, max(row.valid_from, since), standing) for row in rows]


def _in_the_way(row: DutyRowData, start: date, standing: Iterable[DutyRowData]) -> list[OverlappingRow]:
    slot, names = _slot(row), held_duty_names()
    last = row.valid_to or date.max
    return [
        OverlappingRow(one.row_id, one.valid_from, one.valid_to, *compose_reason(one, names))
        for one in standing
        if _slot(one) == slot and one.valid_from <= last and (one.valid_to or date.max) >= start
    ]


def _slot(row: DutyRowData) -> tuple[str, str, str, str]:
    return row.edition, row.kind, row.selector, row.area_code


def area_exists(code: str, *, on: date) -> bool:
    """Whether a code is that of a region or of a unit grid in force on a day."""
    if get_region(code, on=on) is not None:
        return True
    return any(place.code == code for place in search_places(code, on=on))
