from __future__ import annotations

from typing import Any

import pytest

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.compare_cells import compare
from gezhi.founding.rules.changes.plan import Cell
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Applied, Standing
from tests.founding.folders import TODAY

KIND = PLANNED["people"]
EMPTY: dict[str, Any] = {one.name: "" for one in KIND.table.columns} | {"posts": (), "from": None, "to": None}


def compared(told: str, here: str, last: str | None, column: str = "name") -> list[str]:
    def value(text: str) -> Any:
        return tuple(text.split()) if column == "posts" else text

    row = Row(2, {**EMPTY, "username": "lilan", column: value(told)})
    standing = Standing(key="lilan", values={**EMPTY, column: value(here)}, first=TODAY)
    before = None if last is None else Applied(key="lilan", values={column: last})
    found = compare(KIND, row, before, standing)
    return [name for name in ("changed", "kept", "asked") if getattr(found, name)]


@pytest.mark.parametrize(
    ("told", "here", "last", "expected"),
    [
        ("李岚", "李岚", None, []),
        ("李兰", "李岚", None, ["changed"]),
        ("李兰", "李岚", "李岚", ["changed"]),
        ("李岚", "李兰", "李岚", ["kept"]),
        ("李澜", "李兰", "李岚", ["asked"]),
        ("", "李岚", None, []),
    ],
)
def test_a_cell_is_changed_kept_or_asked_by_who_changed_it(
    told: str, here: str, last: str | None, expected: list[str]
) -> None:
    assert compared(told, here, last) == expected


def test_of_several_what_the_file_lost_goes_and_what_the_register_gained_stays() -> None:
    assert compared("a c", "a b", "a", "posts") == ["changed"]
    row = Row(2, {**EMPTY, "posts": ("a", "c")})
    standing = Standing(key="lilan", values={**EMPTY, "posts": ("a", "b")}, first=TODAY)
    before = Applied(key="lilan", values={"posts": "a"})
    assert compare(KIND, row, before, standing).changed == [Cell("posts", "a b", "a b c")]
    assert compared("a", "a b", "a", "posts") == ["kept"]
