"""What a budget is, what was measured against it, and the table that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Measure:
    """One measured figure beside its budget. `how` says what it is a ratio of, or in which unit it stands."""

    name: str
    value: float
    budget: float
    sense: Literal["at least", "at most"]
    how: str
    detail: str = ""

    @property
    def kept(self) -> bool:
        return self.value >= self.budget if self.sense == "at least" else self.value <= self.budget

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "kept": self.kept}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def figure(value: float) -> str:
    """Three digits that count, thousands grouped."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def table(measures: Sequence[Measure]) -> list[str]:
    """One line per measure, its detail indented below it."""
    wide = max(len(one.name) for one in measures)
    lines = []
    for one in measures:
        sign = "≥" if one.sense == "at least" else "≤"
        verdict = "kept" if one.kept else "MISSED"
        lines.append(
            f"{one.name:<{wide}}  {figure(one.value):>10}  {sign} {figure(one.budget):<10} {verdict:<6}  {one.how}"
        )
        lines += [f"{'':<{wide}}  {line}" for line in one.detail.splitlines()]
    return lines
