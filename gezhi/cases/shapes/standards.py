"""立案依据的样子: the standard row that a case stands on, as it goes out."""

from __future__ import annotations

from gezhi.cases.rules.state import Subject
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import CaseStandardOut, ConditionOut
from gezhi.catalog.rules.standard_row import ConditionWord


def row_out(subject: Subject, presenter: Presenter) -> CaseStandardOut:
    """The standard row that a case stands on, or the limit and conditions that stand for it."""
    row = presenter.registers.catalog.rows.get(subject.row_key or "")
    words = {word.code: word for word in row.closing} if row is not None else {}
    closing = [words.get(code, ConditionWord(code, code, code)) for code in subject.closing]
    return CaseStandardOut(
        key=subject.row_key,
        condition_zh=row.condition_zh if row is not None else "",
        condition_en=row.condition_en if row is not None else "",
        limit_value=subject.limit,
        limit_unit=subject.unit,
        closing=[ConditionOut(code=one.code, zh=one.zh, en=one.en) for one in closing],
        gap=subject.gap,
    )
