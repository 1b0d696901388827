"""类别与立案条件的样子: a class and a standard row as every door shows them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from gezhi.calendars.rules.limits import Limit
from gezhi.calendars.shapes import LimitOut, limit_out
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow
from gezhi.plumbing.shapes import TextOut, WordOut


class ClassOut(BaseModel):
    key: str
    kind: ClassKind
    name: TextOut
    major_name: TextOut


class StandardOut(BaseModel):
    """A standard row as it applies: the limit is that of the place. `key` is empty where a case stands on no row."""

    key: str | None
    condition: TextOut
    limit: LimitOut | None
    closing: list[WordOut]
    gap: bool


def class_out(entry: ClassEntry) -> ClassOut:
    """A class that a city added may have no English name: its Chinese one stands in."""
    return ClassOut(
        key=entry.key,
        kind=entry.kind,
        name=TextOut(zh=entry.name, en=entry.name_en or entry.name),
        major_name=TextOut(zh=entry.major_name, en=entry.major_name_en or entry.major_name),
    )


def standard_out(row: StandardRow, limit: Limit) -> StandardOut:
    return StandardOut(
        key=row.key,
        condition=TextOut(zh=row.condition_zh, en=row.condition_en),
        limit=limit_out(limit),
        closing=conditions_out(row.closing),
        gap=row.is_gap_default,
    )


def conditions_out(words: Iterable[ConditionWord]) -> list[WordOut]:
    return [WordOut(key=word.code, zh=word.zh, en=word.en) for word in words]
