"""督导问责: an entry is proposed by rule or by hand, confirmed by a supervisor, put right by the unit, and closed."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from gezhi.kernel.deeds import Deed, Record
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.supervision.rules.own_unit import check_not_own
from gezhi.supervision.rules.terms import check_due


class AccountabilityKind(StrEnum):
    OVERDUE = "overdue"
    REPEATS = "repeats"
    COMPLAINT = "complaint"
    REOPENED = "reopened"
    ORDERS = "orders"
    LOW_RATE = "low_rate"
    OTHER = "other"


class EntryState(StrEnum):
    PROPOSED = "proposed"
    CORRECTING = "correcting"
    REPORTED = "reported"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class Measure(StrEnum):
    NONE = "none"
    ADMONISH = "admonish"
    INTERVIEW = "interview"
    CRITICISE = "criticise"
    DEDUCT = "deduct"
    TRANSFER = "transfer"


KIND_NAMES: dict[str, tuple[str, str]] = {
    AccountabilityKind.OVERDUE: ("久拖不决", "Handled far too late"),
    AccountabilityKind.REPEATS: ("反复投诉", "Reported again and again"),
    AccountabilityKind.COMPLAINT: ("投诉处置超时", "Complaint handled late"),
    AccountabilityKind.REOPENED: ("处置不实、群众不满意", "Reopened, not satisfied"),
    AccountabilityKind.ORDERS: ("多次督办", "Supervised several times"),
    AccountabilityKind.LOW_RATE: ("按期处置率持续偏低", "Lasting low rate in time"),
    AccountabilityKind.OTHER: ("其他", "Other"),
}
STATE_NAMES: dict[str, tuple[str, str]] = {
    EntryState.PROPOSED: ("待核定", "Proposed"),
    EntryState.CORRECTING: ("整改中", "Being put right"),
    EntryState.REPORTED: ("整改待验收", "Result reported"),
    EntryState.CLOSED: ("已办结", "Closed"),
    EntryState.DISMISSED: ("不予问责", "Dismissed"),
}
MEASURES: dict[str, tuple[str, str]] = {
    Measure.NONE: ("不追加问责", "None"),
    Measure.ADMONISH: ("提醒", "Reminder"),
    Measure.INTERVIEW: ("约谈", "Interview"),
    Measure.CRITICISE: ("通报批评", "Public criticism"),
    Measure.DEDUCT: ("扣分", "Points deducted"),
    Measure.TRANSFER: ("移送有关机关", "Transferred to the competent body"),
}
EVENT_NAMES: dict[str, tuple[str, str]] = {
    "proposed": ("提出问责", "Proposed"),
    "confirmed": ("核定问责", "Confirmed"),
    "dismissed": ("不予问责", "Dismissed"),
    "result_reported": ("报告整改结果", "Result reported"),
    "result_returned": ("退回继续整改", "Returned"),
    "closed": ("验收办结", "Closed"),
}
HUNDREDTHS = 100


class AccountabilityRecord(Record, frozen=True, kw_only=True):
    """问责台账条目. `points`: what it takes off the unit's evaluation, in hundredths; `month`: of a low rate, 2026-03."""

    no: str
    natural_key: str
    kind: AccountabilityKind
    unit_id: int
    case_id: UUID | None = None
    case_no: str = ""
    class_key: str = ""
    area_code: str
    month: str = ""
    state: EntryState = EntryState.PROPOSED
    cause: str
    demand: str
    due_at: int | None = None
    proposed_at: int
    proposed_by: int
    confirmed_at: int | None = None
    confirmed_by: int | None = None
    result: str = ""
    reported_at: int | None = None
    late: bool = False
    returned: int = 0
    measure: str = Measure.NONE
    measure_text: str = ""
    points: int = 0
    effect: str = ""
    closed_at: int | None = None
    closed_by: int | None = None


class WrongState(Problem):
    code = "supervision.accountability.wrong-state"
    status = 409
    title = "本条问责现为“{state_name}”，不能这样办理，请刷新后查看。"
    title_en = "The entry is now “{state_en}”; this is not possible. Refresh and look."


class NotYourEntry(Problem):
    code = "supervision.accountability.not-yours"
    status = 403
    title = "整改结果应由被问责单位报告。"
    title_en = "The unit that is held to account reports the result."


class OwnProposal(Problem):
    code = "supervision.accountability.own-proposal"
    status = 403
    title = "本条由您提出，应由另一位督察员或领导核定。"
    title_en = "You proposed this entry; another supervisor or a leader confirms it."


class BadMeasure(Problem):
    code = "supervision.accountability.bad-measure"
    status = 422
    title = "请选择问责方式，扣分应为最多两位小数的数。"
    title_en = "Choose a measure; points are a number with at most two decimals."


