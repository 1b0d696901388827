"""逐行比较: what the rows of a file change in the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.compare_cells import Comparison, compare
from gezhi.founding.rules.changes.plan import Act, Cell, KindPlan, KindTotals, PlannedRow, Side
from gezhi.founding.rules.changes.planned_kinds import (
    FIRST,
    LAST,
    Applied,
    PlannedKind,
    Standing,
    base_key,
    row_key,
    text_of,
)
from gezhi.founding.rules.changes.rows_beside import rows_beside
from gezhi.founding.rules.findings import Findings

DAY = timedelta(days=1)


class Planner:
    """Plans one kind. `rows` are single ones (`single_rows`); findings name their numbers in the file."""

    def __init__(
        self,
        kind: PlannedKind,
        standing: Sequence[Standing],
        applied: Sequence[Applied],
        *,
        on: date,
        findings: Findings,
        take: Side | None = None,
    ) -> None:
        self._kind, self._on, self._findings, self._take = kind, on, findings, take
        self._applied = {one.key: one for one in applied}
        self._by_entity = {one.entity: one for one in standing}
        self._by_key: dict[str, list[Standing]] = defaultdict(list)
        for one in sorted(standing, key=lambda one: one.first):
            self._by_key[one.key].append(one)
        self._claimed: set[int] = set()
        self._planned: list[PlannedRow] = []
        self._count = dict.fromkeys(KindTotals.__struct_fields__, 0)

    def plan(self, rows: Sequence[Row], *, complete: bool) -> KindPlan:
        told = [self._plan_row(row) for row in rows]
        if complete and rows:
            told += self._left_out({one.key for one in told})
        if self._kind.whole_of:
            told += self._end_beside(rows)
        here = [one for one in self._by_entity.values() if one.last is None or one.last >= self._on]
        self._count["only_here"] = sum(one.entity not in self._claimed for one in here)
        return KindPlan(
            name=self._kind.name, totals=KindTotals(**self._count), rows=tuple(self._planned), told=tuple(told)
        )

    def _plan_row(self, row: Row) -> Applied:
        key = row_key(self._kind, row)
        before, standing = self._applied.get(key), self._standing_of(key, row)
        told = self._told(key, row, before, standing)
        if standing is None:
            self._add(key, row)
            return told
        self._claimed.add(standing.entity)
        if before is not None and before.withdrawn and not self._kind.dated:
            self._find("key.ended", row, value=key, last=standing.last)
            return before
        compared = compare(self._kind, row, before, standing)
        if self._has_ended(standing):
            self._plan_ended(key, row, before, standing, compared)
        else:
            self._plan_standing(key, row, standing, compared)
        return told

    def _standing_of(self, key: str, row: Row) -> Standing | None:
        """The row of the register that a row of the file means: the one it was last, else by its key and day."""
        before = self._applied.get(key)
        if before is not None and before.entity in self._by_entity and not (self._kind.dated and before.withdrawn):
            return self._by_entity[before.entity]
        same = self._by_key.get(base_key(self._kind, row), [])
        if not self._kind.dated:
            return same[-1] if same else None
        if row[FIRST]:
            return next((one for one in same if one.first == row[FIRST]), None)
        return next((one for one in reversed(same) if one.first <= self._on and not self._has_ended(one)), None)

    def _has_ended(self, standing: Standing) -> bool:
        return standing.last is not None and standing.last < self._on

    def _told(self, key: str, row: Row, before: Applied | None, standing: Standing | None) -> Applied:
        """What is remembered of a row: what it says, and of what it leaves open what stood when it was first told."""
        values = {name: text_of(row[name]) for name in self._kind.compared if row[name] not in (None, "", ())}
        if before is not None:
            values = {**before.values, **values}
        elif standing is not None:
            open_ = [name for name in self._kind.compared if name not in values and name not in self._kind.lists]
            values.update({name: standing.text(name) for name in open_})
        return Applied(key=key, values=values, entity=standing.entity if standing else 0)

    def _add(self, key: str, row: Row) -> None:
        on = row.values.get(FIRST) or self._on
        cells = tuple(Cell(name, "", text_of(row[name])) for name in self._kind.compared if row[name])
        self._put(key, Act.ADD, on, cells, row, 0, {**row.values, FIRST: on})

    def _plan_ended(self, key: str, row: Row, before: Applied | None, standing: Standing, compared: Comparison) -> None:
        """The row of the register has ended. Told again as it was, it stays ended; told anew, it is another row."""
        same_end = row.values.get(LAST) == standing.last
        if before is not None and not compared.changed and not compared.asked:
            self._count["equal" if same_end else "kept"] += 1
            if not same_end:
                self._find("change.kept", row, column=LAST, value=base_key(self._kind, row), here=standing.last)
        elif same_end:
            self._count["equal"] += 1
        elif self._kind.dated:
            self._add(key, row)
        else:
            self._find("key.ended", row, value=key, last=standing.last)

    def _plan_standing(self, key: str, row: Row, standing: Standing, compared: Comparison) -> None:
        changed = [*compared.changed, *self._answered(row, compared.asked)]
        for cell in compared.kept:
            self._find("change.kept", row, column=cell.column, value=cell.new, here=cell.old)
        self._count["kept"] += bool(compared.kept)
        refused = [cell for cell in changed if cell.column not in self._kind.changing]
        for cell in refused:
            self._find("change.refused", row, column=cell.column, value=cell.new, here=cell.old)
        if not changed and not compared.kept and not compared.asked:
            self._count["equal"] += 1
        if refused or not changed:
            return
        for cell in changed if self._kind.ends else ():
            if cell.column == "name":
                self._find("name.changed", row, column="name", value=cell.new, here=cell.old, key=key)
        together = self._kind.dated and len(changed) > 1
        ending = [] if together else [cell for cell in changed if cell.column == LAST]
        if changed := [cell for cell in changed if cell not in ending]:
            self._change(key, row, standing, changed)
        if ending:
            self._put(key, Act.END, row[LAST], tuple(ending), row, standing.entity, standing.values)

    def _change(self, key: str, row: Row, standing: Standing, changed: Sequence[Cell]) -> None:
        values = {**standing.values, **{cell.column: row[cell.column] for cell in changed}}
        values |= {name: tuple(cell.new.split()) for cell in changed if (name := cell.column) in self._kind.lists}
        on = self._day_of_change(row, standing)
        self._put(key, Act.CHANGE, on, tuple(changed), row, standing.entity, {**values, FIRST: on})

    def _answered(self, row: Row, asked: Sequence[tuple[Cell, str]]) -> list[Cell]:
        """What was changed on both sides, where the file is to count."""
        if self._take is None:
            for cell, last in asked:
                self._find("change.asked", row, column=cell.column, value=cell.new, here=cell.old, last=last)
            self._count["asked"] += bool(asked)
            return []
        self._count["kept"] += bool(asked) and self._take is Side.SYSTEM
        return [cell for cell, _ in asked] if self._take is Side.FILE else []

    def _day_of_change(self, row: Row, standing: Standing) -> date:
        """Not in the past, and of a dated row not before it has stood for a day."""
        on = max(row.values.get(FIRST) or self._on, self._on)
        return max(on, standing.first + DAY) if self._kind.dated else on

    def _left_out(self, told: Collection[str]) -> list[Applied]:
        """Rows that the file had and has no longer end. Those made in the system stay."""
        ended: list[Applied] = []
        for key, before in self._applied.items():
            standing = self._by_entity.get(before.entity)
            if key in told or before.withdrawn or standing is None or standing.entity in self._claimed:
                continue
            if self._has_ended(standing):
                continue
            self._claimed.add(standing.entity)
            last = max(self._on - DAY, standing.first)
            cells = (Cell(LAST, standing.text(LAST), last.isoformat()),)
            self._put(key, Act.END, last, cells, None, standing.entity, standing.values)
            ended.append(msgspec.structs.replace(before, withdrawn=True))
        return ended

    def _end_beside(self, rows: Sequence[Row]) -> list[Applied]:
        """What stands beside the rows of a file, of what the file names whole, ends."""
        told = {one.entity: one for one in self._applied.values()}
        here = [one for one in self._by_entity.values() if one.entity not in self._claimed]
        ended: list[Applied] = []
        for standing, last in rows_beside(self._kind, rows, self._planned, here, on=self._on):
            self._claimed.add(standing.entity)
            if standing.last is None or last < standing.last:
                cells = (Cell(LAST, standing.text(LAST), last.isoformat()),)
                self._put(standing.key, Act.END, last, cells, None, standing.entity, standing.values)
            if standing.entity in told:
                ended.append(msgspec.structs.replace(told[standing.entity], withdrawn=True))
        return ended

    def _put(
        self,
        key: str,
        act: Act,
        on: date,
        cells: tuple[Cell, ...],
        row: Row | None,
        entity: int,
        values: Mapping[str, Any],
    ) -> None:
        self._count[f"{act.value}s"] += 1
        number = row.number if row else 0
        self._planned.append(
            PlannedRow(
                kind=self._kind.name,
                key=key,
                act=act,
                on=on,
                cells=cells,
                number=number,
                entity=entity,
                row=Row(number, dict(values)),
            )
        )

    def _find(self, code: str, row: Row, **told: Any) -> None:
        self._findings.add(code, self._kind.file, row=row.number, **told)
