"""派遣单: which part of a case an order is printed for, what the unit was told with it, and why it is done again."""

from __future__ import annotations

from collections.abc import Sequence

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem

TELLING = frozenset({"dispatched", "assigned"})
SINCE = frozenset({"more_asked", "supervised", "reminded"})
AGAIN = frozenset({"inspection_failed", "reopened"})


class NoOrder(Problem):
    code = "papers.order.no-part"
    status = 409
    title = "案件 {no} 目前没有在办的派遣，打印不出派遣单；需要存档请打印案卷。"
    title_en = "Case {no} has no open dispatch, so there is no order to print; print the case file instead."


def order_part(state: CaseState, actor: Actor) -> Assignment:
    """The part of the person's own unit; for everybody else that of the leading unit."""
    unit = part_of(actor, state)
    mine = next((part for part in state.open_assignments if part.unit == unit), None)
    part = mine or state.leading
    if part is None:
        raise NoOrder(no=state.no)
    return part


def duty_word(part: Assignment) -> str:
    if part.parent is not None:
        return "下派承办"
    return "主办" if part.leading else "协办"


def requirements(entries: Sequence[Entry], part: Assignment) -> list[str]:
    """What the dispatch said, and what was asked of the unit since: more, again, sooner."""
    said: list[str] = []
    for entry in entries:
        step = entry.step
        if step.kind in TELLING and any(one.no == part.no for one in step.assignments):
            said = [words for words in (step.reason, step.text, *said) if words]
        elif step.kind in SINCE and (words := step.text or step.reason):
            said.append(words)
    return list(dict.fromkeys(said))


def done_again_for(entries: Sequence[Entry]) -> Entry | None:
    """返工缘由: the last failed inspection or reopening; none while the work is done for the first time."""
    return next((entry for entry in reversed(entries) if entry.step.kind in AGAIN), None)