class TooManyPoints(Problem):
    code = "supervision.accountability.too-many-points"
    status = 422
    title = "按问责规定，本条最多扣 {most} 分。"
    title_en = "By the rules an entry of this kind takes off {most} points at most."


class ResultAwaited(Problem):
    code = "supervision.accountability.result-awaited"
    status = 409
    title = "整改期限未到，单位尚未报告整改结果，不能办结。"
    title_en = "The time to put it right runs and no result was reported; the entry cannot be closed yet."


class ProposedAlready(Problem):
    code = "supervision.accountability.proposed-already"
    status = 409
    title = "这个单位的同一问题已经列入问责台账（{no}）。"
    title_en = "The same problem of this unit stands in the ledger already ({no})."


class UnitTookNoPart(Problem):
    code = "supervision.accountability.unit-took-no-part"
    status = 422
    title = "“{unit}”没有承办过本案，不能就本案问责，请重新选择单位。"
    title_en = "“{unit}” never had a part in this case and cannot be held to account for it; choose another unit."


class UnitUnknown(Problem):
    code = "supervision.accountability.unit-unknown"
    status = 422
    title = "所选单位不存在或已停用，请重新选择。"
    title_en = "This unit does not exist or is no longer active; choose another."


def _check_state(entry: AccountabilityRecord, *states: EntryState) -> None:
    if entry.state not in states:
        zh, en = STATE_NAMES[entry.state]
        raise WrongState(state_name=zh, state_en=en)


def decide_confirm(entry: AccountabilityRecord, actor: Actor, demand: str, due: int, *, now: int) -> Deed:
    """核定: what is to be put right, and by when; never by whoever proposed it."""
    _check_state(entry, EntryState.PROPOSED)
    check_not_own(entry.unit_id, actor)
    if entry.proposed_by == actor.user_id:
        raise OwnProposal
    words = require_words("demand", demand)
    return Deed(
        "confirmed",
        words,
        {
            "state": EntryState.CORRECTING,
            "demand": words,
            "due_at": check_due(due, now),
            "confirmed_at": now,
            "confirmed_by": actor.user_id,
        },
    )


def decide_dismiss(entry: AccountabilityRecord, actor: Actor, reason: str, *, now: int) -> Deed:
    """不予问责: with a reason; it stays in the ledger."""
    _check_state(entry, EntryState.PROPOSED)
    check_not_own(entry.unit_id, actor)
    changes = {"state": EntryState.DISMISSED, "closed_at": now, "closed_by": actor.user_id}
    return Deed("dismissed", require_words("reason", reason), changes)


def decide_result(
    entry: AccountabilityRecord, actor: Actor, result: str, pictures: tuple[str, ...], *, now: int
) -> Deed:
    """报告整改结果: by the unit; late is counted."""
    _check_state(entry, EntryState.CORRECTING)
    if entry.unit_id not in actor.scope.organisations:
        raise NotYourEntry
    words = require_words("result", result)
    late = entry.late or (entry.due_at is not None and now > entry.due_at)
    changes = {"state": EntryState.REPORTED, "result": words, "reported_at": now, "late": late}
    return Deed("result_reported", words, changes, pictures)


def decide_return_result(entry: AccountabilityRecord, actor: Actor, reason: str, due: int, *, now: int) -> Deed:
    """退回继续整改."""
    _check_state(entry, EntryState.REPORTED)
    check_not_own(entry.unit_id, actor)
    changes = {"state": EntryState.CORRECTING, "due_at": check_due(due, now), "returned": entry.returned + 1}
    return Deed("result_returned", require_words("reason", reason), changes)


def is_ripe(entry: AccountabilityRecord, now: int) -> bool:
    """可以办结: the result was reported, or did not come in its time."""
    missed = entry.state is EntryState.CORRECTING and entry.due_at is not None and now > entry.due_at
    return missed or entry.state is EntryState.REPORTED


def decide_close(
    entry: AccountabilityRecord, actor: Actor, text: str, outcome: dict[str, object], *, most_points: int, now: int
) -> Deed:
    """验收办结: the measure, and what it takes off the evaluation, as much as the rules allow."""
    _check_state(entry, EntryState.CORRECTING, EntryState.REPORTED)
    check_not_own(entry.unit_id, actor)
    if not is_ripe(entry, now):
        raise ResultAwaited
    points = outcome.get("points", 0)
    if outcome.get("measure") not in MEASURES or not isinstance(points, int) or points < 0:
        raise BadMeasure(field="measure" if outcome.get("measure") not in MEASURES else "points")
    if points > most_points:
        raise TooManyPoints(field="points", most=f"{most_points / HUNDREDTHS:g}")
    closing = {"state": EntryState.CLOSED, "closed_at": now, "closed_by": actor.user_id}
    return Deed("closed", require_words("text", text), {**closing, **outcome})
