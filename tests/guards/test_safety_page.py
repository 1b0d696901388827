"""The page that says which test holds what was mended names no test that does not exist."""

from __future__ import annotations

import ast
import re
from typing import Final

from tests.guards.source import ROOT, tree_of

PAGE: Final = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
NAMED: Final = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)
ROWS: Final = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| kind ")]


def test_every_test_that_is_named_exists() -> None:
    known = {
        file: {node.name for node in tree_of(ROOT / file).body if isinstance(node, ast.FunctionDef)}
        for file in {file for file, _ in NAMED}
    }
    assert [f"{file}::{name}" for file, name in NAMED if name not in known[file]] == []


def test_every_row_names_a_test() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if "::test_" not in row] == []
