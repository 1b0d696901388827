"""What a budget is, what was measured against it, and the line that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

WIDE = 44


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


def lines_of(one: Measure) -> list[str]:
    """The measure in a line, its detail indented below it."""
    sign, verdict = "≥" if one.sense == "at least" else "≤", "kept" if one.kept else "MISSED"
    line = f"{one.name:<{WIDE}}  {figure(one.value):>10}  {sign} {figure(one.budget):<10} {verdict:<6}  {one.how}"
    return [line, *(f"    {line}" for line in one.detail.splitlines())]
