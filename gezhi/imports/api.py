"""/imports: tables that come into the registers, checked first, and go out of them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest
from ninja import File, Form, Query, Status
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.founding.rules.changes.plan import Act, Side
from gezhi.imports.actions import ask_apply, ask_check, take_file
from gezhi.imports.actions.map_of_grids import map_of
from gezhi.imports.queries import get_run, list_changes, list_findings, list_runs
from gezhi.imports.queries.sheets import ExportRow, FoundRow, found_rows, heads_of, standing_rows
from gezhi.imports.rules.heads import name_of
from gezhi.imports.rules.kinds import KIND_NAMES, SHAPES, TABLE_OF, ImportKind
from gezhi.imports.shapes import (
    ImportChangeOut,
    ImportChanges,
    ImportFindingOut,
    ImportFindings,
    ImportKindOut,
    ImportKinds,
    ImportMap,
    ImportOut,
    ImportPage,
)
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Count, Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import DayIn, Exact, after_of, cursor_of, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet

router = Router(tags=["imports"])
IMPORT, LOOK = Permission.REGISTERS_IMPORT, Permission.RULES_APPROVE
"""Who brings files, and who decides on them."""
MOST_COLUMNS = 50
MOST_ON_MAP = 3_000


class ImportsAsked(BaseModel):
    kind: ImportKind | None = None
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class FindingsAsked(BaseModel):
    code: Annotated[str, Field(max_length=40, pattern=r"^[a-z.-]*$")] = ""
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ChangesAsked(BaseModel):
    act: Act | None = None
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class CheckIn(Exact):
    """`columns`: for each head of the file the column it is taken for, empty for none. `effective`: the first day of
    rows that name none. `take`: which side counts where file and register have both changed. `system`: the coordinate
    system of shapes, empty for what the file says itself.
    """

    columns: list[Annotated[str, Field(max_length=20)]] = Field(max_length=MOST_COLUMNS)
    effective: DayIn
    system: Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    take: Side | None = None


@router.get("/imports/kinds", permission=LOOK, response=ImportKinds, summary="导入类别 · what can be imported")
def get_kinds(request: HttpRequest) -> ImportKinds:  # noqa: ARG001
    """Every kind with its columns, and the largest file that is taken."""
    return ImportKinds(
        kinds=[ImportKindOut.of(kind) for kind in ImportKind], most_bytes=settings.GEZHI_MEDIA_LIMIT_BYTES
    )


@router.get("/imports", permission=LOOK, response=ImportPage, summary="导入记录 · imports")
def get_imports(request: HttpRequest, asked: Annotated[ImportsAsked, Query()]) -> ImportPage:
    """The newest first."""
    rows = list_runs(kind=asked.kind, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: cursor_of(int(last.made_at.timestamp()), last.id))
    names, actor = _names(), actor_of(request)
    return ImportPage(items=[ImportOut.of(run, names, actor) for run in page], next_cursor=next_cursor)


@router.post("/imports", permission=IMPORT, response={201: ImportOut}, summary="上传导入文件 · bring a file")
def post_import(request: HttpRequest, kind: Form[ImportKind], file: File[UploadedFile]) -> Status[ImportOut]:
    """上传: Excel or CSV (multipart, fields `kind` and `file`). Its columns are guessed; nothing is checked yet."""
    run_id = take_file(kind, name=file.name or "", content=file.read(), doing=doing_of(request))
    return Status(201, _run(request, run_id))


@router.get("/imports/{run_id}", permission=LOOK, response=ImportOut, summary="一次导入 · an import")
def get_import(request: HttpRequest, run_id: UUID) -> ImportOut:
    return _run(request, run_id)


@router.post(
    "/imports/{run_id}/check",
    permission=IMPORT,
    response=ImportOut,
    repeats="what is being checked is checked once",
    summary="检查 · check",
)
def post_check(request: HttpRequest, run_id: UUID, sent: CheckIn) -> ImportOut:
    """检查: by a job; nothing is entered."""
    today = day_of(system_clock())
    ask_check(
        run_id, columns=sent.columns, effective=sent.effective, take=sent.take, system=sent.system.strip(), today=today
    )
    return _run(request, run_id)


@router.post(
    "/imports/{run_id}/apply",
    permission=LOOK,
    response=ImportOut,
    summary="导入 · import",
)
def post_apply(request: HttpRequest, run_id: UUID) -> ImportOut:
    """导入: by a job, whole or not at all."""
    ask_apply(run_id, doing=doing_of(request))
    return _run(request, run_id)


@router.get("/imports/{run_id}/findings", permission=LOOK, response=ImportFindings, summary="检查结果 · what was found")
def get_findings(
    request: HttpRequest,  # noqa: ARG001
    run_id: UUID,
    asked: Annotated[FindingsAsked, Query()],
) -> ImportFindings:
    """In the order of the rows; of one code at most a thousand are listed, `totals` of the import are exact."""
    get_run(run_id)
    rows = list_findings(run_id, code=asked.code, after=_after(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: encode_cursor(last.seq))
    return ImportFindings(items=[ImportFindingOut.of(row) for row in page], next_cursor=next_cursor)


@router.get("/imports/{run_id}/findings.xlsx", permission=LOOK, openapi_extra=OPENAPI)
def get_findings_sheet(request: HttpRequest, run_id: UUID) -> FileResponse:
    """The rows of the file, each with what was found beside it."""
    run = get_run(run_id)
    columns: list[Column[FoundRow]] = [
        Column("行号", 8, lambda row: row.number),
        Column("检查结果", 60, lambda row: row.found),
        *(Column(one.head, 20, _cell(at)) for at, one in enumerate(heads_of(run))),
    ]
    return answer_sheet("检查结果", columns, found_rows(run), now=system_clock(), asked_by=actor_of(request).name)


@router.get("/imports/{run_id}/changes", permission=LOOK, response=ImportChanges, summary="差异 · what changes")
def get_changes(
    request: HttpRequest,  # noqa: ARG001
    run_id: UUID,
    asked: Annotated[ChangesAsked, Query()],
) -> ImportChanges:
    """What the file would change in the register, or has changed; at most 20,000 are listed, `counts` are exact."""
    kind = ImportKind(get_run(run_id).kind)
    rows = list_changes(run_id, act=asked.act, after=_after(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: encode_cursor(last.seq))
    return ImportChanges(items=[ImportChangeOut.of(kind, row) for row in page], next_cursor=next_cursor)


@router.get("/imports/templates/{kind}.xlsx", permission=IMPORT, openapi_extra=OPENAPI)
def get_template(request: HttpRequest, kind: ImportKind) -> FileResponse:
    """导入模板: the heads alone, to be filled in."""
    return _sheet(request, kind, f"{KIND_NAMES[kind][0]}导入模板", ())


@router.get("/imports/exports/{kind}.xlsx", permission=IMPORT, openapi_extra=OPENAPI)
def get_export(request: HttpRequest, kind: ImportKind) -> FileResponse:
    """导出: what stands now, as a table that comes in again without a difference."""
    return _sheet(request, kind, KIND_NAMES[kind][0], standing_rows(kind, now=system_clock()))


@router.get(
    "/imports/{run_id}/map", permission=LOOK, response=ImportMap, summary="差异地图 · grids that change, on the map"
)
def get_map(request: HttpRequest, run_id: UUID) -> ImportMap:  # noqa: ARG001
    """Grids that would begin and end, and those with findings, as GeoJSON; at most 3,000, errors first."""
    run = get_run(run_id)
    if ImportKind(run.kind) not in SHAPES:
        raise NotFound
    return ImportMap(**map_of(run, limit=MOST_ON_MAP))


def _sheet(request: HttpRequest, kind: ImportKind, title: str, rows: Iterable[ExportRow]) -> FileResponse:
    if kind in SHAPES:
        raise NotFound
    columns: list[Column[ExportRow]] = [
        Column(name_of(kind, one.name)[0], 20, _value(one.name)) for one in TABLE_OF[kind].columns
    ]
    return answer_sheet(title, columns, rows, now=system_clock(), asked_by=actor_of(request).name)


def _run(request: HttpRequest, run_id: UUID) -> ImportOut:
    return ImportOut.of(get_run(run_id), _names(), actor_of(request))


def _names() -> dict[int, str]:
    return {user.id: user.name for user in held_directory().users.values()}


def _after(cursor: str) -> int:
    return decode_cursor(cursor, Count)[0] if cursor else 0


def _cell(at: int) -> Callable[[FoundRow], str]:
    return lambda row: row.cells[at] if at < len(row.cells) else ""


def _value(column: str) -> Callable[[ExportRow], str]:
    return lambda row: row.get(column, "")
