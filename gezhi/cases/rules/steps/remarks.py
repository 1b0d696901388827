"""备注、催办、漏报认定: entries that leave the status as it is."""

from __future__ import annotations

from gezhi.cases.rules.commands import FindMissed, Note, Remind
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.evidence import require_words


def decide_note(state: CaseState, command: Note, _: Facts) -> Step:
    return Step(kind="noted", status=state.status, text=require_words("text", command.text))


def decide_remind(state: CaseState, command: Remind, _: Facts) -> Step:
    """催办: a reminder to whoever holds the case; the clocks run on."""
    return Step(kind="reminded", status=state.status, text=require_words("text", command.text), marks=("reminded",))


def decide_find_missed(state: CaseState, command: FindMissed, _: Facts) -> Step:
    """认定漏报: a confirmed problem that the collector of the place and time should have reported; charged to that
    collector.
    """
    return Step(
        kind="found_missed",
        status=state.status,
        charged_to=command.collector_id,
        reason=require_words("reason", command.reason),
        marks=("missed",),
    )
