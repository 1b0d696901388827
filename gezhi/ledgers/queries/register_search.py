"""台账检索: the rows of a register that the words of a search mean: by number, text, class, unit, person or district."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from gezhi.cases.queries.findable import found_in
from gezhi.cases.queries.scope import Condition
from gezhi.duties.queries.naming import Meaning, named_by
from gezhi.kernel.searching import any_like, numbers, words_of

CASE_SERIAL: Final = 6
ROW_SERIAL: Final = 4
"""With how many digits a number of a case, and one of a register, ends."""


class Sought(msgspec.Struct, frozen=True):
    """检索: each of `words` is to be found, or all of them written together name something."""

    text: str = ""
    words: tuple[Meaning, ...] = ()
    together: Meaning | None = None

    def __bool__(self) -> bool:
        return bool(self.words)


def sought(text: str, *, on: date) -> Sought:
    """What is typed into the box of a register, with what it names on a day."""
    words = words_of(text)
    joined = named_by("".join(words), on=on) if len(words) > 1 else None
    return Sought(text.strip(), tuple(named_by(word, on=on) for word in words), joined)


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """What of a table is searched: columns of numbers with the length of their serial, a text of its cases, and
    conditions over what a word may name, each with one list as its value.
    """

    table: str
    alias: str
    key: str = "case_id"
    numbers: Mapping[str, int]
    text: str = ""
    classes: str = ""
    units: str = ""
    people: str = ""
    areas: str = ""


def meant_rows(register: Register, asked: Sought) -> Condition:
    """SQL over the register: the rows that a search means; all of them where nothing is asked for."""
    if not asked:
        return "true", []
    each = [_any_of(_found(register, word)) for word in asked.words]
    every: Condition = (" AND ".join(sql for sql, _ in each), [value for _, values in each for value in values])
    return _any_of([every, *(_named(register, asked.together) if asked.together is not None else ())])


def meant_in(register: Register, asked: Sought) -> Q:
    """The same for a list of rows of the table itself."""
    sql, values = meant_rows(register, asked)
    return Q(RawSQL(sql, values, output_field=BooleanField()))  # noqa: S611 - a text of ours with bound values


def _found(register: Register, meaning: Meaning) -> list[Condition]:
    parts: list[Condition] = []
    for column, serial in register.numbers.items():
        patterns = numbers(meaning.word, serial=serial)
        parts.append((any_like(f"{register.alias}.{column}", patterns), list[Any](patterns)))
    if register.text:
        where = {"table": register.table, "alias": register.alias, "key": register.key, "column": register.text}
        parts.append(found_in(meaning.word, **where))
    return [*parts, *_named(register, meaning)]


def _named(register: Register, meaning: Meaning) -> list[Condition]:
    """Only of what the word does name: an index serves the rest alone."""
    every: list[tuple[str, list[Any]]] = [
        (register.classes, list(meaning.classes)),
        (register.units, list(meaning.units)),
        (register.people, list(meaning.people)),
        (register.areas, [f"{area}%" for area in meaning.areas]),
    ]
    return [(sql, [values]) for sql, values in every if sql and values]


def _any_of(parts: list[Condition]) -> Condition:
    return f"({' OR '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]
