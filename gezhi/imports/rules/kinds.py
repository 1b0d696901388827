"""导入类别: the registers that are imported and exported as tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from gezhi.founding.rules import tables
from gezhi.founding.rules.tables import IMPORTED, Table


class ImportKind(StrEnum):
    ORGANISATIONS = "organisations"
    POSTS = "posts"
    PEOPLE = "people"
    OFFICERS = "officers"
    DUTIES = "duties"
    AREA_LEVELS = "area_levels"
    HOLIDAYS = "holidays"
    STANDARD_ROWS = "standard_rows"
    GRIDS = "grids"


KIND_NAMES: Final[dict[ImportKind, tuple[str, str]]] = {
    ImportKind.ORGANISATIONS: ("机构", "Organisations"),
    ImportKind.POSTS: ("岗位", "Posts"),
    ImportKind.PEOPLE: ("人员", "People"),
    ImportKind.OFFICERS: ("机构责任人", "Officers of organisations"),
    ImportKind.DUTIES: ("责任清单", "Duty table"),
    ImportKind.AREA_LEVELS: ("区域等级", "Area levels"),
    ImportKind.HOLIDAYS: ("节假日", "Holidays"),
    ImportKind.STANDARD_ROWS: ("立案结案规范", "Standard of filing and closing"),
    ImportKind.GRIDS: ("单元网格", "Unit grids"),
}

TABLE_OF: Final[dict[ImportKind, Table]] = {
    ImportKind(table.file.removesuffix(".csv")): table
    for table in IMPORTED
    if table.file.removesuffix(".csv") in set(ImportKind)
}
SHAPES: Final = frozenset({ImportKind.GRIDS})
"""What comes as a file of shapes; all others are tables."""
KIND_OF_FILE: Final = {table.file: kind for kind, table in TABLE_OF.items()}

REGISTER_NAMES: Final[dict[str, tuple[str, str]]] = {
    **{table.file: KIND_NAMES[kind] for kind, table in TABLE_OF.items()},
    tables.DIVISIONS: ("区划和单元网格", "Divisions and unit grids"),
    tables.CALENDARS: ("工作日历", "Calendars"),
}
"""What the check calls each table that a cell may point to."""
