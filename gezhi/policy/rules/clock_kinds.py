"""计时种类: which clocks a case can have; what runs and when is told by the rules of cases."""

from __future__ import annotations

from enum import StrEnum


class ClockKind(StrEnum):
    ACCEPTANCE = "acceptance"
    SEND_VERIFICATION = "send_verification"
    VERIFICATION = "verification"
    REGISTRATION = "registration"
    DISPATCH = "dispatch"
    UNOWNED = "unowned"
    RECEIPT = "receipt"
    HANDLING = "handling"
    HELPING = "helping"
    REVIEW = "review"
    SEND_INSPECTION = "send_inspection"
    INSPECTION = "inspection"
    CLOSING = "closing"
    APPROVAL = "approval"
    SUSPENSION = "suspension"
    WHOLE = "whole"


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
