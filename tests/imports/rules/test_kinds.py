from __future__ import annotations

from gezhi.founding.rules.changes.planned_kinds import PLANNED
from gezhi.imports.rules.kinds import KIND_NAMES, REGISTER_NAMES, SHAPES, TABLE_OF, ImportKind


def test_every_register_that_can_be_planned_can_be_imported_under_the_same_name() -> None:
    assert set(ImportKind) == set(KIND_NAMES) == set(PLANNED) | SHAPES
    assert {kind: table.file for kind, table in TABLE_OF.items()} == {name: one.file for name, one in PLANNED.items()}


def test_every_table_that_a_cell_may_point_to_has_a_name() -> None:
    targets = {column.refers for table in TABLE_OF.values() for column in table.columns if column.refers}
    assert {"divisions.csv" if target == "places" else target for target in targets} <= set(REGISTER_NAMES)
