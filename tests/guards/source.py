"""The repository as the guards read it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gezhi"
TESTS = ROOT / "tests"


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(folder: Path = PACKAGE) -> tuple[Path, ...]:
    """Every Python file that people write below a folder: migrations are Django's."""
    return tuple(sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is or could be committed; without git (an unpacked archive) every file but the built ones."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        built = {".venv", ".git", "node_modules", ".gezhi", ".cache", "dist", "__pycache__", "test-output"}
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file() and not built & set(path.parts))
    return tuple(
        sorted(path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())
    )


def text_of(path: Path) -> str | None:
    """The text of a file; None for pictures, archives and other bytes."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
