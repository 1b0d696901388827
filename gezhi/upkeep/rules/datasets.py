"""基础数据: what is kept current and in what time it is looked at again."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Dataset(StrEnum):
    BASE_MAP = "base-map"
    DIVISIONS = "divisions"
    UNIT_GRIDS = "unit-grids"
    CLASSES = "classes"
    DUTIES = "duties"
    CALENDARS = "calendars"


DATASET_NAMES: dict[Dataset, tuple[str, str]] = {
    Dataset.BASE_MAP: ("地理底图与区划边界", "Base map and borders"),
    Dataset.DIVISIONS: ("行政区划", "Divisions"),
    Dataset.UNIT_GRIDS: ("单元网格", "Unit grids"),
    Dataset.CLASSES: ("部件事件分类与立案条件", "Classes and filing rows"),
    Dataset.DUTIES: ("部件事件责任清单", "Duty table"),
    Dataset.CALENDARS: ("节假日与调休安排", "Public holidays"),
}


class Cycle(msgspec.Struct, frozen=True):
    """更新周期 in months. What a notice settles for each year (`by_year`) is due in December and is not surveyed."""

    months: int = 12
    by_year: bool = False


CYCLES: dict[Dataset, Cycle] = {
    **dict.fromkeys(Dataset, Cycle()),
    Dataset.BASE_MAP: Cycle(months=24),
    Dataset.CALENDARS: Cycle(by_year=True),
}
