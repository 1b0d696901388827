"""推荐单位: which unit a case should go to, and the sentence that says why."""

from __future__ import annotations

from gezhi.cases.rules.facts import SuggestedUnit
from gezhi.cases.rules.state import CaseState, End

SETTLED = ("按确权结果派遣", "As the owner was settled")
SENT_BACK = (
    "责任清单中的单位已回退本案，没有预选单位；请核对回退理由后选择单位，或转“待确权”。",
    "The unit of the duty table has sent this case back, so none is chosen: look at its reason, then choose one.",
)


def suggestion_of(state: CaseState, by_table: SuggestedUnit | None) -> SuggestedUnit | None:
    """Rework goes to the same unit; then the owner that was settled, then the duty table. None: nobody owns it, or who
    would has sent it back.
    """
    if state.rework_unit:
        return SuggestedUnit(state.rework_unit, *why_again(state))
    if state.settled_unit:
        return SuggestedUnit(state.settled_unit, *SETTLED)
    return None if by_table is None or has_sent_back(state, by_table.unit_id) else by_table


def has_sent_back(state: CaseState, unit: int) -> bool:
    """已回退: the last that the unit did with the case was to send it back; an order that was recalled does not count."""
    parts = [part for part in state.assignments if part.unit == unit and part.end is not End.RECALLED]
    return bool(parts) and parts[-1].end is End.SENT_BACK


def why_again(state: CaseState) -> tuple[str, str]:
    """返工理由: why the unit that had the case before is to have it once more."""
    last = state.last_leading
    assert last is not None  # nothing comes again to a unit that never had it
    if last.end is End.PASSED:
        return "重新处置，交原单位", "The case was reopened: the same unit has it again"
    return "核查未通过，原单位返工", "The inspection failed: the same unit does it again"
