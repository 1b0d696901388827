"""/catalog: classes by search, a class with its rows and closing conditions, the gaps of the standard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Query, Schema

from gezhi.calendars.rules.office_days import day_of
from gezhi.catalog import queries
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.class_key import parse_class_key
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow, in_force
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, decode_cursor, encode_cursor

router = Router(tags=["catalog"])

PAGE = 50
MOST = 500


class LimitOut(Schema):
    value: int
    unit: str
    calendar: str


class WordOut(Schema):
    code: str
    zh: str
    en: str


class RowOut(Schema):
    key: str
    condition_zh: str
    condition_en: str
    limit: LimitOut
    level_limits: dict[str, LimitOut]
    defects: list[WordOut]
    closing: list[WordOut]
    is_gap_default: bool
    local: bool
    confidence: str
    season: str


class ClassOut(Schema):
    key: str
    edition: str
    kind: str
    code: str
    name: str
    name_en: str
    major_code: str
    major_name: str
    major_name_en: str
    local: bool
    confidence: str


class ClassWithRows(ClassOut):
    rows: list[RowOut]


class ClassPage(Schema):
    items: list[ClassOut]
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
    return _page(catalog.search(q, edition=edition or catalog.edition_on(_today()), kind=kind), limit, cursor)


@router.get(
    "/catalog/classes/{key}",
    permission=Permission.CATALOG_READ,
    response=ClassWithRows,
    summary="类别与标准行 · a class with its rows",
)
def get_class(request: HttpRequest, key: Annotated[str, Path(max_length=20)]) -> ClassWithRows:  # noqa: ARG001
    catalog, today = queries.held_catalog(), _today()
    entry = catalog.class_of(str(parse_class_key(key)))
    rows = [_row_out(catalog, row, today) for row in catalog.rows_of(entry.key, today)]
    return ClassWithRows(**_class_out(entry).dict(), rows=rows)


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


def _page(entries: Sequence[ClassEntry], limit: int, cursor: str | None) -> ClassPage:
    start = decode_cursor(cursor, int)[0] if cursor else 0
    rest = start + limit < len(entries)
    return ClassPage(
        items=[_class_out(entry) for entry in entries[start : start + limit]],
        next_cursor=encode_cursor(start + limit) if rest else None,
    )


def _class_out(entry: ClassEntry) -> ClassOut:
    return ClassOut(**{field: getattr(entry, field) for field in ClassOut.model_fields})


def _row_out(catalog: Catalog, row: StandardRow, today: date) -> RowOut:
    own = {each.level: each.limit for each in row.level_limits if in_force(each, today)}
    return RowOut(
        key=row.key,
        condition_zh=row.condition_zh,
        condition_en=row.condition_en,
        limit=LimitOut.from_orm(row.limit),
        level_limits={level: LimitOut.from_orm(limit) for level, limit in own.items()},
        defects=[_word_out(catalog.defects[code]) for code in row.defect_codes],
        closing=[_word_out(word) for word in row.closing],
        is_gap_default=row.is_gap_default,
        local=row.local,
        confidence=row.confidence,
        season=row.season,
    )


def _word_out(word: ConditionWord) -> WordOut:
    return WordOut(code=word.code, zh=word.zh, en=word.en)


def _today() -> date:
    return day_of(system_clock())
