from __future__ import annotations

import pytest

from gezhi.founding.rules.csv_rows import Unreadable, rows_of


def test_rows_have_the_numbers_that_an_editor_shows() -> None:
    text = 'key,name\n\na,"one\ntwo"\n , \nb, x \r\n\r\nc,"y ""z"""\n'
    assert list(rows_of(text)) == [
        (1, ["key", "name"]),
        (3, ["a", "one\ntwo"]),
        (6, ["b", "x"]),
        (8, ["c", 'y "z"']),
    ]


@pytest.mark.parametrize("text", ['a,b\n"1,2\n', 'a,b\n"1"x,2\n'])
def test_quotes_that_do_not_close_are_told_with_the_row_where_they_open(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(rows_of(text))
    assert refused.value.details["row"] == 2


def test_nothing_has_no_rows() -> None:
    assert list(rows_of("")) == []
    assert list(rows_of("\n\n ,, \n")) == []
