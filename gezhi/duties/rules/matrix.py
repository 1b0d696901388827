"""责任清单矩阵: classes × areas, each cell with the unit that answers, by which row, and what is wrong there.

A line is one minor class, or a major class with all of its minors; a cell says the same of both. It answers like
`find_row`, cell by cell and thousands at a time; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import msgspec

from gezhi.duties.rules.assign_unit import Areas, DutyTable, Slot, is_in_force
from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, DutyRowData
from gezhi.kernel.problems import Problem

DAY = timedelta(days=1)


class OtherEditionThen(Problem):
    code = "duties.matrix.other-edition"
    status = 422
    title = "{on} 施行目录 {edition} 版，{against} 施行 {other} 版，类别不能逐一对照，请改选同一版本施行期间的日期。"
    title_en = (
        "Edition {edition} is in force on {on} and {other} on {against}, whose classes are not the same; choose a day"
        " of the same edition."
    )


class MatrixArea(msgspec.Struct, frozen=True):
    """A column. `above`: the regions that contain it, the nearest first."""

    code: str
    above: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return self.code, *self.above, WHOLE_NODE


class MatrixLine(msgspec.Struct, frozen=True):
    """A line: a class, or a major class with those of its minors that are in use."""

    key: str
    minors: tuple[str, ...]

    @property
    def is_major(self) -> bool:
        return self.minors != (self.key,)


class MatrixCell(msgspec.Struct, frozen=True):
    """Over all classes of the line: the unit where it is one and the same, else how many there are; the row where the
    line is one class. `own`: some row speaks for this very area and no wider class; `holes`: classes without a unit;
    `split`: classes of which only rows for parts of the area speak;
    `conflicts`: classes whose strongest rows name different units; `changed`: classes with another unit on the day
    compared with, of which `before` is the unit if there was one.
    """

    unit_id: int | None = None
    units: int = 0
    row_id: int | None = None
    own: bool = False
    holes: int = 0
    split: int = 0
    conflicts: int = 0
    changed: int = 0
    before: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """The row that decides, and whether another of the same class and area names another unit on that day."""

    row: DutyRowData
    contested: bool


class Conflict(msgspec.Struct, frozen=True):
    """责任冲突: rows in force for the same class and area that name different units, the one that decides first."""

    rows: tuple[DutyRowData, ...]


def answer_of(held: Sequence[Areas], codes: Sequence[str], on: date) -> Answer | None:
    """`held`: what stands for the class, its major class and all classes (`DutyTable.areas_of`)."""
    for areas in held:
        for code in codes:
            rows = areas.get(code)
            if rows is None:
                continue
            best: DutyRowData | None = None
            for row in rows:
                if not is_in_force(row, on):
                    continue
                if best is None:
                    best = row
                elif row.unit_id != best.unit_id:
                    return Answer(best, contested=True)
            if best is not None:
                return Answer(best, contested=False)
    return None


def matrix_cells(
    table: DutyTable, line: MatrixLine, areas: Sequence[MatrixArea], *, on: date, against: date | None = None
) -> tuple[MatrixCell, ...]:
    """The cells of a line; with `against` what has changed since (or until) that day."""
    held = [table.areas_of(key) for key in line.minors]
    return tuple(_cell(table, line, held, area, on, against) for area in areas)


def _cell(
    table: DutyTable,
    line: MatrixLine,
    held: Sequence[tuple[Areas, ...]],
    area: MatrixArea,
    on: date,
    against: date | None,
) -> MatrixCell:
    codes, units, before = area.codes, set[int](), set[int]()
    holes = split = conflicts = changed = 0
    own, row_id = False, None
    selectors = {key.rpartition("-")[2] for key in line.minors} | {line.key.rpartition("-")[2]}
    for key, one in zip(line.minors, held, strict=True):
        answer = answer_of(one, codes, on)
        if answer is None and any(is_in_force(row, on) for row in table.parts_of(key, area.code)):
            split += 1
        elif answer is None:
            holes += 1
        else:
            row, row_id = answer.row, answer.row.row_id
            units.add(row.unit_id)
            conflicts += answer.contested
            own = own or (row.area_code == area.code and row.selector in selectors)
        if against is not None:
            old, now = answer_of(one, codes, against), None if answer is None else answer.row.unit_id
            was = None if old is None else old.row.unit_id
            if was != now:
                changed += 1
                before |= {was} if was is not None else set()
    return MatrixCell(
        unit_id=next(iter(units)) if len(units) == 1 else None,
        units=len(units),
        row_id=row_id if len(held) == 1 else None,
        own=own,
        holes=holes,
        split=split,
        conflicts=conflicts,
        changed=changed,
        before=next(iter(before)) if len(before) == 1 else None,
    )


def may_answer(spoken_for: Collection[str], area: MatrixArea) -> bool:
    """Whether a unit with rows for these areas can answer in this one at all."""
    return any(code in spoken_for for code in area.codes)


def speaks_for(slots: Collection[Slot], class_key: str) -> bool:
    """Whether a unit with rows for these classes can answer for this one at all."""
    edition, kind, code = class_key.split("-")
    return any((edition, kind, selector) in slots for selector in (code, code[:2], EVERY_CLASS))


def check_comparable(edition: str, other: str, on: date, against: date) -> None:
    if edition != other:
        raise OtherEditionThen(field="against", on=on, edition=edition, against=against, other=other)


def find_conflicts(table: DutyTable, *, on: date) -> list[Conflict]:
    """Every class and area whose rows in force name different units, in the order of edition, kind, class and area."""
    conflicts: list[Conflict] = []
    for slot, area in sorted(table.shared):
        rows = tuple(row for row in table.areas_by_slot[slot][area] if is_in_force(row, on))
        if len({row.unit_id for row in rows}) > 1:
            conflicts.append(Conflict(rows))
    return conflicts


def days_of_change(table: DutyTable) -> list[date]:
    """Every day from which the table says something else, the latest first."""
    return sorted(table.starts | {last + DAY for last in table.ends if last < date.max}, reverse=True)
