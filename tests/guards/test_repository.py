"""What is committed can be cloned anywhere: no path of a machine, no index address, no heavy file, no broken link."""

from __future__ import annotations

import ast
import csv
import io
import re
from pathlib import Path

import pytest

from tests.guards.source import PACKAGE, ROOT, kept_files, name_of, text_of, tree_of

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:w[o]rk|f[a]rm|h[o]me|U[s]ers|r[o]ot)/[\w.]")
DOWNLOAD_ADDRESS = re.compile(
    r'"resolved": *"http|--(?:extra-)?index-url|^url = "http|registry ?= ?"?http', re.MULTILINE
)
MAY_BE_LARGE = {"openapi.json": "the whole API"}
LARGE_BYTES = 1_000_000
LINK = re.compile(r"\[[^\]]*\]\((?!https?://|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
PRESETS = sorted(PACKAGE.glob("**/presets/**/*.csv"))
FOUND_AND_MENDED = ("safety.md", "record.md")
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PAGES = [path for path in kept_files() if path.suffix == ".md"]


def test_no_file_holds_a_path_of_a_machine() -> None:
    wrong = [
        f"{name_of(path)}: {found[0]}"
        for path in kept_files()
        if (text := text_of(path)) and (found := MACHINE_PATH.search(text))
    ]
    assert wrong == []


def test_no_file_holds_a_download_address() -> None:
    wrong = [
        name_of(path)
        for path in kept_files()
        if path.suffix in {".json", ".txt", ".toml", ".npmrc", ".ini", ".lock"} or path.name == ".npmrc"
        if (text := text_of(path)) and DOWNLOAD_ADDRESS.search(text)
    ]
    assert wrong == []


def test_no_file_is_heavy() -> None:
    assert [
        name_of(path)
        for path in kept_files()
        if path.stat().st_size > LARGE_BYTES and name_of(path) not in MAY_BE_LARGE
    ] == []


@pytest.mark.parametrize("path", PRESETS, ids=name_of)
def test_a_preset_table_is_well_formed(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    head, *rows = list(csv.reader(io.StringIO(text), strict=True))
    assert len(set(head)) == len(head)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in head)
    assert [number for number, row in enumerate(rows, 2) if len(row) != len(head)] == []
    assert [number for number, row in enumerate(rows, 2) if any(cell != cell.strip() for cell in row)] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_link_of_a_page_leads_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


WHERE_IS = re.compile(r"^## (?:Where is…\?|在哪里？)\n(?P<table>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


SIGNPOST = re.compile(r"`((?:gezhi|web|tests|docs|packaging)/[^`]*|[A-Za-z.]+\.(?:json|toml))`")


def where_is(name: str) -> str:
    table = WHERE_IS.search((ROOT / name).read_text(encoding="utf-8"))
    assert table
    return table["table"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_where_is_leads_to_files_that_exist(name: str) -> None:
    paths = SIGNPOST.findall(where_is(name))
    assert len(paths) >= 12
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_where_is_leads_to_the_same_files_in_both_languages() -> None:
    ours, theirs = (SIGNPOST.findall(where_is(name)) for name in ("README.md", "README.zh-CN.md"))
    assert sorted(set(ours) ^ set(theirs)) == []


def test_where_is_leads_to_a_file_that_speaks_of_the_question() -> None:
    """A path that exists may still be the wrong one: question and docstring share a Chinese term."""
    strangers = {}
    for line in where_is("README.zh-CN.md").splitlines():
        for path in SIGNPOST.findall(line):
            words = re.findall(r"[\u4e00-\u9fff]+", line.split("|")[1])
            terms = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
            told = (ast.get_docstring(tree_of(ROOT / path)) or "") if path.endswith(".py") else line
            if not any(term in told for term in terms):
                strangers[path] = line
    assert strangers == {}


@pytest.mark.parametrize("page", FOUND_AND_MENDED)
def test_every_test_that_a_page_of_what_was_mended_names_exists_and_every_row_names_one(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = TEST_NAME.findall(text)
    known = {
        file: {node.name for node in tree_of(ROOT / file).body if isinstance(node, ast.FunctionDef)}
        for file in {file for file, _ in named}
    }
    assert [f"{file}::{name}" for file, name in named if name not in known[file]] == []
    rows = [
        line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| kind ", "| finding "))
    ]
    assert rows
    assert [row for row in rows if not TEST_NAME.search(row)] == []
