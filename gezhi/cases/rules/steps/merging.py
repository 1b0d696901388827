"""并案: a duplicate ends and goes on as a report of another open case, with its senders and its pictures."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.applications import ApplicationOutcome
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.commands import Merge
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import LATER, OPEN, Status
from gezhi.cases.rules.state import Answer, CaseState, End
from gezhi.cases.rules.steps.major_cases import check_struck_off
from gezhi.cases.rules.steps.recalling import ended_parts
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound, Problem
from gezhi.kernel.words import limit_words, require_words


class MergeTargetClosed(Problem):
    code = "cases.acceptance.merge-target"
    status = 409
    title = "只能并入另一件尚未结束的案件，请重新选择。"
    title_en = "A case can only be merged into another case that is still open."


class MergeTargetEarlier(Problem):
    code = "cases.merging.target-not-registered"
    status = 409
    title = "已立案的案件只能并入另一件已立案、尚未结束的案件，请重新选择。"
    title_en = "A registered case can only be merged into another one that is registered and still open."


def check_target(state: CaseState, target: CaseState | None, actor: Actor, *, itself: bool) -> None:
    """可并入的案件: what a case can be merged into. One outside the person's scope is as if it did not exist."""
    if target is None or not is_visible(actor, target):
        raise NotFound(field="into")
    if itself or target.status not in OPEN:
        raise MergeTargetClosed(field="into")
    if state.status in LATER and target.status not in LATER:
        raise MergeTargetEarlier(field="into")


def decide_merge(state: CaseState, command: Merge, facts: Facts) -> Step:
    """并案: its senders hear the other case's outcome. After registration the units that have it are rid of it, and what
    was asked for lapses.
    """
    check_target(state, facts.merge_target, facts.actor, itself=command.into == facts.case_id)
    check_struck_off(state)
    text = limit_words("answer", command.answer)
    task, pending = state.open_task, state.pending
    lapsed = ApplicationOutcome.LAPSED
    return Step(
        kind=EntryKind.MERGED,
        status=Status.MERGED,
        merged_into=command.into,
        reason=require_words("reason", command.reason),
        answers=tuple(Answer(report.id, text) for report in state.reports) if text else (),
        assignments=ended_parts(state, End.MERGED, facts),
        tasks=(msgspec.structs.replace(task, rerouted=facts.moment),) if task is not None else (),
        application=msgspec.structs.replace(pending, outcome=lapsed, ended=facts.moment) if pending else None,
        clocks=facts.end(state, *ClockKind),
    )
