"""统计影响: what the outcome of an application does to the unit's figures, as its row of the ledger says it."""

from __future__ import annotations

from gezhi.cases.rules.applications.application import Application, ApplicationOutcome
from gezhi.cases.rules.applications.kinds import KINDS

PENDING = "pending"
PENDING_NAMES = ("审批中", "Pending")


def effect_of(application: Application) -> tuple[str, str]:
    """统计影响: what the outcome does to the unit's figures."""
    if application.outcome is None:
        return "待审批结果", "Waits for the decision"
    if application.outcome is not ApplicationOutcome.GRANTED:
        return ("回退不成立，计推诿", "Counted as shirking") if application.shirking else ("无", "None")
    rule = KINDS[application.kind]
    return (rule.exempt_effect if application.exempt else None) or rule.effect
