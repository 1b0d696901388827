"""导入的样子: kinds with their columns, runs, findings and changes as doors show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from gezhi.founding.rules.changes.plan import Act, Side
from gezhi.founding.rules.finding_kinds import Severity
from gezhi.imports.models import ImportRun, RunChange, RunFinding
from gezhi.imports.rules.heads import name_of
from gezhi.imports.rules.kinds import KIND_NAMES, SHAPES, TABLE_OF, ImportKind
from gezhi.imports.rules.run import RunDeed, RunStage, RunState, counts_in, deeds_of
from gezhi.imports.rules.words import WORDS, word_of
from gezhi.kernel.permissions import Actor
from gezhi.plumbing.shapes import TextOut, WordOut


class ColumnOut(BaseModel):
    """A column that a table may have. `needed`: without it nothing is imported. `words`: all that may stand in it,
    empty where that is no closed list.
    """

    name: WordOut
    needed: bool
    words: list[WordOut]


class ImportKindOut(BaseModel):
    """`shapes`: it comes as GeoJSON, GeoPackage or a zipped Shapefile; else as a table with these columns."""

    kind: ImportKind
    name: TextOut
    shapes: bool
    columns: list[ColumnOut]

    @classmethod
    def of(cls, kind: ImportKind) -> ImportKindOut:
        columns = [
            ColumnOut(name=_column(kind, one.name), needed=one.needed, words=_words(kind, one.name))
            for one in (TABLE_OF[kind].columns if kind in TABLE_OF else ())
        ]
        return cls(kind=kind, name=_name(kind), shapes=kind in SHAPES, columns=columns)


class ImportKinds(BaseModel):
    """`most_bytes`: no larger file is taken."""

    kinds: list[ImportKindOut]
    most_bytes: int


class HeadOut(BaseModel):
    """A head of the file, and the column for which it is taken; empty: not imported."""

    head: str
    column: str


class CountsOut(BaseModel):
    """Rows of the file, what was found, and rows of the register that are new, changed, ended, or as they are."""

    rows: int
    errors: int
    warnings: int
    new: int
    changed: int
    ended: int
    unchanged: int


class FailureOut(TextOut):
    code: str


class ImportOut(BaseModel):
    """One import. `deeds`: what can be done with it by who asks. `stage`: what is done now. `totals`: how many findings
    there are of each code, whether they are listed or not.
    """

    id: UUID
    kind: ImportKind
    kind_name: TextOut
    file_name: str
    file_bytes: int
    sha256: str
    heads: list[HeadOut]
    effective: date
    take: Side | None
    system: str
    state: RunState
    stage: RunStage | None
    deeds: list[RunDeed]
    counts: CountsOut
    totals: dict[str, int]
    failure: FailureOut | None
    made_by: str
    made_at: datetime
    checked_at: datetime | None
    applied_by: str
    applied_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, run: ImportRun, names: Mapping[int, str], actor: Actor) -> ImportOut:
        kind, state, counts = ImportKind(run.kind), RunState(run.state), counts_in(run.counts)
        going = state in {RunState.CHECKING, RunState.APPLYING}
        return cls(
            id=run.id,
            kind=kind,
            kind_name=_name(kind),
            file_name=run.file_name,
            file_bytes=run.file_bytes,
            sha256=run.sha256,
            heads=run.heads,
            effective=run.effective,
            take=Side(run.take) if run.take else None,
            system=run.system,
            state=state,
            stage=RunStage(run.progress.stage) if going else None,
            deeds=deeds_of(state, counts, actor),
            counts=run.counts,
            totals=run.totals,
            failure=run.failure,
            made_by=names.get(run.made_by, ""),
            made_at=run.made_at,
            checked_at=run.checked_at,
            applied_by=names.get(run.applied_by or 0, ""),
            applied_at=run.applied_at,
            ended_at=run.ended_at,
        )


class ImportPage(BaseModel):
    items: list[ImportOut]
    next_cursor: str | None


class ImportFindingOut(BaseModel):
    """What is wrong, where, and what to do. `column` is the head in the file."""

    seq: int
    code: str
    level: Severity
    row: int | None
    column: str
    value: str
    says: TextOut
    cure: TextOut

    @classmethod
    def of(cls, row: RunFinding) -> ImportFindingOut:
        return cls(
            seq=row.seq,
            code=row.code,
            level=Severity(row.level),
            row=row.row,
            column=row.column,
            value=row.value,
            says=TextOut(**row.says),
            cure=TextOut(**row.cure),
        )


class ImportFindings(BaseModel):
    items: list[ImportFindingOut]
    next_cursor: str | None


class GridOnMap(BaseModel):
    """`act`: it would begin or end, none where it stays. `level`: of what was found in it."""

    code: str
    act: Act | None
    level: Severity | None


class GridFeature(BaseModel):
    type: Literal["Feature"] = "Feature"
    properties: GridOnMap
    geometry: dict[str, Any]


class ImportMap(BaseModel):
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[GridFeature]
    capped: bool


class ChangedCellOut(BaseModel):
    column: WordOut
    old: str
    new: str


class ImportChangeOut(BaseModel):
    """A row of the register that is made, changed or ended; `row`: that of the file, none where it is absent there."""

    seq: int
    act: Act
    row: int | None
    key: str
    on: date
    cells: list[ChangedCellOut]

    @classmethod
    def of(cls, kind: ImportKind, change: RunChange) -> ImportChangeOut:
        return cls(
            seq=change.seq,
            act=Act(change.act),
            row=change.row or None,
            key=change.key,
            on=change.on,
            cells=[
                ChangedCellOut(
                    column=_column(kind, cell["column"]),
                    old=word_of(kind, cell["column"], cell["old"]),
                    new=word_of(kind, cell["column"], cell["new"]),
                )
                for cell in change.cells
            ],
        )


class ImportChanges(BaseModel):
    items: list[ImportChangeOut]
    next_cursor: str | None


def _column(kind: ImportKind, column: str) -> WordOut:
    zh, en = name_of(kind, column)
    return WordOut(key=column, zh=zh, en=en)


def _words(kind: ImportKind, column: str) -> list[WordOut]:
    return [WordOut(key=code, zh=names[0], en=names[1]) for code, names in WORDS[kind].get(column, {}).items()]


def _name(kind: ImportKind) -> TextOut:
    zh, en = KIND_NAMES[kind]
    return TextOut(zh=zh, en=en)
