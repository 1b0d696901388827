from __future__ import annotations

from gezhi.imports.rules.heads import Head
from gezhi.imports.rules.kinds import ImportKind
from gezhi.imports.rules.table_lines import taken_lines

HEADS = [Head("工号", "username"), Head("备注"), Head("姓名", "name"), Head("岗位", "posts"), Head("语言", "language")]


def taken(*lines: tuple[int, list[str]]) -> list[tuple[int, list[str]]]:
    return list(taken_lines(ImportKind.PEOPLE, lines, 2, HEADS))


def test_columns_that_are_taken_come_under_the_names_of_the_table_and_rows_keep_their_numbers() -> None:
    lines = taken(
        (1, ["人员表"]),
        (2, ["工号", "备注", "姓名", "岗位", "语言"]),
        (4, ["li", "新", "李岚", "a、b， c;d", "中文"]),
    )
    assert lines == [(2, ["username", "name", "posts", "language"]), (4, ["li", "李岚", "a b c d", "zh"])]


def test_a_row_with_nothing_but_a_remark_is_left_out_and_a_short_one_is_filled_up() -> None:
    assert taken((2, []), (3, ["", "小计", ""]), (5, ["li"])) == [
        (2, ["username", "name", "posts", "language"]),
        (5, ["li", "", "", ""]),
    ]
