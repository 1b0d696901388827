"""What gives a second opinion shares nothing with the product: the standard library, and no word of `gezhi`."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.guards.source import TESTS, tree_of

PROGRAMS = ("verify_log", "verify_proof", "verify_tables", "recompute", "recompute_figures")
VERIFIERS = [TESTS / "independent" / f"{name}.py" for name in PROGRAMS]


@pytest.mark.parametrize("verifier", VERIFIERS, ids=lambda path: path.stem)
def test_the_independent_verifier_imports_the_standard_library_only(verifier: Path) -> None:
    imported = set()
    for node in ast.walk(tree_of(verifier)):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add((node.module or "").partition(".")[0])
    assert "json" in imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("verifier", VERIFIERS, ids=lambda path: path.stem)
def test_the_independent_verifier_loads_nothing_behind_its_imports(verifier: Path) -> None:
    called = {node.id for node in ast.walk(tree_of(verifier)) if isinstance(node, ast.Name)}
    assert called.isdisjoint({"__import__", "import_module", "importlib", "exec", "eval"})
