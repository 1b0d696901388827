"""规定修订 on the wire: a proposal with old and new words, what was said to it, and who may decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from pydantic import BaseModel, Field

from gezhi.amendments.queries import list_opinions
from gezhi.amendments.rules.amended_rules import ROWS, AmendedRule
from gezhi.amendments.rules.amendment import (
    Amendment,
    AmendmentOpinion,
    AmendmentState,
    why_not_decide,
    why_not_withdraw,
)
from gezhi.amendments.shapes.local_policy import SettingsShape, settings_out
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.catalog.queries import list_known_editions
from gezhi.catalog.rules.amended_row import AmendedRow
from gezhi.catalog.rules.editions import EditionSwitch
from gezhi.catalog.shapes import AmendedRowOut, amended_row_out
from gezhi.duties.shapes.proposals import ProposalSaid, said_out
from gezhi.duties.shapes.rows import Namer
from gezhi.kernel.permissions import Actor, Permission
from gezhi.ledgers.shapes import ApprovalRowOut, approval_row_out
from gezhi.people.queries import held_directory
from gezhi.people.rules.policy import decide_access
from gezhi.people.rules.succession import UnitSuccession
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.shapes import TextOut, moment, problem_text
from gezhi.policy.queries import held_policy
from gezhi.supervision.rules.accountability_rules import AccountabilityRow
from gezhi.supervision.rules.automatic import LevelRow
from gezhi.supervision.shapes.rules import (
    AccountabilityRowOut,
    LevelRowOut,
    accountability_row_out,
    level_row_out,
)


class AmendmentOpinionOut(ProposalSaid):
    kind: AmendmentOpinion


class ApprovalChangeOut(BaseModel):
    rule: Literal["approval-matrix"]
    before: ApprovalRowOut
    after: ApprovalRowOut


class LevelChangeOut(BaseModel):
    rule: Literal["supervision"]
    before: LevelRowOut
    after: LevelRowOut


class AccountabilityChangeOut(BaseModel):
    rule: Literal["accountability"]
    before: AccountabilityRowOut
    after: AccountabilityRowOut


class EditionShown(BaseModel):
    edition: str
    standard: str


class EditionChangeOut(BaseModel):
    rule: Literal["edition"]
    before: EditionShown
    after: EditionShown


class SuccessionShown(BaseModel):
    """`successor` None: the unit goes on by itself. `rows`: so many rows of the duty table go to others."""

    unit: TextOut
    successor: TextOut | None
    rows: int


class SuccessionChangeOut(BaseModel):
    rule: Literal["succession"]
    before: SuccessionShown
    after: SuccessionShown


class StandardRowChangeOut(BaseModel):
    rule: Literal["standard-row"]
    before: AmendedRowOut
    after: AmendedRowOut


class SettingsChangeOut(BaseModel):
    """Only the settings that change."""

    rule: Literal["local-policy"]
    before: SettingsShape
    after: SettingsShape


AnyChangeOut = Annotated[
    ApprovalChangeOut
    | LevelChangeOut
    | AccountabilityChangeOut
    | EditionChangeOut
    | SuccessionChangeOut
    | StandardRowChangeOut
    | SettingsChangeOut,
    Field(discriminator="rule"),
]


class AmendmentOut(BaseModel):
    """`in_force_from`: from when on it really counts; an approval later than `valid_from` moves it."""

    id: UUID
    state: AmendmentState
    rule: AmendedRule
    change: AnyChangeOut
    valid_from: date
    reason: str
    proposed_at: datetime
    in_force_from: date | None
    may_decide: bool
    why_not: TextOut | None
    may_withdraw: bool
    opinions: list[AmendmentOpinionOut]


class AmendmentPage(BaseModel):
    items: list[AmendmentOut]
    next_cursor: str | None
    pending: int


def amendments_out(page: list[Amendment], actor: Actor) -> list[AmendmentOut]:
    opinions, namer = list_opinions([one.id for one in page]), Namer()
    today = day_of(system_clock())
    node, access = held_policy().node, decide_access(actor, Permission.RULES_APPROVE).problem
    shown = []
    for one in page:
        waits = one.state is AmendmentState.PENDING
        problem = (access or why_not_decide(one, actor, node)) if waits else None
        shown.append(
            AmendmentOut(
                id=one.id,
                state=one.state,
                rule=one.rule,
                change=_change_out(one),
                valid_from=one.valid_from,
                reason=one.reason,
                proposed_at=moment(one.proposed_at),
                in_force_from=one.in_force_from,
                may_decide=waits and problem is None,
                why_not=problem_text(problem) if problem is not None else None,
                may_withdraw=access is None and why_not_withdraw(one, actor, node, today) is None,
                opinions=[
                    AmendmentOpinionOut(kind=AmendmentOpinion(said.kind), **dict(said_out(said, namer)))
                    for said in opinions[one.id]
                ],
            )
        )
    return shown


def _change_out(one: Amendment) -> AnyChangeOut:
    if one.rule is AmendedRule.LOCAL_POLICY:
        return SettingsChangeOut(rule="local-policy", before=settings_out(one.before), after=settings_out(one.after))
    kind = ROWS[one.rule]
    before, after = msgspec.convert(one.before, kind), msgspec.convert(one.after, kind)
    match before, after:
        case ApprovalRow(), ApprovalRow():
            return ApprovalChangeOut(
                rule="approval-matrix", before=approval_row_out(before), after=approval_row_out(after)
            )
        case LevelRow(), LevelRow():
            return LevelChangeOut(rule="supervision", before=level_row_out(before), after=level_row_out(after))
        case AccountabilityRow(), AccountabilityRow():
            return AccountabilityChangeOut(
                rule="accountability", before=accountability_row_out(before), after=accountability_row_out(after)
            )
        case EditionSwitch(), EditionSwitch():
            return EditionChangeOut(rule="edition", before=_edition_shown(before), after=_edition_shown(after))
        case UnitSuccession(), UnitSuccession():
            return SuccessionChangeOut(
                rule="succession", before=_succession_shown(before), after=_succession_shown(after)
            )
        case AmendedRow(), AmendedRow():
            return StandardRowChangeOut(
                rule="standard-row", before=amended_row_out(before), after=amended_row_out(after)
            )
    raise TypeError(one.rule)


def _edition_shown(switch: EditionSwitch) -> EditionShown:
    standard = next((one.standard for one in list_known_editions() if one.code == switch.edition), switch.edition)
    return EditionShown(edition=switch.edition, standard=standard)


def _succession_shown(row: UnitSuccession) -> SuccessionShown:
    bodies = held_directory().organisations
    names = {
        one: TextOut(zh=bodies[one].name, en=bodies[one].name_en) for one in (row.unit, row.successor) if one in bodies
    }
    return SuccessionShown(unit=names[row.unit], successor=names.get(row.successor), rows=len(row.rows))
