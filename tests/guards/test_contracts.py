"""The import contracts hold, and each of them bites when somebody breaks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.source import PACKAGE, ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def broken_contracts(folder: Path) -> dict[str, str]:
    """The contracts that fail in a copy of the repository, each with what import-linter says of it."""
    run = subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    text = run.stdout + run.stderr
    assert "Contracts:" in text, text
    broken = re.findall(r"^([a-z-]+): .* BROKEN", text, re.MULTILINE)
    return {word: text.split("Broken contracts")[-1].split(f"\n{word}: ", 1)[-1] for word in broken}


def test_every_contract_holds() -> None:
    broken = broken_contracts(ROOT)
    assert not broken, "\n".join(broken.values())


def plant(folder: Path, file: str, line: str) -> None:
    """Add a line to a module, as a file or as a folder of that name."""
    path = folder / "gezhi" / f"{file}.py"
    if path.with_suffix("").is_dir():
        path = path.with_suffix("") / "__init__.py"
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


VIOLATIONS = {
    "an upward import": ("kernel/places", "import gezhi.cases.rules", "tiers"),
    "an import between siblings": ("regions/rules", "import gezhi.calendars", "tiers"),
    "a capability without a tier": ("novelty/__init__", "", "tiers"),
    "a utils.py": ("cases/utils", "", "inside"),
    "a table in a rule": ("cases/rules", "import gezhi.cases.models", "inside"),
    "Django in a rule": ("cases/rules", "from django.db import models", "pure"),
    "chance in a rule": ("cases/rules", "import random", "pure"),
    "a clock in the kernel": ("kernel/places", "import time", "pure"),
    "a door opened from inside": ("cases/queries", "import gezhi.people.api", "doors"),
    "a table of others in an action": ("cases/actions", "import gezhi.people.models", "tables"),
    "a table in a door": ("people/api", "import gezhi.people.models", "tables-in-doors"),
    "a shape of others in an action": ("cases/actions", "import gezhi.people.shapes", "shapes"),
    "a shape in a query": ("cases/queries", "import gezhi.cases.shapes", "inside"),
    "an outside call in an action": ("cases/actions", "import gezhi.cases.gateways", "inside-calls"),
    "the network in an action": ("cases/actions", "import httpx", "inside-calls"),
    "a query that writes": ("cases/queries", "import gezhi.cases.actions", "reading"),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of a copy of the package in which every violation is planted."""
    folder = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(PACKAGE, folder / "gezhi", ignore=shutil.ignore_patterns("__pycache__", "presets", "faces"))
    shutil.copy(ROOT / ".importlinter", folder)
    for module in ("cases/gateways", "cases/models", "cases/queries", "cases/actions", "people/models", "people/api"):
        plant(folder, module, "")
    for file, line, _ in VIOLATIONS.values():
        plant(folder, file, line)
    return broken_contracts(folder)


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(spoilt: dict[str, str], violation: str) -> None:
    file, line, contract = VIOLATIONS[violation]
    module = f"gezhi.{file.replace('/', '.')}".removesuffix(".__init__")
    imported = line.split()[1:2]
    said = f"{module} -> {imported[0].removesuffix('.db')}" if imported else module.rsplit(".", 1)[-1]
    assert said in spoilt.get(contract, "")
