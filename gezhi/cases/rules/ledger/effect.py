"""统计影响: what the outcome of an application does to the unit's figures, as its row of the ledger says it."""

from __future__ import annotations

from gezhi.cases.rules.applications import Application, Kind, Outcome

PENDING = "pending"
PENDING_NAMES = ("审批中", "Pending")
_EFFECTS: dict[Kind, tuple[str, str]] = {
    Kind.SEND_BACK: ("不计入该单位处置数", "Not counted as handled by the unit"),
    Kind.EXTENSION: ("按新时限计是否超时", "Late or not by the new deadline"),
    Kind.SUSPENSION: ("缓办期间不计时", "The suspended time does not count"),
    Kind.VOID: ("按作废单独统计", "Counted apart as void"),
    Kind.APPEAL: ("超时事实保留，统计不变", "Stays late in the statistics"),
}
_EXEMPT: dict[Kind, tuple[str, str]] = {
    Kind.SUSPENSION: ("缓办期间不计时，案件免计考核", "The suspended time does not count; exempt from evaluation"),
    Kind.VOID: ("不计入考核，按作废单独统计", "Exempt from evaluation, counted apart as void"),
    Kind.APPEAL: ("免计考核，超时事实保留", "Exempt from evaluation; that it was late stays visible"),
}


def effect_of(application: Application) -> tuple[str, str]:
    """统计影响: what the outcome does to the unit's figures."""
    if application.outcome is None:
        return "待审批结果", "Waits for the decision"
    if application.outcome is not Outcome.GRANTED:
        return ("回退不成立，计推诿", "Counted as shirking") if application.shirking else ("无", "None")
    plain = _EFFECTS[application.kind]
    return _EXEMPT.get(application.kind, plain) if application.exempt else plain
