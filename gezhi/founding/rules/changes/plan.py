"""变更计划: what a file changes in the registers, row by row, and what stands in the way."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256

import msgspec

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.planned_kinds import Applied
from gezhi.founding.rules.findings import Report


class Act(StrEnum):
    ADD = "add"
    CHANGE = "change"
    END = "end"


class Side(StrEnum):
    """Which side counts where both were changed."""

    FILE = "file"
    SYSTEM = "system"


class Cell(msgspec.Struct, frozen=True):
    column: str
    old: str
    new: str


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One change. `on`: the first day of what is added or changed, or the last one of what ends. `number`: the row in
    the file; 0 where it is absent there. `row`: the whole row as it is to be.
    """

    kind: str
    key: str
    act: Act
    on: date
    cells: tuple[Cell, ...]
    number: int = 0
    entity: int = 0
    row: Row | None = None


class KindTotals(msgspec.Struct, frozen=True, kw_only=True):
    """`kept`: told otherwise by the register than by the file; `asked`: changed on both sides; `only_here`: rows that
    no file has told.
    """

    adds: int = 0
    changes: int = 0
    ends: int = 0
    equal: int = 0
    kept: int = 0
    asked: int = 0
    only_here: int = 0


class KindPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of one kind, and what to remember of every row of the file."""

    name: str
    totals: KindTotals
    rows: tuple[PlannedRow, ...]
    told: tuple[Applied, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that would change on a day. `basis` names the state of the registers that it was made on."""

    on: date
    kinds: tuple[KindPlan, ...]
    report: Report
    basis: str = ""

    @property
    def rows(self) -> tuple[PlannedRow, ...]:
        return tuple(row for kind in self.kinds for row in kind.rows)

    @property
    def kept(self) -> int:
        """Rows that the registers have otherwise than the file, and keep."""
        return sum(kind.totals.kept for kind in self.kinds)

    @property
    def digest(self) -> str:
        """The same for the same changes of the same registers: who has looked at one plan applies no other."""
        content = [self.on, self.basis, [(row.kind, row.key, row.act, row.on, row.cells) for row in self.rows]]
        return sha256(msgspec.json.encode(content)).hexdigest()
