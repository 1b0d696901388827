"""What an answer must be, and the counting of what was sent and answered."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click
from schemathesis.checks import CHECKS as KNOWN
from schemathesis.core.failures import FailureGroup

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
CRASHES = {500, 501, 502, 504}
PROGRESS_S = 30


class Tally:
    """Requests in one role: their answers, and what no description allows."""

    def __init__(self, name: str) -> None:
        self.name, self.statuses = name, Counter[int]()
        self.undocumented: list[str] = []
        self.told = time.monotonic()
        self.seconds = 0.0
        """Waited for answers."""

    @property
    def sent(self) -> int:
        return self.statuses.total()

    @property
    def crashes(self) -> int:
        return sum(count for status, count in self.statuses.items() if status in CRASHES)

    def count(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds += seconds
        if time.monotonic() - self.told > PROGRESS_S:
            self.told = time.monotonic()
            said = f"{self.sent} requests, {self.crashes} answers of 500, {len(self.undocumented)} undocumented"
            click.echo(f"{time.strftime('%H:%M:%S')} {self.name}: {said}", err=True)

    def keep(self, file: Path) -> None:
        told = {"statuses": dict(self.statuses), "undocumented": self.undocumented, "seconds": self.seconds}
        file.write_text(json.dumps(told))

    def add(self, file: Path) -> None:
        """What another process has kept of the same role."""
        told = json.loads(file.read_text())
        self.statuses.update({int(status): count for status, count in told["statuses"].items()})
        self.undocumented += told["undocumented"]
        self.seconds += told["seconds"]


def check(case: Any, answer: Any, tally: Tally, address: str) -> None:
    try:
        case.validate_response(answer, checks=[KNOWN.get_one(name) for name in CHECKS])
    except FailureGroup as group:
        kinds = ", ".join(sorted(type(one).__name__ for one in group.exceptions))
        tally.undocumented.append(f"{answer.status_code} {case.method} {address[:200]}: {kinds}")
    tally.count(answer.status_code, answer.elapsed.total_seconds())


def table(tallies: list[Tally]) -> str:
    """A line of each role: requests, how they were answered, and how long it took."""
    statuses = sorted({status for one in tallies for status in one.statuses})
    heads = ["", "requests", *map(str, statuses), "of 500", "undocumented", "seconds"]
    rows = [
        [one.name, one.sent, *(one.statuses[at] for at in statuses), one.crashes, len(one.undocumented), one.seconds]
        for one in tallies
    ]
    rows.append(["all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))])
    lines = [heads, *([f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
