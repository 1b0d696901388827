"""备注、催办、督办: entries that leave the status as it is."""

from __future__ import annotations

from gezhi.cases.rules.commands import AnswerSupervision, LiftSupervision, Note, Remind, Supervise
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.moments import MINUTE_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.policy.rules.local_policy import LocalPolicy

HIGHEST_LEVEL = 3


class BadOrder(Problem):
    code = "cases.remarks.bad-order"
    status = 422
    title = "督办须选定级别（1 至 3），答复期限应晚于现在。"
    title_en = "A supervision order needs a level (1 to 3) and a time for the reply later than now."


class RemindedAlready(Problem):
    code = "cases.remarks.reminded-already"
    status = 409
    title = "您刚催办过本案，请过 {minutes} 分钟再催。"
    title_en = "You have just reminded them of this case; remind them again in {minutes} minutes."


class NotSupervised(Problem):
    code = "cases.remarks.not-supervised"
    status = 409
    title = "本案目前没有督办。"
    title_en = "The case is not under supervision."


def decide_note(state: CaseState, command: Note, _: Facts) -> Step:
    return Step(kind=EntryKind.NOTED, status=state.status, text=require_words("text", command.text))


def why_no_reminder(state: CaseState, actor: Actor, moment: int, policy: LocalPolicy) -> Problem | None:
    """Why this person may not remind now: one an hour from the same giver."""
    last, wait = state.reminded.get(str(actor.user_id)), policy.remind_minutes * MINUTE_S
    if last is None or moment >= last + wait:
        return None
    return RemindedAlready(minutes=-(-(last + wait - moment) // MINUTE_S))


def decide_remind(state: CaseState, command: Remind, facts: Facts) -> Step:
    """催办: a reminder to whoever holds the case; the clocks run on."""
    problem = why_no_reminder(state, facts.actor, facts.moment, facts.policy)
    if problem is not None:
        raise problem
    return Step(
        kind=EntryKind.REMINDED, status=state.status, text=require_words("text", command.text), marks=(Mark.REMINDED,)
    )


def decide_supervise(state: CaseState, command: Supervise, facts: Facts) -> Step:
    """督办: the requirement and the time for the reply; the register of orders holds the rest."""
    if not 1 <= command.level <= HIGHEST_LEVEL or command.due <= facts.moment:
        raise BadOrder(field="level" if not 1 <= command.level <= HIGHEST_LEVEL else "due")
    return Step(
        kind=EntryKind.SUPERVISED,
        status=state.status,
        supervision=max(state.supervision, command.level),
        order=command.order,
        order_kind=command.kind,
        due=command.due,
        text=require_words("text", command.text),
        marks=(Mark.SUPERVISED,),
    )


def decide_answer_supervision(state: CaseState, command: AnswerSupervision, _: Facts) -> Step:
    """答复督办."""
    if not state.supervision:
        raise NotSupervised
    text = require_words("text", command.text)
    return Step(kind=EntryKind.SUPERVISION_ANSWERED, status=state.status, order=command.order, text=text)


def decide_lift_supervision(state: CaseState, command: LiftSupervision, _: Facts) -> Step:
    """解除督办: or the highest level of what stays open."""
    if not state.supervision:
        raise NotSupervised
    return Step(
        kind=EntryKind.SUPERVISION_LIFTED,
        status=state.status,
        supervision=min(command.remaining, state.supervision),
        order=command.order,
        text=require_words("text", command.text),
    )
