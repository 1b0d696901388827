"""联系方式: what is asked of whoever corrects how a sender is reached, and how far an answer has come."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.kernel.problems import Problem
from gezhi.notices.rules.sending import State
from gezhi.telling.rules.plain_words import ENDS

ENDED = frozenset({Status.REFUSED, Status.REJECTED, Status.VOIDED, Status.CLOSED})
SOON_S = 600


class Contact(msgspec.Struct, frozen=True):
    """As it is entered, with the number already read."""

    name: str
    phone: str
    wants_answer: bool
    by_call: bool


class NotSeen(Problem):
    code = "telling.contacts.not-seen"
    status = 409
    title = "您看到的姓名、电话是隐去的。请先填写理由查看举报人，再更正联系方式。"
    title_en = "You see name and number masked. Give a reason and look at the sender first, then correct the contact."


class NothingChanged(Problem):
    code = "telling.contacts.nothing-changed"
    status = 422
    title = "姓名、电话和答复要求都没有改动，无须更正。"
    title_en = "Neither name, number nor the wish for an answer was changed."


class NobodyToCall(Problem):
    code = "telling.contacts.nobody-to-call"
    status = 409
    title = "举报人没有留下电话，或不要求答复。留有电话的，请先更正联系方式。"
    title_en = "The sender left no number, or wants no answer. If there is a number, correct the contact first."


def check_changed(before: Contact, after: Contact) -> None:
    if after == before:
        raise NothingChanged(field="phone")


def told_again(before: Contact, after: Sender, *, called: bool) -> bool:
    """Whether an outcome is told once more: it went to another number or to none, and nobody was called about it."""
    moved = after.phone != before.phone or not before.wants_answer
    return after.reachable and moved and not called


def state_of_answer(told: Iterable[tuple[str, State]], report: ReportRef, status: Status, *, now: int) -> State | None:
    """答复到哪一步: of the last outcome that was told, (kind, state) in their order; None while there is none. What was
    given out this moment is told in the next.
    """
    if status not in ENDED:
        return None
    states = [state for kind, state in told if kind in (*ENDS, "told_by_call")]
    if states or not report.reachable:
        return states[-1] if states else None
    if report.by_call and report.answered is None:
        return State.TO_CALL
    return State.WAITING if report.answered is not None and now - report.answered < SOON_S else None
