"""规定修订 read back: proposals by state and rule, and the rules as they stand on a day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from gezhi.amendments.models import AmendmentEvent, ProposedAmendment
from gezhi.amendments.rules.amended_rules import AmendedRule, Row
from gezhi.amendments.rules.amendment import Amendment, AmendmentState
from gezhi.cases.queries.registers import held_matrix
from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.amended_row import standing_amended_row
from gezhi.catalog.rules.editions import EditionSwitch
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import held_directory
from gezhi.people.rules.succession import UnitSuccession
from gezhi.plumbing.register_rows import Book, Register, record_of
from gezhi.supervision.queries.rules import held_rules

BOOK = Book(
    AmendmentEvent.objects,
    "amendments_event",
    {Amendment: Register(ProposedAmendment.objects, "amendment", "amendments_amendment")},
)
EVERYBODY = Q()
"""Who may look at the rules may see what is proposed for them."""


def list_amendments(
    *, state: AmendmentState | None, rule: AmendedRule | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Amendment]:
    """The newest first."""
    rows = ProposedAmendment.objects.order_by("-proposed_at", "-id")
    if state is not None:
        rows = rows.filter(state=state)
    if rule is not None:
        rows = rows.filter(rule=rule)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(proposed_at__lt=at) | Q(proposed_at=at, id__lt=last))
    return [record_of(Amendment, row) for row in rows[:limit]]


def count_waiting() -> int:
    return ProposedAmendment.objects.filter(state=AmendmentState.PENDING).count()


def get_amendment(amendment_id: UUID) -> Amendment:
    row = ProposedAmendment.objects.filter(id=amendment_id).first()
    if row is None:
        raise NotFound
    return record_of(Amendment, row)


def list_opinions(ids: list[UUID]) -> dict[UUID, list[AmendmentEvent]]:
    """What was said to each, the proposal first."""
    opinions: dict[UUID, list[AmendmentEvent]] = {one: [] for one in ids}
    for event in AmendmentEvent.objects.filter(subject_id__in=ids).order_by("subject_id", "seq"):
        opinions[event.subject_id].append(event)
    return opinions


def standing_row(rule: AmendedRule, key: str, day: date) -> Row:
    """The row of a rule that is in force on a day."""
    if rule is AmendedRule.APPROVAL_MATRIX:
        return held_matrix().on(day)[ApplicationKind(key)]
    if rule is AmendedRule.EDITION:
        return EditionSwitch(held_catalog().edition_on(day))
    if rule is AmendedRule.STANDARD_ROW:
        return standing_amended_row(held_catalog(), key, day)
    if rule is AmendedRule.SUCCESSION:
        standing = (one.arranged for one in held_directory().successions if one.arranged.unit == int(key))
        return next(standing, UnitSuccession(int(key)))
    held = held_rules()
    return held.levels(day)[int(key)] if rule is AmendedRule.SUPERVISION else held.accountability(day)[key]
