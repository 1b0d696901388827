from __future__ import annotations

import pytest

from gezhi.imports.rules.heads import HEADS, ColumnsUnclear, check_columns, guess_heads, name_of, plain_head
from gezhi.imports.rules.kinds import TABLE_OF, ImportKind


def columns_of(kind: ImportKind, *heads: str, kept: dict[str, str] | None = None) -> list[str]:
    return [one.column for one in guess_heads(kind, [(1, heads)], kept or {})[1]]


@pytest.mark.parametrize("kind", list(TABLE_OF))
def test_every_column_of_a_table_has_names_and_no_two_share_the_first(kind: ImportKind) -> None:
    assert list(HEADS[kind]) == [column.name for column in TABLE_OF[kind].columns]
    assert len({name_of(kind, column)[0] for column in HEADS[kind]}) == len(HEADS[kind])


@pytest.mark.parametrize("kind", list(TABLE_OF))
def test_a_template_and_a_table_of_a_city_folder_are_known_whole(kind: ImportKind) -> None:
    columns = [column.name for column in TABLE_OF[kind].columns]
    assert columns_of(kind, *(name_of(kind, column)[0] for column in columns)) == columns
    assert columns_of(kind, *columns) == columns


@pytest.mark.parametrize(
    ("kind", "heads", "columns"),
    [
        (ImportKind.ORGANISATIONS, ("ZGBMDM", "ZGBMMC"), ["key", "name"]),
        (ImportKind.ORGANISATIONS, ("DeptCode1", "DeptName1"), ["key", "name"]),
        (ImportKind.AREA_LEVELS, ("BGCode", "管理等级代码", "ORDate", "DEDate"), ["area", "level", "from", "to"]),
        (ImportKind.DUTIES, ("类型", "SXDM", "责任主体", "备注"), ["kind", "classes", "unit", ""]),
        (ImportKind.PEOPLE, (" 工 号 ", "姓名（必填）", "ＰＨＯＮＥ", "姓名"), ["username", "", "phone", "name"]),
    ],
)
def test_heads_of_the_field_and_of_its_standards_are_known(
    kind: ImportKind, heads: tuple[str, ...], columns: list[str]
) -> None:
    assert columns_of(kind, *heads) == columns


def test_what_was_corrected_by_hand_goes_before_every_guess() -> None:
    assert columns_of(ImportKind.PEOPLE, "编号", "账号", kept={plain_head("编号"): "username"}) == ["username", ""]
    assert columns_of(ImportKind.PEOPLE, "电话", kept={plain_head("电话"): ""}) == [""]


def test_a_title_above_the_heads_is_no_head() -> None:
    rows = [(1, ("人员登记表", "")), (3, ("账号", "姓名")), (4, ("li", "李岚"))]
    number, heads = guess_heads(ImportKind.PEOPLE, rows, {})
    assert (number, [one.head for one in heads]) == (3, ["账号", "姓名"])


@pytest.mark.parametrize(
    ("columns", "named"),
    [(["username"], "姓名"), (["username", "name", "name"], "姓名"), (["username", "name", "age"], "age")],
)
def test_a_mapping_that_lacks_doubles_or_invents_a_column_is_refused(columns: list[str], named: str) -> None:
    with pytest.raises(ColumnsUnclear) as refused:
        check_columns(ImportKind.PEOPLE, columns)
    assert named in refused.value.text("zh")


def test_a_mapping_with_all_that_is_needed_is_good() -> None:
    check_columns(ImportKind.PEOPLE, ["", "username", "", "name"])
