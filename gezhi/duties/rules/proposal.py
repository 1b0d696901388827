"""Proposals for the duty table (责任清单修订申请): what is asked, who may decide, and which rows stand in the way.

Requirements R10 and R19: what was settled about an ownerless case becomes one row, so that it does not recur.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.kernel.permissions import Scope
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

MOST_ROWS_NAMED = 5


class ProposalState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


class OpinionKind(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class Overlap(StrEnum):
    """What becomes of rows for the same classes and area in the same time: in doubt nothing is decided silently."""

    ASK = "ask"
    END = "end"
    KEEP = "keep"


STATE_NAMES: dict[ProposalState, tuple[str, str]] = {
    ProposalState.PENDING: ("待审批", "Pending"),
    ProposalState.APPROVED: ("已批准", "Approved"),
    ProposalState.REFUSED: ("未批准", "Refused"),
}
OPINION_NAMES: dict[OpinionKind, tuple[str, str]] = {
    OpinionKind.PROPOSED: ("提出申请", "Proposed"),
    OpinionKind.APPROVED: ("批准", "Approved"),
    OpinionKind.REFUSED: ("不予批准", "Refused"),
}


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is asked for, why, and the case that showed the need."""

    row: DutyRowData
    reason: str
    overlap: Overlap = Overlap.ASK
    case_id: UUID | None = None
    case_no: str = ""
    anew_of: UUID | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """审批: granted or not, why. `overlap` overrides what the proposer chose."""

    proposal_id: UUID
    granted: bool
    text: str
    overlap: Overlap | None = None


class OverlappingRow(msgspec.Struct, frozen=True):
    """A row in the way, told as the duty table tells it."""

    row_id: int
    valid_from: date
    valid_to: date | None
    told_zh: str
    told_en: str


class OwnProposal(Problem):
    code = "duties.proposal.own"
    status = 403
    title = "这项修订由您本人提出，不能由本人审批，请由其他有审批权的人员办理。"
    title_en = "You proposed this yourself; somebody else who may approve must decide it."


class AlreadyDecided(Problem):
    code = "duties.proposal.already-decided"
    status = 409
    title = "这项修订已经办结（{state_zh}），请刷新；如仍需修改，请另行提出申请。"
    title_en = "This proposal has been decided already ({state_en}); refresh, or propose anew."


class OpinionMissing(Problem):
    code = "duties.proposal.opinion-missing"
    status = 422
    title = "请写明批准或者不予批准的理由。"
    title_en = "Please state why it is approved or refused."


class BasisMissing(Problem):
    code = "duties.proposal.basis-missing"
    status = 422
    title = "请写明依据的名称、文号或会议日期。"
    title_en = "Please name the law, the standard or the minutes that the duty rests on."


class StartsInPast(Problem):
    code = "duties.proposal.starts-in-past"
    status = 422
    title = "生效日期 {valid_from} 已过；责任行最早自今天（{today}）起生效，请改正。"
    title_en = "The first day {valid_from} is past; a row takes effect today ({today}) at the earliest."


class RanOut(Problem):
    code = "duties.proposal.ran-out"
    status = 409
    title = "拟定的终止日期 {valid_to} 已过，批准也不会生效。请不予批准，由申请人重新提出。"
    title_en = (
        "The proposed last day {valid_to} is past, so it would have no effect; refuse it and let it be proposed anew."
    )


class UnitNotThere(Problem):
    code = "duties.proposal.unit-not-there"
    status = 409
    title = "“{unit}”在 {day} 已撤销或者尚未设立，不能承担责任，请改选承接其职责的单位。"
    title_en = "“{unit}” does not exist on {day}; choose the unit that has taken over its work."


class UnknownArea(Problem):
    code = "duties.proposal.unknown-area"
    status = 422
    title = "没有代码为“{area_code}”的区划或单元网格，请重新选择区域；全域请留空。"
    title_en = "There is no region or unit grid “{area_code}”; choose again, or leave it empty for the whole node."


