"""立案依据的样子: the standard row that a case stands on, as it goes out."""

from __future__ import annotations

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.shapes import LimitOut
from gezhi.cases.rules.state import Subject
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.rules.standard_row import ConditionWord
from gezhi.catalog.shapes import StandardOut, conditions_out
from gezhi.plumbing.shapes import TextOut


def row_out(subject: Subject, presenter: Presenter) -> StandardOut:
    """The standard row that a case stands on, or the limit and conditions that stand for it."""
    row = presenter.registers.catalog.rows.get(subject.row_key or "")
    words = {word.code: word for word in row.closing} if row is not None else {}
    limit = LimitOut(value=subject.limit, unit=Unit(subject.unit)) if subject.limit and subject.unit else None
    return StandardOut(
        key=subject.row_key,
        condition=TextOut(
            zh=row.condition_zh if row is not None else "", en=row.condition_en if row is not None else ""
        ),
        limit=limit,
        closing=conditions_out(words.get(code, ConditionWord(code, code, code)) for code in subject.closing),
        gap=subject.gap,
    )
