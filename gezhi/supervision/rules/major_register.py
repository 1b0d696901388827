"""重大案件备案: listed, reported on, its due date changed by approval of another person, struck off by two (销号).

Requirement R15. That a listed case cannot end before it was struck off is a rule of `cases`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, Record
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.supervision.rules.own_unit import check_not_own
from gezhi.supervision.rules.terms import check_due


class MajorState(StrEnum):
    LISTED = "listed"
    STRIKING = "striking"
    STRUCK_OFF = "struck_off"


STATE_NAMES: dict[str, tuple[str, str]] = {
    MajorState.LISTED: ("在册", "Listed"),
    MajorState.STRIKING: ("申请销号", "Strike-off proposed"),
    MajorState.STRUCK_OFF: ("已销号", "Struck off"),
}
EVENT_NAMES: dict[str, tuple[str, str]] = {
    "listed": ("备案", "Listed"),
    "progress_reported": ("报告进展", "Progress reported"),
    "change_asked": ("申请调整期限", "Change of the due date asked"),
    "change_granted": ("同意调整期限", "Change granted"),
    "change_refused": ("不同意调整期限", "Change refused"),
    "changed": ("调整期限", "Due date changed"),
    "reported_above": ("上报上级", "Reported to the level above"),
    "strike_proposed": ("申请销号", "Strike-off proposed"),
    "strike_refused": ("不同意销号", "Strike-off refused"),
    "struck_off": ("签批销号", "Struck off"),
}


class MajorCase(Record, frozen=True, kw_only=True):
    """重大案件备案. `asked_due_at`: the date that somebody asks for and nobody has decided on yet."""

    no: str
    case_id: UUID
    case_no: str
    class_key: str
    area_code: str
    level: int
    plan: str
    unit_id: int
    due_at: int
    state: MajorState = MajorState.LISTED
    listed_at: int
    listed_by: int
    progress: str = ""
    progress_at: int | None = None
    progress_count: int = 0
    asked_due_at: int | None = None
    asked_by: int | None = None
    asked_reason: str = ""
    changes: int = 0
    reported_above_at: int | None = None
    reported_above_count: int = 0
    strike_by: int | None = None
    strike_at: int | None = None
    struck_by: int | None = None
    struck_at: int | None = None


class LeaderHasNoPart(Problem):
    code = "supervision.major-register.leader-has-no-part"
    status = 422
    title = "“{unit}”没有承办本案，不能作为牵头单位；请先把案件派遣给该单位，再列为重大案件。"
    title_en = "“{unit}” holds no part in this case and cannot lead it; dispatch the case to it first."


class StruckOffAlready(Problem):
    code = "supervision.major-register.struck-off"
    status = 409
    title = "本案已经销号，备案记录只供查阅。"
    title_en = "The case was struck off; its record is kept for reading only."


class ChangePending(Problem):
    code = "supervision.major-register.change-pending"
    status = 409
    title = "已有一项期限调整申请待审批，请先审批。"
    title_en = "A change of the due date waits for a decision already."


class NoChangeAsked(Problem):
    code = "supervision.major-register.no-change-asked"
    status = 409
    title = "没有待审批的期限调整申请。"
    title_en = "No change of the due date waits for a decision."


class NoStrikeProposed(Problem):
    code = "supervision.major-register.no-strike-proposed"
    status = 409
    title = "还没有人申请销号，请督察员先提出。"
    title_en = "Nobody has proposed to strike it off; a supervisor does so first."


class StrikeProposedAlready(Problem):
    code = "supervision.major-register.strike-proposed"
    status = 409
    title = "已经申请销号，请等待领导签批。"
    title_en = "The strike-off was proposed; it waits for the leader's signature."


class NotAnAsker(Problem):
    code = "supervision.major-register.not-an-asker"
    status = 403
    title = "销号期限由牵头单位、派遣员、值班长、督察员或领导申请调整，您的岗位不能申请。"
    title_en = (
        "The unit, a dispatcher, a duty officer, a supervisor or a leader asks for another date; your post does not."
    )


class OwnRequest(Problem):
    code = "supervision.major-register.own-request"
    status = 403
    title = "不能审批自己提出的申请，应由另一人审批。"
    title_en = "Nobody decides on their own request; another person does."


class LeaderSigns(Problem):
    code = "supervision.major-register.leader-signs"
    status = 403
    title = "销号由督察员提出、领导签批，请换相应岗位办理。"
    title_en = "A supervisor proposes the strike-off and a leader signs it."


class NotInspected(Problem):
    code = "supervision.major-register.not-inspected"
    status = 409
    title = "案件核查通过、待结案时才能销号；未经核查的，请值班长不予结案，退回核查。"
    title_en = "A case is struck off once it passed the inspection; without one, the closing is declined first."


def is_inspected(state: CaseState) -> bool:
    """核查通过: what was handed over in the present round, by the last inspection of it."""
    seen = [task for task in state.tasks if task.kind == "inspect" and task.rerouted is None]
    last = seen[-1] if seen else None
    return state.status is Status.TO_CLOSE and last is not None and last.round == state.round and last.passed is True


ASKERS = (Role.HANDLER, Role.DISPATCHER, Role.DUTY_OFFICER, Role.SUPERVISOR, Role.LEADER)


def _check_listed(major: MajorCase) -> None:
    if major.state is MajorState.STRUCK_OFF:
        raise StruckOffAlready


def decide_progress(major: MajorCase, text: str, *, now: int) -> Deed:
    """报告进展."""
    _check_listed(major)
    words = require_words("text", text)
    changes = {"progress": words, "progress_at": now, "progress_count": major.progress_count + 1}
    return Deed("progress_reported", words, changes)


# A change of the date that was asked for and is decided on, or has no object any more.
NOTHING_ASKED: Mapping[str, object] = {"asked_due_at": None, "asked_by": None, "asked_reason": ""}


def decide_ask_change(major: MajorCase, actor: Actor, reason: str, due: int, *, now: int) -> Deed:
    """申请调整期限: by whoever has to do with the register."""
    if actor.role not in ASKERS:
        raise NotAnAsker
    _check_listed(major)
    if major.asked_due_at is not None:
        raise ChangePending
    words = require_words("reason", reason)
    asked = {"asked_due_at": check_due(due, now), "asked_by": actor.user_id, "asked_reason": words}
    return Deed("change_asked", words, asked)


def decide_change(major: MajorCase, actor: Actor, reason: str, *, granted: bool, now: int) -> Deed:
    """审批期限调整: by another person than asked for it; a date that has passed by now cannot be granted."""
    _check_listed(major)
    if major.asked_due_at is None:
        raise NoChangeAsked
    check_not_own(major.unit_id, actor)
    if major.asked_by == actor.user_id:
        raise OwnRequest
    words = require_words("reason", reason)
    if not granted:
        return Deed("change_refused", words, dict(NOTHING_ASKED))
    granted_due = {"due_at": check_due(major.asked_due_at, now), "changes": major.changes + 1}
    return Deed("change_granted", words, {**NOTHING_ASKED, **granted_due})


def decide_report_above(major: MajorCase, text: str, to: str, sent_at: int, *, now: int) -> Deed:
    """上报上级: what was sent, when and to whom; also after the strike-off."""
    words = f"{require_words('to', to)}：{require_words('text', text)}"
    changes = {"reported_above_at": min(sent_at, now), "reported_above_count": major.reported_above_count + 1}
    return Deed("reported_above", words, changes)


def decide_propose_strike(major: MajorCase, actor: Actor, text: str, *, inspected: bool, now: int) -> Deed:
    """申请销号: by a supervisor, once the inspection has passed."""
    _check_listed(major)
    if major.state is MajorState.STRIKING:
        raise StrikeProposedAlready
    if actor.role is not Role.SUPERVISOR:
        raise LeaderSigns
    check_not_own(major.unit_id, actor)
    if not inspected:
        raise NotInspected
    changes = {"state": MajorState.STRIKING, "strike_by": actor.user_id, "strike_at": now}
    return Deed("strike_proposed", require_words("text", text), changes)


def decide_strike(major: MajorCase, actor: Actor, text: str, *, granted: bool, now: int) -> Deed:
    """签批销号: by a leader, never by whoever proposed it."""
    _check_listed(major)
    if major.state is not MajorState.STRIKING:
        raise NoStrikeProposed
    if actor.role is not Role.LEADER:
        raise LeaderSigns
    check_not_own(major.unit_id, actor)
    if major.strike_by == actor.user_id:
        raise OwnRequest
    words = require_words("text", text)
    if not granted:
        back = {"state": MajorState.LISTED, "strike_by": None, "strike_at": None}
        return Deed("strike_refused", words, back)
    changes = {**NOTHING_ASKED, "state": MajorState.STRUCK_OFF, "struck_by": actor.user_id, "struck_at": now}
    return Deed("struck_off", words, changes)
