"""/catalog/editions: the editions side by side, when each holds, and how classes continue those of the one before."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel

from gezhi.calendars.rules.office_days import day_of
from gezhi.catalog import queries
from gezhi.catalog.rules.editions import EditionHead
from gezhi.catalog.rules.mapping import Correspondence, MappingLine, lines_about
from gezhi.catalog.shapes import ClassOut, class_out
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Count, Router, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import TextOut

router = Router(tags=["catalog"])
MOST = 200


class PeriodOut(BaseModel):
    valid_from: date
    valid_to: date | None


class EditionOut(BaseModel):
    """`periods`: on which days the city works by it, those to come too; none for one that was never put in force.
    `gaps`: classes without a row of the standard. `continues`: the edition that it has a table of correspondence with.
    """

    code: str
    standard: str
    title: TextOut
    in_force: bool
    installed: bool
    periods: list[PeriodOut]
    parts: int
    matters: int
    local: int
    gaps: int | None
    continues: str


class EditionsOut(BaseModel):
    items: list[EditionOut]
    next_cursor: str | None


class MappedClass(ClassOut):
    code: str
    local: bool


class MappingLineOut(BaseModel):
    """`by_number`: the correspondence rests on the number, the names differ."""

    correspondence: Correspondence
    old: MappedClass | None
    new: list[MappedClass]
    by_number: bool


class MappingPage(BaseModel):
    """`counts`: of the whole table, before words and kinds narrow it."""

    before: str
    counts: dict[Correspondence, int]
    items: list[MappingLineOut]
    next_cursor: str | None


class MappingAsked(BaseModel):
    q: Annotated[str, Query(max_length=60)] = ""
    correspondence: Correspondence | None = None
    cursor: str = ""
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50


@router.get(
    "/catalog/editions", permission=Permission.CATALOG_READ, response=EditionsOut, summary="目录版本 · editions"
)
def list_editions(request: HttpRequest) -> EditionsOut:  # noqa: ARG001
    """The editions side by side, with the days on which the city works by each."""
    today = day_of(system_clock())
    return EditionsOut(items=[_edition(one, today) for one in queries.list_known_editions()], next_cursor=None)


@router.get(
    "/catalog/editions/{edition}/mapping",
    permission=Permission.CATALOG_READ,
    response=MappingPage,
    summary="版本对照 · how classes continue",
)
def get_mapping(
    request: HttpRequest,  # noqa: ARG001
    edition: Annotated[str, Path(pattern=r"^\d{4}$")],
    asked: Annotated[MappingAsked, Query()],
) -> MappingPage:
    """Each class of the edition before with those that continue it, then what is new; `q` finds a class of either."""
    before, lines = queries.list_mapping(edition, day_of(system_clock()))
    found = [
        one
        for one in lines_about(lines, asked.q)
        if asked.correspondence is None or one.correspondence is asked.correspondence
    ]
    start = decode_cursor(asked.cursor, Count)[0] if asked.cursor else 0
    end = start + asked.limit
    return MappingPage(
        before=before,
        counts={one: sum(line.correspondence is one for line in lines) for one in Correspondence},
        items=[_line(one) for one in found[start:end]],
        next_cursor=encode_cursor(end) if end < len(found) else None,
    )


def _edition(head: EditionHead, today: date) -> EditionOut:
    catalog = queries.held_catalog()
    classes = queries.list_edition_classes(head.code, today)
    periods = [one for one in catalog.periods if one.edition == head.code]
    installed = any(major.edition == head.code for major in catalog.majors)
    return EditionOut(
        code=head.code,
        standard=head.standard,
        title=TextOut(zh=head.title, en=head.title_en or head.title),
        in_force=any(one.valid_from <= today and (one.valid_to is None or today <= one.valid_to) for one in periods),
        installed=installed,
        periods=[PeriodOut(valid_from=one.valid_from, valid_to=one.valid_to) for one in periods],
        parts=sum(one.kind == "part" for one in classes),
        matters=sum(one.kind == "matter" for one in classes),
        local=sum(one.local for one in classes),
        gaps=len(catalog.gaps(head.code, today)) if installed else None,
        continues=queries.edition_before(head.code),
    )


def _line(line: MappingLine) -> MappingLineOut:
    told = [MappedClass(**dict(class_out(one)), code=one.code, local=one.local) for one in line.entries]
    return MappingLineOut(
        correspondence=line.correspondence,
        old=told[0] if line.old is not None else None,
        new=told[1:] if line.old is not None else told,
        by_number=line.by_number,
    )
