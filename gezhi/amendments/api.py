"""/rules/amendments: changes of rules, proposed by one and decided by another; /rules/local-policy: 地方规定."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Query, Status
from pydantic import BaseModel, Field

from gezhi.amendments.actions import decide_amendment, propose_row, propose_settings, withdraw_amendment
from gezhi.amendments.queries import count_waiting, get_amendment, list_amendments
from gezhi.amendments.rules.amended_rules import AmendedRule, Row, words_of
from gezhi.amendments.rules.amendment import AmendmentState
from gezhi.amendments.shapes.amendments import AmendmentOut, AmendmentPage, amendments_out
from gezhi.amendments.shapes.local_policy import LocalPolicyOut, SettingsShape, settings_of, settings_out
from gezhi.calendars.rules.office_days import day_of
from gezhi.catalog.rules.editions import EditionSwitch
from gezhi.catalog.shapes import StandardRowIn, amended_row_of
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Permission
from gezhi.ledgers.shapes import ApprovalRowIn, approval_row_of
from gezhi.people.rules.succession import RowShare, UnitSuccession
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import DayIn, Exact, after_of, cursor_of, page_of
from gezhi.policy.queries import held_policy
from gezhi.supervision.shapes.rules import (
    AccountabilityRowIn,
    LevelRowIn,
    accountability_row_of,
    level_row_of,
)

router = Router(tags=["amendments"])
Words = Annotated[str, Field(max_length=500)]


class AmendmentsAsked(BaseModel):
    state: AmendmentState | None = None
    rule: AmendedRule | None = None
    cursor: str = ""
    limit: int = Field(30, ge=1, le=200)


class _AmendmentIn(Exact):
    valid_from: DayIn
    reason: Words


class ApprovalAmendmentIn(_AmendmentIn):
    rule: Literal["approval-matrix"]
    kind: ApplicationKind
    row: ApprovalRowIn


class LevelAmendmentIn(_AmendmentIn):
    rule: Literal["supervision"]
    row: LevelRowIn


class AccountabilityAmendmentIn(_AmendmentIn):
    rule: Literal["accountability"]
    row: AccountabilityRowIn


class EditionAmendmentIn(_AmendmentIn):
    rule: Literal["edition"]
    edition: Annotated[str, Field(pattern=r"^\d{4}$")]


class RowShareIn(Exact):
    row_id: int
    successor_id: int


class SuccessionAmendmentIn(_AmendmentIn):
    """`rows`: rows of the duty table of a unit that is split, which go to another successor than the rest."""

    rule: Literal["succession"]
    unit_id: int
    successor_id: int
    rows: Annotated[tuple[RowShareIn, ...], Field(max_length=500)] = ()


class StandardRowAmendmentIn(_AmendmentIn):
    rule: Literal["standard-row"]
    row: StandardRowIn


class SettingsAmendmentIn(_AmendmentIn):
    rule: Literal["local-policy"]
    settings: SettingsShape


AnyAmendmentIn = Annotated[
    ApprovalAmendmentIn
    | LevelAmendmentIn
    | AccountabilityAmendmentIn
    | EditionAmendmentIn
    | SuccessionAmendmentIn
    | StandardRowAmendmentIn
    | SettingsAmendmentIn,
    Field(discriminator="rule"),
]


class AmendmentWithdrawalIn(Exact):
    text: Words = ""


class AmendmentDecisionIn(Exact):
    granted: bool
    text: Words = ""


@router.get("/rules/amendments", permission=Permission.LEDGERS_READ, response=AmendmentPage)
def get_amendments(request: HttpRequest, asked: Annotated[AmendmentsAsked, Query()]) -> AmendmentPage:
    """规定修订申请, the newest first; `pending` counts all that wait."""
    found = list_amendments(state=asked.state, rule=asked.rule, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(found, asked.limit, lambda last: cursor_of(last.proposed_at, last.id))
    return AmendmentPage(
        items=amendments_out(page, actor_of(request)), next_cursor=next_cursor, pending=count_waiting()
    )


@router.post("/rules/amendments", permission=Permission.SETTINGS_WRITE, response={201: AmendmentOut})
def post_amendment(request: HttpRequest, sent: Annotated[AnyAmendmentIn, Body()]) -> Status[AmendmentOut]:
    """提出修订: it waits until a second person has approved it. Sent again under the same Idempotency-Key: the one that
    stands.
    """
    doing = doing_of(request)
    if isinstance(sent, SettingsAmendmentIn):
        settings = settings_of(sent.settings, held_policy().on(sent.valid_from))
        made = propose_settings(settings, valid_from=sent.valid_from, reason=sent.reason, doing=doing)
    else:
        made = propose_row(_row_of(sent), valid_from=sent.valid_from, reason=sent.reason, doing=doing)
    (told,) = amendments_out([made], doing.actor)
    return Status(201, told)


def _row_of(
    sent: ApprovalAmendmentIn
    | LevelAmendmentIn
    | AccountabilityAmendmentIn
    | EditionAmendmentIn
    | SuccessionAmendmentIn
    | StandardRowAmendmentIn,
) -> Row:
    match sent:
        case ApprovalAmendmentIn():
            return approval_row_of(sent.kind, sent.row)
        case LevelAmendmentIn():
            return level_row_of(sent.row)
        case AccountabilityAmendmentIn():
            return accountability_row_of(sent.row)
        case EditionAmendmentIn():
            return EditionSwitch(sent.edition)
        case SuccessionAmendmentIn():
            rows = tuple(RowShare(one.row_id, one.successor_id) for one in sent.rows)
            return UnitSuccession(sent.unit_id, sent.successor_id, rows)
        case StandardRowAmendmentIn():
            return amended_row_of(sent.row, sent.valid_from)


@router.get("/rules/amendments/{uuid:amendment_id}", permission=Permission.LEDGERS_READ, response=AmendmentOut)
def get_one_amendment(request: HttpRequest, amendment_id: UUID) -> AmendmentOut:
    (told,) = amendments_out([get_amendment(amendment_id)], actor_of(request))
    return told


@router.post(
    "/rules/amendments/{uuid:amendment_id}/decision", permission=Permission.RULES_APPROVE, response=AmendmentOut
)
def decide_on_amendment(request: HttpRequest, amendment_id: UUID, sent: AmendmentDecisionIn) -> AmendmentOut:
    """审批修订: approved it is in force from its day on; refused it is kept with the reason."""
    doing = doing_of(request)
    made = decide_amendment(amendment_id, sent.text, granted=sent.granted, doing=doing)
    (told,) = amendments_out([made], doing.actor)
    return told


@router.post(
    "/rules/amendments/{uuid:amendment_id}/withdrawal", permission=Permission.RULES_APPROVE, response=AmendmentOut
)
def withdraw(request: HttpRequest, amendment_id: UUID, sent: AmendmentWithdrawalIn) -> AmendmentOut:
    """撤回修订: while it waits by who proposed it; approved, until the day before it comes into force."""
    doing = doing_of(request)
    made = withdraw_amendment(amendment_id, sent.text, doing=doing)
    (told,) = amendments_out([made], doing.actor)
    return told


@router.get("/rules/local-policy", permission=Permission.LEDGERS_READ, response=LocalPolicyOut)
def get_local_policy(request: HttpRequest) -> LocalPolicyOut:  # noqa: ARG001
    """地方规定 in force today, and what comes."""
    today, held = day_of(system_clock()), held_policy()
    return LocalPolicyOut(
        settings=settings_out(words_of(held.on(today))),
        valid_from=max((day for day, _ in held.versions if day <= today), default=None),
        coming={day: settings_out(words_of(policy)) for day, policy in held.versions if day > today},
    )
