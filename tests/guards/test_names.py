"""One word per idea: what the glossary rules out is nobody's name, and no file is a drawer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import PACKAGE, ROOT, kept_files, name_of, nodes_of, python_files

DRAWERS = {"util", "utils", "common", "commons", "helper", "helpers", "misc", "shared", "base"}
NAMED_BY_OTHERS = {"gezhi/plumbing/postgres/base.py": "Django asks a database backend for a module of this name"}
ROW = re.compile(r"^\| (?P<zh>[^|]+) \| (?P<code>[^|]+) \| (?P<not>[^|]*) \| (?P<why>[^|]*) \|$", re.MULTILINE)
RULED_OUT = re.compile(r"\*\*`([a-z_]+)`\*\*")


def glossary() -> str:
    return (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def words_ruled_out() -> set[str]:
    """The words in bold code of the column "not": used in no name at all. Others are only wrong for that idea."""
    return {word for row in ROW.finditer(glossary()) for word in RULED_OUT.findall(row["not"])}


def names_in(path: Path) -> Iterator[tuple[int, str]]:
    """Every name that a module gives: classes, functions, parameters, attributes of classes and variables."""
    for node in nodes_of(path):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id


def words_of(name: str) -> list[str]:
    """`MonthlyForm` and `monthly_form` are both monthly, form."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def test_the_glossary_has_its_rows() -> None:
    assert len(ROW.findall(glossary())) >= 20
    assert {"ticket", "sla", "urge"} <= words_ruled_out()


def test_no_name_uses_a_word_that_the_glossary_rules_out() -> None:
    ruled_out = words_ruled_out()
    wrong = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files(PACKAGE)
        for line, name in [(1, path.stem), *names_in(path)]
        if ruled_out & set(words_of(name))
    ]
    assert wrong == []


def test_no_file_is_a_drawer() -> None:
    wrong = [
        name_of(path)
        for path in kept_files()
        if path.suffix in {".py", ".ts", ".vue", ".js"} and name_of(path).startswith(("gezhi/", "web/", "tests/"))
        if DRAWERS & {path.stem.lower(), path.parent.name.lower()} and name_of(path) not in NAMED_BY_OTHERS
    ]
    assert wrong == []
