"""类别与立案条件的样子: a class and a standard row as every door shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, Field

from gezhi.calendars.rules.limit_text import LimitFault, limit_of_text, text_of_limit
from gezhi.calendars.rules.limits import UNIT_NAMES, Limit
from gezhi.calendars.shapes import LimitOut, limit_out
from gezhi.catalog.queries import held_catalog, list_condition_words
from gezhi.catalog.rules.amended_row import MOST_WORDS, AmendedRow, LimitMissing, standing_amended_row
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow
from gezhi.plumbing.shapes import Exact, TextOut, WordOut


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


def limit_words(limit: Limit) -> TextOut:
    """The limit in the words of the standard, as it is taken again (`StandardRowIn`)."""
    return TextOut(zh=text_of_limit(limit), en=f"{limit.value} {UNIT_NAMES[limit.unit][1]}")


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


class StandardRowIn(Exact):
    """`row_key`: the row that is changed; empty for a new one. Limits as tables write them: 2紧急工作时, 3 work days;
    `level_limits` by area level, an empty text for none. `ended`: the row ends, the rest is as it was.
    """

    class_key: Annotated[str, Field(max_length=20)]
    row_key: Annotated[str, Field(max_length=24)] = ""
    condition: Annotated[str, Field(max_length=MOST_WORDS)] = ""
    english: Annotated[str, Field(max_length=300)] = ""
    limit: Annotated[str, Field(max_length=20)] = ""
    level_limits: dict[Literal["A", "B", "C"], Annotated[str, Field(max_length=20)]] = Field(default_factory=dict)
    closing: Annotated[list[Annotated[str, Field(max_length=24)]], Field(max_length=10)] = Field(default_factory=list)
    season: Annotated[str, Field(max_length=20)] = ""
    ended: bool = False


class AmendedRowOut(BaseModel):
    """`condition` None: there is no such row yet. `ended`: it does not hold any longer."""

    class_: ClassOut = Field(alias="class")
    row_key: str
    condition: TextOut | None
    limit: TextOut | None
    level_limits: dict[str, TextOut]
    closing: list[WordOut]
    season: str
    ended: bool


def amended_row_of(sent: StandardRowIn, on: date) -> AmendedRow:
    catalog = held_catalog()
    entry = catalog.class_of(sent.class_key)
    if sent.row_key:
        standing = standing_amended_row(catalog, catalog.row_for(entry.key, sent.row_key).key, on)
        if sent.ended:
            return msgspec.structs.replace(standing, ended=True)
    calendar = catalog.rows_of(entry.key, on)[0].limit.calendar
    own = {level: text for level, text in sent.level_limits.items() if text.strip()}
    return AmendedRow(
        class_key=entry.key,
        row_key=sent.row_key,
        condition_zh=sent.condition.strip(),
        condition_en=sent.english.strip(),
        limit=_limit_of(sent.limit, "limit", calendar),
        level_limits={level: _limit_of(text, f"limit_{level.lower()}", calendar) for level, text in own.items()},
        closing=tuple(dict.fromkeys(sent.closing)),
        season=sent.season.strip(),
    )


def _limit_of(text: str, field: str, calendar: str) -> Limit:
    limit = limit_of_text(text, calendar=calendar)
    if isinstance(limit, LimitFault):
        raise LimitMissing(field=field)
    return limit


def amended_row_out(row: AmendedRow) -> AmendedRowOut:
    words = list_condition_words()["closing"]
    return AmendedRowOut(
        **{"class": class_out(held_catalog().class_of(row.class_key))},
        row_key=row.row_key,
        condition=TextOut(zh=row.condition_zh, en=row.condition_en or row.condition_zh) if row.condition_zh else None,
        limit=limit_words(row.limit) if row.limit else None,
        level_limits={level: limit_words(limit) for level, limit in row.level_limits.items()},
        closing=conditions_out(words[code] for code in row.closing),
        season=row.season,
        ended=row.ended,
    )
