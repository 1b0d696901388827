"""派遣提示: whom a case waiting for dispatch should go to and why, where it has been, and what speaks against it.

Requirement R11. Hints say what to look at; the dispatcher decides.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.suggestion import SENT_BACK, has_sent_back

LOAD_DAYS = 14  # what a unit has finished in these days is its own pace
FEWEST_OPEN = 5  # below this nobody is overloaded
OVERDUE_PART = 5  # one in five with the handling late is too many
CONFLICT_METRES = 30
RETURN_DAYS = 30
NO_ROW_ZH = "责任清单中没有对应的责任单位，请核对后转“待确权”，或写明理由指定单位。"
NO_ROW_EN = "The duty table names no unit: mark the case as without owner, or choose a unit and state why."


class Load(msgspec.Struct, frozen=True):
    """在办负荷 of a unit: what it has in hand now, and what it finished in the last fourteen days."""

    in_hand: int = 0
    overdue: int = 0
    due_today: int = 0
    finished: int = 0


class Hint(msgspec.Struct, frozen=True):
    """提示: `code` names the rule; `case` the other case that it is about."""

    code: str
    zh: str
    en: str
    case: str | None = None


class Neighbour(msgspec.Struct, frozen=True):
    """同类案件: another case of the class near the one that waits."""

    case: str
    no: str
    is_open: bool
    unit: int | None
    metres: int
    lon: float = 0
    lat: float = 0
    light: str = "none"


class Standing(msgspec.Struct, frozen=True):
    """What is known of a unit that a case may go to."""

    unit: int
    is_valid: bool
    has_handler: bool
    load: Load = Load()
    returned_alike: int = 0


class Return(msgspec.Struct, frozen=True):
    """回退: a granted wish to send the case back: by which unit, why, and what was decided."""

    unit: int
    at: int
    reason: str
    opinion: str


def trace_of(state: CaseState) -> tuple[Assignment, ...]:
    """派遣轨迹: every unit of the first level that had the case, the first one first; crews belong to their unit."""
    return tuple(part for part in state.assignments if part.parent is None)


def returns_of(state: CaseState) -> tuple[Return, ...]:
    """Who has sent the case back, the last first."""
    granted = [
        one
        for one in state.applications
        if one.kind is ApplicationKind.SEND_BACK and one.outcome is ApplicationOutcome.GRANTED
    ]
    return tuple(_return(one) for one in reversed(granted) if one.unit)


def _return(one: Application) -> Return:
    opinion = one.opinions[-1].text if one.opinions else ""
    return Return(one.unit, one.ended or one.asked, one.reason, opinion)


def overload_of(load: Load) -> Hint | None:
    """超负荷: one in five with the handling late, or more in hand than twice what the unit finishes in fourteen days."""
    if load.in_hand < FEWEST_OPEN:
        return None
    if load.overdue * OVERDUE_PART >= load.in_hand:
        zh = f"该单位在办 {load.in_hand} 件，其中 {load.overdue} 件处置超时，请考虑协办或提醒。"
        en = f"The unit has {load.in_hand} in hand, handling late in {load.overdue}: consider helpers or a reminder."
        return Hint("overloaded", zh, en)
    if load.in_hand > 2 * load.finished:
        zh = f"该单位在办 {load.in_hand} 件，近 {LOAD_DAYS} 天只办结 {load.finished} 件，可能办不过来。"
        en = f"The unit has {load.in_hand} in hand and finished only {load.finished} in {LOAD_DAYS} days."
        return Hint("overloaded", zh, en)
    return None


def hints_of(state: CaseState, standing: Standing | None, near: Sequence[Neighbour]) -> tuple[Hint, ...]:
    """What speaks against dispatching the case to this unit; None where the table names nobody."""
    if standing is None:
        return (_none_suggested(state), *_elsewhere(None, near))
    hints: list[Hint] = []
    if not standing.is_valid:
        hints.append(
            Hint(
                "unit_gone", "该单位已停用，不能派遣，请另选单位。", "This unit is no longer in force; choose another."
            )
        )
    elif not standing.has_handler:
        zh = "该单位没有可用的处置账号，派遣后无人签收；请联系系统管理员，或另选单位。"
        hints.append(Hint("no_account", zh, "Nobody of this unit has an account: the order would reach no one."))
    if any(one.unit == standing.unit for one in returns_of(state)):
        zh = "该单位已回退过本案，再派遣前请核对回退理由。"
        hints.append(Hint("sent_this_back", zh, "This unit has sent this very case back: look at its reason first."))
    if standing.returned_alike:
        times = standing.returned_alike
        zh = f"近 {RETURN_DAYS} 天该单位回退过同类案件 {times} 件，请核对责任清单。"
        en = f"In {RETURN_DAYS} days this unit has sent back {times} of this class: check the duty table."
        hints.append(Hint("returned_alike", zh, en))
    overload = overload_of(standing.load)
    return (*hints, *((overload,) if overload is not None else ()), *_elsewhere(standing.unit, near))


def _none_suggested(state: CaseState) -> Hint:
    """Where the unit that is answerable has sent the case back, a person must choose."""
    if any(has_sent_back(state, part.unit) for part in trace_of(state)):
        return Hint("sent_this_back", *SENT_BACK)
    return Hint("no_row", NO_ROW_ZH, NO_ROW_EN)


def _elsewhere(unit: int | None, near: Sequence[Neighbour]) -> tuple[Hint, ...]:
    return tuple(
        Hint(
            "near_elsewhere",
            f"相距 {one.metres} 米有同类案件 {one.no} 正由其他单位办理，可能是同一问题。",
            f"{one.metres} m away another unit is at work on {one.no} of the same class: perhaps the same problem.",
            one.case,
        )
        for one in near
        if one.is_open and one.unit is not None and one.unit != unit and one.metres <= CONFLICT_METRES
    )
