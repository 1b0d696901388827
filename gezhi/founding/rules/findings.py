"""检查结果: what is wrong with a city folder, by file, row and column, and what to do about it.

Totals are exact. Of one kind at most `MOST_SAMPLES` are kept, so that half a million of one hide no other.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from gezhi.founding.rules.changes.difference_kinds import DIFFERENCES
from gezhi.founding.rules.files.file_kinds import FILE_KINDS
from gezhi.founding.rules.finding_kinds import FOLDER_KINDS, Severity
from gezhi.founding.rules.standard.standard_row_kinds import STANDARD_ROW_KINDS

MOST_SAMPLES = 1_000
KINDS = {**FOLDER_KINDS, **FILE_KINDS, **DIFFERENCES, **STANDARD_ROW_KINDS}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """`row` is the line as a text editor counts it (1 is the header); of GeoJSON the number of the feature."""

    code: str
    level: Severity
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    says: dict[str, str]
    cure: dict[str, str]


class Report(msgspec.Struct, frozen=True):
    """All findings by file and row. `totals` counts each kind, whether shown or not."""

    errors: int
    warnings: int
    totals: dict[str, int]
    findings: list[Finding]

    @property
    def left_out(self) -> int:
        return self.errors + self.warnings - len(self.findings)


class Findings:
    """Collects what checks find. `names`: what a file of the folder is called where it has another form."""

    def __init__(self) -> None:
        self.totals: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self._samples: list[Finding] = []

    def add(
        self, code: str, file: str, *, row: int | None = None, column: str = "", value: object = "", **details: object
    ) -> None:
        self.totals[code] += 1
        if self.totals[code] > MOST_SAMPLES:
            return
        kind, file = KINDS[code], self.names.get(file, file)
        filling = {"file": file, "column": column, "value": value, "zh": "", "en": "", **details}
        self._samples.append(
            Finding(
                code=code,
                level=kind.level,
                file=file,
                row=row,
                column=column,
                value=str(value),
                says={"zh": kind.zh.format_map(filling), "en": kind.en.format_map(filling)},
                cure={"zh": kind.cure_zh.format_map(filling), "en": kind.cure_en.format_map(filling)},
            )
        )

    @property
    def errors(self) -> int:
        return sum(count for code, count in self.totals.items() if KINDS[code].level is Severity.ERROR)

    def report(self) -> Report:
        return Report(
            errors=self.errors,
            warnings=self.totals.total() - self.errors,
            totals=dict(sorted(self.totals.items())),
            findings=sorted(self._samples, key=lambda one: (one.file, one.row or 0, one.column, one.code)),
        )


def together(first: Report, second: Report) -> Report:
    """What two checks of the same files found."""
    return Report(
        errors=first.errors + second.errors,
        warnings=first.warnings + second.warnings,
        totals={**first.totals, **second.totals},
        findings=[*first.findings, *second.findings],
    )
