"""What SQL may say of cases: no list of statuses by hand, and no look into the document of a case from outside."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.source import PACKAGE, name_of, python_files, tree_of

# `c.state->'x'`, `c.state @? …`, `jsonb_path_exists(c.state, …)`: whoever needs a value of a case gives it a column.
INSIDE = re.compile(r"\bstate\s*(?:->|#>|@\?|@@|\?)|\bjsonb_\w+\(\s*(?:\w+\.)?state\b")
BY_HAND = re.compile(r"\bstatus\s*(?:(?:NOT\s+)?IN\s*\(\s*'|(?:=|<>)\s*(?:ANY|ALL)\s*\(\s*'\{)", re.IGNORECASE)


def texts_in(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def found(pattern: re.Pattern[str], files: Iterator[Path]) -> list[str]:
    return [f"{name_of(path)}:{line}" for path in files for line, text in texts_in(path) if pattern.search(text)]


def test_nobody_but_cases_looks_into_the_document_of_a_case() -> None:
    outside = (path for path in python_files() if PACKAGE / "cases" not in path.parents)
    assert found(INSIDE, outside) == [], "give it a column in gezhi/cases/rules/columns.py"


def test_sets_of_statuses_come_from_the_table_of_stages() -> None:
    assert found(BY_HAND, iter(python_files())) == [], "take it from gezhi/cases/queries/statuses.py"


@pytest.mark.parametrize(
    ("pattern", "sql"),
    [
        (INSIDE, "SELECT (c.state->>'exempt')::boolean FROM cases_case c"),
        (INSIDE, """c.state @? '$.clocks[*] ? (@.kind == "handling")'"""),
        (INSIDE, "jsonb_array_elements(c.state -> 'assignments')"),
        (INSIDE, "jsonb_path_query_first(c.state, '$.clocks')"),
        (BY_HAND, "c.status NOT IN ('closed','voided')"),
        (BY_HAND, "status <> ALL('{closed,voided}')"),
    ],
)
def test_the_guards_see_what_they_are_for(pattern: re.Pattern[str], sql: str) -> None:
    assert pattern.search(sql)


@pytest.mark.parametrize("sql", ["o.state <> 'lifted'", "c.state::text", "c.status = 'closed'", "state IN ('waiting')"])
def test_the_guards_leave_alone_what_is_right(sql: str) -> None:
    assert not INSIDE.search(sql)
    assert not BY_HAND.search(sql)
