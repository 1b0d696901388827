"""案件经过: what each log entry is called when the history is read as one story."""

from __future__ import annotations

from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES

SEEN_AGAIN = {
    EntryKind.VERIFICATION_COMPLETED: "verified",
    EntryKind.INSPECTION_PASSED: "inspected",
    EntryKind.INSPECTION_FAILED: "inspected",
}


def pictures_of(step: Step) -> list[tuple[str, str]]:
    """(what it shows, picture): the spot before, the result of a unit, what was found in verifying or inspecting, what
    proves an application or a miss.
    """
    after = SEEN_AGAIN.get(step.kind, "after")
    shown = [("before", sha) for sha in (*step.before, *step.moved)] + [(after, sha) for sha in step.after]
    return shown + [("proof", sha) for sha in step.proof]


def title_of(step: Step) -> tuple[str, str]:
    """What the entry is called, in Chinese and English; a clock that ran out is named."""
    if step.kind is not EntryKind.CLOCK_RAN_OUT:
        return step.kind.zh, step.kind.en
    names = [CLOCK_NAMES[clock.kind] for clock in step.clocks]
    return "、".join(name for name, _ in names) + step.kind.zh, f"Ran out: {', '.join(name for _, name in names)}"
