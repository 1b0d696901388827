"""Files, functions and folders stay small enough to be read."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.guards.source import PACKAGE, ROOT, TESTS, functions_of, kept_files, name_of, python_files, tree_of

EXEMPT: dict[str, str] = {}
"""Path and reason."""
CODE_SUFFIXES = {".py", ".ts", ".vue", ".css"}
CODE_FOLDERS = ("gezhi/", "tests/", "web/", "packaging/")


def lines_of(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def ceiling_of(name: str) -> int | None:
    """The most lines that a file may have."""
    if name in EXEMPT or "/migrations/" in name or "generated" in name:
        return None
    if not name.endswith(".py"):
        return None  # data, and the front end, which measures itself: web/guards
    if name.startswith("tests/"):
        return 600
    return 250 if "/rules/" in name else 400


def test_a_file_stays_below_its_ceiling() -> None:
    names = [name_of(path) for path in kept_files() if name_of(path).startswith(CODE_FOLDERS)]
    too_long = {name: lines_of(name) for name in names if (limit := ceiling_of(name)) and lines_of(name) > limit}
    assert too_long == {}


def test_a_line_has_at_most_120_characters() -> None:
    too_long = [
        f"{name_of(path)}:{number} ({len(line)})"
        for path in python_files(PACKAGE) + python_files(TESTS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert too_long == []


def test_a_function_stays_below_its_ceiling() -> None:
    too_long = {
        f"{name_of(path)}:{node.name}": length
        for path in python_files(PACKAGE) + python_files(TESTS)
        for node in functions_of(path)
        if name_of(path) not in EXEMPT
        if (length := (node.end_lineno or 0) - node.lineno + 1) > (40 if is_strict(path.parts, path.stem) else 60)
    }
    assert too_long == {}


def is_strict(parts: tuple[str, ...], stem: str) -> bool:
    return "tests" not in parts and bool({"rules", "actions"} & {*parts, stem})


def test_a_capability_stays_below_its_ceiling() -> None:
    """Beyond it lies what is a neighbour and no part: it moves into a capability of its own."""
    lines = Counter[str]()
    for path in python_files(PACKAGE):
        if "migrations" not in path.parts:
            lines[path.relative_to(PACKAGE).parts[0]] += lines_of(name_of(path))
    assert {capability: number for capability, number in lines.items() if number > 11_500} == {}


def test_a_folder_holds_at_most_25_files_of_code() -> None:
    counted = Counter(
        name_of(path.parent)
        for path in kept_files()
        if path.suffix in CODE_SUFFIXES and path.name != "__init__.py" and name_of(path).startswith(CODE_FOLDERS)
    )
    assert {folder: number for folder, number in counted.items() if number > 25 and folder not in EXEMPT} == {}


def test_an_exemption_names_something_that_exists() -> None:
    assert [name for name in EXEMPT if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*/__init__.py")), ids=lambda path: path.parent.name)
def test_a_chapter_is_told_in_at_most_30_lines(path: Path) -> None:
    told = ast.get_docstring(tree_of(path))
    assert told
    assert len(told.splitlines()) <= 30
