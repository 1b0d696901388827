"""检索含义: the cases that the words of a search mean, by what each names, by its text, or by a caller's number."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django.conf import settings

from gezhi.cases.queries.findable import found_in
from gezhi.cases.queries.scope import Condition
from gezhi.duties.queries.naming import Meaning, meaning_of, named_by
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.phones import find_number, phone_digest
from gezhi.kernel.searching import any_like, numbers, words_of


class Meanings(msgspec.Struct, frozen=True):
    """检索: every one of `words` is to be found; or all of them written together; or the caller of a number."""

    words: tuple[Meaning, ...] = ()
    together: Meaning | None = None
    caller: str | None = None
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def meanings_of(text: str, actor: Actor, *, on: date) -> Meanings:
    """A caller's number means the caller only to whoever may read who reported."""
    words = words_of(text)
    number = find_number(text) if Permission.REPORTERS_READ in actor.permissions else None
    joined = "".join(words)
    return Meanings(
        words=tuple(meaning_of(word, on=on, beside_others=len(words) > 1) for word in words),
        together=named_by(joined, on=on) if len(words) > 1 else None,
        caller=phone_digest(number, settings.SECRET_KEY.encode()) if number is not None else None,
        number=number or "",
    )


NEWEST = 2_000
"""Of what stands in descriptions, so many reports at most."""
_DESCRIBED = f"""
    c.id = ANY(ARRAY(SELECT s.case_id FROM cases_sought s WHERE s.words @@ %s::tsquery
        ORDER BY s.case_id DESC LIMIT {NEWEST}))
"""
_CALLER = f"c.id = ANY(ARRAY(SELECT s.case_id FROM cases_sought s WHERE s.phone = %s LIMIT {NEWEST}))"


def found_by(meant: Meanings) -> Condition:
    """SQL over cases_case `c`: the cases that a search means."""
    found = [_all_of([_found(one) for one in meant.words])]
    if meant.together is not None and (together := _named_parts(meant.together)):
        found.append(_any_of(together))
    if meant.caller is not None:
        found.append((_CALLER, [meant.caller]))
    return _any_of(found)


def _found(one: Meaning) -> Condition:
    patterns = numbers(one.word)
    parts = [
        (any_like("c.no", patterns), list[Any](patterns)),
        found_in(one.word, table="cases_case", alias="c", key="id", column="address"),
        *_named_parts(one),
    ]
    if one.described:
        parts.append((_DESCRIBED, [one.described]))
    return _any_of(parts)


def _named_parts(one: Meaning) -> list[Condition]:
    """The conditions of what a word names, without those of what it does not."""
    every: list[tuple[str, list[Any]]] = [
        ("c.class_key = ANY(%s)", list(one.classes)),
        ("c.unit_ids && %s::bigint[]", list(one.units)),
        ("c.former_unit_ids && %s::bigint[]", list(one.units)),
        ("c.collector_id = ANY(%s)", list(one.people)),
        ("c.reported_by = ANY(%s)", list(one.people)),
        ("c.area_code LIKE ANY(%s)", [f"{area}%" for area in one.areas]),
    ]
    return [(sql, [values]) for sql, values in every if values]


def _any_of(parts: list[Condition]) -> Condition:
    return f"({' OR '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]


def _all_of(parts: list[Condition]) -> Condition:
    return f"({' AND '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]
