"""/catalog: classes by search, a class with its rows and closing conditions, the gaps of the standard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel

from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import LimitOut, limit_out
from gezhi.catalog import queries
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.class_key import parse_class_key
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.standard_row import StandardRow, in_force
from gezhi.catalog.shapes import ClassOut, StandardOut, class_out, conditions_out, limit_words, standard_out
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Count, Router, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import DayIn, TextOut, WordOut

router = Router(tags=["catalog"])

PAGE = 50
MOST = 500


class RowOut(StandardOut):
    """A row of the standard with what only the catalogue shows; `calendar` counts the limit."""

    calendar: str
    level_limits: dict[str, LimitOut]
    limit_words: TextOut
    level_words: dict[str, TextOut]
    defects: list[WordOut]
    local: bool
    confidence: str
    season: str
    valid_from: date | None
    valid_to: date | None


class ClassEntryOut(ClassOut):
    edition: str
    code: str
    major_code: str
    local: bool
    confidence: str


class ClassWithRows(ClassEntryOut):
    rows: list[RowOut]


class ConditionsOut(BaseModel):
    items: list[WordOut]
    next_cursor: str | None


class ClassPage(BaseModel):
    items: list[ClassEntryOut]
    next_cursor: str | None


@router.get(
    "/catalog/classes", permission=Permission.CATALOG_READ, response=ClassPage, summary="检索类别 · search classes"
)
def search_classes(
    request: HttpRequest,  # noqa: ARG001
    kind: Literal["part", "matter"] | None = None,
    q: Annotated[str, Query(max_length=60)] = "",
    edition: Annotated[str | None, Query(pattern=r"^\d{4}$")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
    cursor: str | None = None,
) -> ClassPage:
    catalog = queries.held_catalog()
    today = _today()
    found = catalog.search(q, edition=edition or catalog.edition_on(today), kind=kind, on=today)
    return _page(found, limit, cursor)


@router.get(
    "/catalog/classes/{key}",
    permission=Permission.CATALOG_READ,
    response=ClassWithRows,
    summary="类别与标准行 · a class with its rows",
)
def get_class(
    request: HttpRequest,  # noqa: ARG001
    key: Annotated[str, Path(max_length=20)],
    on: DayIn | None = None,
) -> ClassWithRows:
    """As it is on a day; without one, today."""
    catalog, day = queries.held_catalog(), on or _today()
    entry = catalog.class_of(str(parse_class_key(key)))
    rows = [_row_out(catalog, row, day) for row in catalog.rows_of(entry.key, day)]
    return ClassWithRows(**dict(_class_out(entry)), rows=rows)


@router.get(
    "/catalog/gaps", permission=Permission.CATALOG_READ, response=ClassPage, summary="标准缺口 · classes without a row"
)
def list_gaps(
    request: HttpRequest,  # noqa: ARG001
    edition: Annotated[str | None, Query(pattern=r"^\d{4}$")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
    cursor: str | None = None,
) -> ClassPage:
    today = _today()
    edition = edition or queries.held_catalog().edition_on(today)
    return _page(queries.list_gaps(edition, today), limit, cursor)


@router.get(
    "/catalog/closing-conditions",
    permission=Permission.CATALOG_READ,
    response=ConditionsOut,
    summary="结案条件用语 · closing conditions",
)
def list_closing_conditions(request: HttpRequest) -> ConditionsOut:  # noqa: ARG001
    """The vocabulary that rows of the standard draw on."""
    words = queries.list_condition_words()["closing"]
    return ConditionsOut(items=conditions_out(words.values()), next_cursor=None)


def _page(entries: Sequence[ClassEntry], limit: int, cursor: str | None) -> ClassPage:
    start = decode_cursor(cursor, Count)[0] if cursor else 0
    rest = start + limit < len(entries)
    return ClassPage(
        items=[_class_out(entry) for entry in entries[start : start + limit]],
        next_cursor=encode_cursor(start + limit) if rest else None,
    )


def _class_out(entry: ClassEntry) -> ClassEntryOut:
    return ClassEntryOut(
        **dict(class_out(entry)),
        edition=entry.edition,
        code=entry.code,
        major_code=entry.major_code,
        local=entry.local,
        confidence=entry.confidence,
    )


def _row_out(catalog: Catalog, row: StandardRow, today: date) -> RowOut:
    own = {each.level: each.limit for each in row.level_limits if in_force(each, today)}
    return RowOut(
        **dict(standard_out(row, row.limit)),
        calendar=row.limit.calendar,
        level_limits={level: limit_out(limit) for level, limit in own.items()},
        limit_words=limit_words(row.limit),
        level_words={level: limit_words(limit) for level, limit in own.items()},
        defects=conditions_out(catalog.defects[code] for code in row.defect_codes),
        local=row.local,
        confidence=row.confidence,
        season=row.season,
        valid_from=row.valid_from if row.valid_from > date.min else None,
        valid_to=row.valid_to,
    )


def _today() -> date:
    return day_of(system_clock())
