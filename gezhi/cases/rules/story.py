"""案件经过: what each log entry is called when the history is read as one story."""

from __future__ import annotations

from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind

CLOCK_NAMES: dict[str, tuple[str, str]] = {
    "acceptance": ("受理", "Acceptance"),
    "send_verification": ("派发核实", "Sending the verification"),
    "verification": ("核实", "Verification"),
    "registration": ("立案", "Registration"),
    "dispatch": ("派遣", "Dispatch"),
    "unowned": ("确权", "Settling the owner"),
    "receipt": ("签收", "Receipt"),
    "handling": ("处置", "Handling"),
    "helping": ("协办处置", "Helping units"),
    "review": ("复核", "Review"),
    "send_inspection": ("派发核查", "Sending the inspection"),
    "inspection": ("核查", "Inspection"),
    "closing": ("结案", "Closing"),
    "approval": ("审批", "Approval"),
    "suspension": ("缓办", "Suspension"),
    "whole": ("全程", "Whole case"),
}
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
