"""What the tests of a capability may cost in CPU seconds, told at the end of every run.

Counted is what pytest and the processes below it use (served cities and browsers too), in seconds of a core, so that
it hardly depends on what else the machine does. PostgreSQL stands beside, since it runs apart. A run fails beyond
twice the budget only.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.workers import SECONDS

RULES, ACTIONS, TOLD = "rules", "actions and doors", "stories"
BUDGET: Final = {RULES: 5.0, ACTIONS: 30.0, TOLD: 30.0}
"""Of every capability that is not named below."""

EXCEPTIONS: Final = {
    ("assembly", ACTIONS): 60.0,  # 14 starts of the whole service, killed in every part
    ("cases", ACTIONS): 50.0,  # the case itself
    ("cases", TOLD): 120.0,  # the seven stages, and every kind of application to its ledger
    ("faults", ACTIONS): 90.0,  # nine kills of a served city, its connections lost, its database standing
    ("guards", ACTIONS): 40.0,  # linter and types of the whole among them
    ("proof", ACTIONS): 35.0,  # logs, rows, registers, trees and receipts, bent at every place
    ("supervision", TOLD): 45.0,  # four registers, each from the case to its end
    ("simulation", ACTIONS): 75.0,  # builds the two living cities that everybody reads, and four by command
}
"""Measured where there was more already; none of them is a model for what is new."""

STORY_OF: Final = {
    "test_amendments": "amendments",
    "test_editions": "amendments",
    "test_successions": "successions",
    "test_applications": "cases",
    "test_clock_alarm": "notices",
    "test_dispatching": "desks",
    "test_two_at_one_bench": "desks",
    "test_documents": "documents",
    "test_duty_row": "duties",
    "test_levels": "cases",
    "test_merging": "cases",
    "test_misses": "people",
    "test_first_run": "founding",
    "test_failed_inspection": "papers",
    "test_grids": "regions",
    "test_holidays": "calendars",
    "test_imports": "imports",
    "test_notices": "notices",
    "test_odd_patterns": "supervision",
    "test_officers": "people",
    "test_people": "people",
    "test_proof": "proof",
    "test_senders": "cases",
    "test_seven_stages": "cases",
    "test_shift": "desks",
    "test_sign_in": "people",
    "test_supervision": "supervision",
}
TELL_FROM, KEEP_FROM = 0.1, 2.0
TICK: Final = os.sysconf("SC_CLK_TCK")

Part = tuple[str, str]


def part_of(module: str) -> Part:
    """The capability and the kind of test: ("cases", "rules")."""
    capability, *inner = module.removeprefix("tests/").split("/")
    if capability == "stories":
        return STORY_OF.get(Path(module).stem, Path(module).stem), TOLD
    return capability, RULES if inner[:1] == ["rules"] or capability == "kernel" else ACTIONS


def budget_of(part: Part) -> float:
    return EXCEPTIONS.get(part, BUDGET[part[1]])


def used() -> float:
    """CPU seconds of this process and of all below it, those that have ended included."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + sum(map(_used_by, _below(os.getpid())))


def _below(pid: int) -> Iterator[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(word) for thread in threads for word in (thread / "children").read_text().split()]
    except OSError:  # it has just ended, or the system has no /proc
        return
    for child in children:
        yield child
        yield from _below(child)


def _used_by(pid: int) -> float:
    """With the children that it has waited for."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(word) for word in words[11:15]) / TICK


def used_by_database(data: Path) -> float:
    """CPU seconds of a PostgreSQL whose data lie here: its processes end as children of the first."""
    try:
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
    except OSError:
        return 0.0
    return _used_by(postmaster) + sum(map(_used_by, _below(postmaster)))


class Budget:
    """The plugin: every process adds up by module; workers hand theirs to the one who tells."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.by_module: dict[str, float] = defaultdict(float)
        self.database = 0.0
        self.begun = time.monotonic()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        before = used()
        try:
            return (yield)
        finally:
            self.by_module[item.nodeid.partition("::")[0]] += max(0.0, used() - before)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        from django.conf import settings

        from gezhi.plumbing.gateways.places import places_of

        self.database += used_by_database(places_of(settings.GEZHI_HOME).data)
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["cpu"] = [dict(self.by_module), self.database]
        elif self.over():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        by_module, database = getattr(node, "workeroutput", {}).get("cpu", ({}, 0.0))
        for module, seconds in by_module.items():
            self.by_module[module] += seconds
        self.database += database

    def by_part(self) -> dict[Part, float]:
        parts: dict[Part, float] = defaultdict(float)
        for module, seconds in self.by_module.items():
            parts[part_of(module)] += seconds
        return parts

    def over(self) -> list[Part]:
        return sorted(part for part, seconds in self.by_part().items() if seconds > 2 * budget_of(part))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        parts = self.by_part()
        capabilities = sorted({capability for (capability, _), seconds in parts.items() if seconds >= TELL_FROM})
        if not capabilities:
            return
        tell = terminalreporter.write_line
        terminalreporter.section("CPU seconds of their budget")
        tell(" " * 16 + "".join(f"{kind:>20}" for kind in BUDGET))
        for capability in capabilities:
            cells = [(parts.get((capability, kind)), budget_of((capability, kind))) for kind in BUDGET]
            tell(f"{capability:<16}" + "".join(f"{_cell(*cell):>20}" for cell in cells))
        wall = time.monotonic() - self.begun
        tell(f"all {sum(parts.values()):.0f}, and PostgreSQL {self.database:.0f}, in {wall:.0f} s of the clock")
        for capability, kind in self.over():
            tell(f"over twice the budget: {capability}, {kind}", red=True)
        if self.config.getoption("note_seconds"):
            kept = {module: round(seconds) for module, seconds in sorted(self.by_module.items()) if seconds > KEEP_FROM}
            SECONDS.write_text(json.dumps(kept, indent=1) + "\n")


def _cell(seconds: float | None, budget: float) -> str:
    return "" if seconds is None else f"{seconds:.1f} of {budget:.0f}"
