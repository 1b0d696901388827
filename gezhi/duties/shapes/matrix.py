"""责任清单矩阵的样子: one window of classes × areas, with the names of what stands in it."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.duties.queries.matrix import MatrixFilter, MatrixWindow
from gezhi.duties.rules.matrix import MatrixArea, MatrixCell, MatrixLine
from gezhi.duties.shapes.rows import DutyOut, Namer
from gezhi.plumbing.shapes import WordOut

MOST_DAYS = 24


class MatrixAreaOut(BaseModel):
    code: str
    name: str
    within: str


class MatrixCellOut(BaseModel):
    """`unit_id`: of `units` units the one, where it is one; `row_id`: of one class. `own`: by a row for this area;
    `split`: classes of which only rows for parts of the area speak.
    """

    unit_id: int | None
    units: int
    row_id: int | None
    own: bool
    holes: int
    split: int
    conflicts: int
    changed: int
    before: int | None
    pending: bool


class MatrixLineOut(BaseModel):
    """`minors`: how many classes the line stands for."""

    class_: WordOut = Field(serialization_alias="class")
    code: str
    major: bool
    minors: int
    cells: list[MatrixCellOut]


class MatrixUnitOut(BaseModel):
    id: int
    zh: str
    en: str


class MatrixTotals(BaseModel):
    """Over the classes and areas of this window."""

    holes: int
    conflicts: int
    changed: int


class MatrixOut(BaseModel):
    """`first`: which column of `area_count` is the first; `days`: from which the table says something else."""

    edition: str
    kind: ClassKind
    on: date
    against: date | None
    areas: list[MatrixAreaOut]
    first: int
    area_count: int
    lines: list[MatrixLineOut]
    units: list[MatrixUnitOut]
    totals: MatrixTotals
    days: list[date]


class ConflictOut(BaseModel):
    """责任冲突: rows in force for the same class and area that name different units, the one that decides first."""

    class_: WordOut = Field(serialization_alias="class")
    kind: ClassKind
    area_code: str
    area: str
    rows: list[DutyOut]


class ConflictPage(BaseModel):
    items: list[ConflictOut]
    next_cursor: str | None


def matrix_out(window: MatrixWindow, filters: MatrixFilter, days: list[date]) -> MatrixOut:
    namer = Namer()
    majors = {
        f"{one.edition}-{one.kind}-{one.code}": (one.name, one.name_en or one.name) for one in held_catalog().majors
    }
    cells = [cell for _, line in window.lines for cell in line]
    units = {unit for cell in cells for unit in (cell.unit_id, cell.before) if unit is not None}
    bodies = namer.directory.organisations
    return MatrixOut(
        edition=window.edition,
        kind=filters.kind,
        on=filters.on,
        against=filters.against,
        areas=[_area(area, namer) for area in window.areas],
        first=window.first,
        area_count=window.area_count,
        lines=[_line(line, row, window, majors) for line, row in window.lines],
        units=[MatrixUnitOut(id=unit, zh=bodies[unit].name, en=bodies[unit].name_en) for unit in sorted(units)],
        totals=MatrixTotals(
            holes=sum(cell.holes for cell in cells),
            conflicts=sum(cell.conflicts for cell in cells),
            changed=sum(cell.changed for cell in cells),
        ),
        days=days[:MOST_DAYS],
    )


def _area(area: MatrixArea, namer: Namer) -> MatrixAreaOut:
    within = namer.area_of(area.above[0]) if area.above else ""
    return MatrixAreaOut(code=area.code, name=namer.area_of(area.code), within=within)


def _line(
    line: MatrixLine, row: tuple[MatrixCell, ...], window: MatrixWindow, majors: dict[str, tuple[str, str]]
) -> MatrixLineOut:
    code = line.key.rpartition("-")[2]
    if line.is_major:
        zh, en = majors[line.key]
    else:
        entry = held_catalog().classes[line.key]
        zh, en = entry.name, entry.name_en or entry.name
    return MatrixLineOut(
        class_=WordOut(key=line.key, zh=zh, en=en),
        code=code,
        major=line.is_major,
        minors=len(line.minors),
        cells=[
            _cell(cell, pending=(code, area.code) in window.pending)
            for cell, area in zip(row, window.areas, strict=True)
        ],
    )


def _cell(cell: MatrixCell, *, pending: bool) -> MatrixCellOut:
    return MatrixCellOut.model_construct(
        unit_id=cell.unit_id,
        units=cell.units,
        row_id=cell.row_id,
        own=cell.own,
        holes=cell.holes,
        split=cell.split,
        conflicts=cell.conflicts,
        changed=cell.changed,
        before=cell.before,
        pending=pending,
    )
