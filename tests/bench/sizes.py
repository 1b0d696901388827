"""How much is measured. The small sizes show that every part still runs; their figures say nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`calls`: requests of each view; `open_cases`, `due`: for the calendar and the clock loop; `scale`: of pgbench."""

    preset: str = ""
    days: int = 6
    cases: int = 1_000_000
    calls: int = 150
    rounds: int = 5
    seconds: float = 5.0
    scale: int = 10
    open_cases: int = 100_000
    due: int = 10_000
    points: int = 500_000
    starts: int = 1_000_000
    grids: int = 20_000
    duties: int = 200_000


SMALL = Sizes(
    preset="yunting", days=2, cases=500, calls=3, rounds=1, seconds=0.2, scale=1,
    open_cases=100, due=20, points=2_000, starts=2_000, grids=400, duties=2_000,
)  # fmt: skip
"""Two days: of today alone nothing has happened yet when it is midnight in the city."""