class OutsideReach(Problem):
    code = "duties.proposal.outside"
    status = 403
    title = "这一区域或单位不在您当前岗位的管辖范围内，请由上级单位办理。"
    title_en = "This area or unit lies outside the scope of your post; the level above must do this."


class RowsOverlap(Problem):
    code = "duties.proposal.overlap"
    status = 409
    title = "同一类别、区域在这一时期已有规定（{rows_zh}）。请选择由新行取代，或者保留原行、新行生效期间以新行为准。"
    title_en = (
        "The table already names somebody for this class and area in that time ({rows_en}). Choose whether the new row"
        " replaces it, or both stay and the later one counts."
    )


class CannotEndBefore(Problem):
    code = "duties.proposal.cannot-end"
    status = 409
    title = (
        "责任清单第 {row_id} 行自 {valid_from} 起生效，不早于新行（{start}），无法在前一天终止。"
        "请把新行的生效日期改到 {valid_from} 之后，或者选择保留原行。"
    )
    title_en = (
        "Row {row_id} takes effect on {valid_from}, not before the new row ({start}), so it cannot end the day before."
        " Let the new row start after {valid_from}, or keep both."
    )


class NotRefused(Problem):
    code = "duties.proposal.not-refused"
    status = 409
    title = "只有未批准的申请可以重新提出；原申请现为“{state_zh}”。"
    title_en = "Only a refused proposal can be made anew; that one is “{state_en}”."


def check_wording(proposed: Proposed, today: date) -> None:
    """What the form itself can get wrong: dates in the past, a basis without its name (依据)."""
    row = proposed.row
    if row.valid_from < today:
        raise StartsInPast(field="valid_from", valid_from=row.valid_from, today=today)
    if row.basis_kind is not Basis.LOCAL and is_blank(row.basis):
        raise BasisMissing(field="basis")


def first_day(row: DutyRowData, today: date) -> date:
    """The day from which an approved row counts (生效日): as asked, but never before its approval."""
    start = max(row.valid_from, today)
    if row.valid_to is not None and row.valid_to < start:
        raise RanOut(valid_to=row.valid_to)
    return start


def is_within(area_code: str, regions: Iterable[str], node_regions: Iterable[str]) -> bool:
    """Whether somebody answers for an area (管辖). The whole node takes all of its regions."""
    held = tuple(regions)
    areas = (area_code,) if area_code else tuple(node_regions)
    return all(any(area.startswith(region) for region in held) for area in areas)


def check_reach(scope: Scope, row: DutyRowData, node_regions: Iterable[str]) -> None:
    """A centre speaks for its regions, a department for its own units."""
    if scope.regions and is_within(row.area_code, scope.regions, node_regions):
        return
    if row.unit_id not in scope.organisations:
        raise OutsideReach(field="area_code")


def check_open(state: ProposalState) -> None:
    if state is not ProposalState.PENDING:
        zh, en = STATE_NAMES[state]
        raise AlreadyDecided(state_zh=zh, state_en=en)


def check_refused(state: ProposalState) -> None:
    if state is not ProposalState.REFUSED:
        zh, en = STATE_NAMES[state]
        raise NotRefused(field="anew_of", state_zh=zh, state_en=en)


def rows_to_end(rows: Sequence[OverlappingRow], start: date, overlap: Overlap) -> tuple[int, ...]:
    """Which rows in the way end on the day before (重叠处理), or the problem that shows them."""
    if not rows or overlap is Overlap.KEEP:
        return ()
    if overlap is Overlap.ASK:
        named = rows[:MOST_ROWS_NAMED]
        raise RowsOverlap(
            field="overlap",
            rows_zh="；".join(row.told_zh for row in named),
            rows_en="; ".join(row.told_en for row in named),
            row_ids=[row.row_id for row in rows],
        )
    for row in rows:
        if row.valid_from >= start:
            raise CannotEndBefore(field="valid_from", row_id=row.row_id, valid_from=row.valid_from, start=start)
    return tuple(row.row_id for row in rows)
