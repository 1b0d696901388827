"""检查结果: findings of the check of tables, in the words of the file that somebody sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.ground import GRIDS
from gezhi.imports.rules.heads import OF_SHAPES, Head, name_of
from gezhi.imports.rules.kinds import REGISTER_NAMES, TABLE_OF, ImportKind
from gezhi.imports.rules.words import WORDS

CHOOSE: Final = {
    "zh": "在“列对应”中选择以文件为准或以系统为准，再重新检查",
    "en": "choose under “Columns” which side counts, and check again",
}


class ToldFindings(Findings):
    """Only what the file itself says wrongly, with its own heads and the names of registers in place of ours."""

    def __init__(self, kind: ImportKind, heads: Sequence[Head]) -> None:
        super().__init__()
        self._kind, self._file = kind, TABLE_OF[kind].file
        self._heads = {one.column: one.head for one in heads if one.column}

    def add(
        self, code: str, file: str, *, row: int | None = None, column: str = "", value: object = "", **details: object
    ) -> None:
        if file != self._file:
            return
        if code == "cell.unknown-word" and column in WORDS[self._kind]:
            details["known"] = "、".join(names[0] for names in WORDS[self._kind][column].values())
        if "target" in details:
            details["target"] = REGISTER_NAMES.get(str(details["target"]), (str(details["target"]),))[0]
        super().add(code, file, row=row or None, column=self._head(column), value=value, **details)
        if code == "change.asked" and self._samples[-1].code == code:
            self._samples[-1] = msgspec.structs.replace(self._samples[-1], cure=CHOOSE)

    def _head(self, column: str) -> str:
        known = {one.name for one in TABLE_OF[self._kind].columns}
        return self._heads.get(column) or (name_of(self._kind, column)[0] if column in known else column)


GRID_FILE: Final = GRIDS
STATE: Final = {
    "zh": "在“坐标系和启用日期”中指定坐标系，再重新检查；须有转换参数的，转换为 CGCS2000 后重新上传",
    "en": "state the system under “Coordinate system and first day” and check again; what needs parameters is "
    "converted to CGCS2000 and sent again",
}
OF_SYSTEM: Final = frozenset({"shape.no-system", "shape.unknown-system", "shape.other-system", "shape.shifted"})
NOT_TOLD: Final = frozenset({"community.without-grid"})
"""An increment has only some communities."""


class GridFindings(Findings):
    """What a file of unit grids says wrongly, with the names of columns and registers in place of ours."""

    def add(
        self, code: str, file: str, *, row: int | None = None, column: str = "", value: object = "", **details: object
    ) -> None:
        if code in NOT_TOLD:
            return
        if "target" in details:
            details["target"] = REGISTER_NAMES.get(str(details["target"]), (str(details["target"]),))[0]
        named = OF_SHAPES[column][0] if column in OF_SHAPES else column
        super().add(code, file, row=row or None, column=named, value=value, **details)
        if code in OF_SYSTEM and self._samples[-1].code == code:
            self._samples[-1] = msgspec.structs.replace(self._samples[-1], cure=STATE)
