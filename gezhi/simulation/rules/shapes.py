"""负荷形态: the measured shapes of a city's case load, as `presets/shapes.csv` holds them (see docs/shapes.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Curve(msgspec.Struct, frozen=True):
    """A distribution by its percentiles; draws lie on straight lines between them."""

    at: tuple[float, ...]
    values: tuple[float, ...]

    def draw(self, chances: Numbers) -> Numbers:
        return np.interp(chances, self.at, self.values)

    def above(self, threshold: float) -> float:
        """The share of draws that exceed a value."""
        return 1.0 - float(np.interp(threshold, self.values, self.at))


class Shapes(msgspec.Struct, frozen=True):
    """When people report, how days differ, how limits are used, how places are crowded."""

    hour_of_workday: tuple[float, ...]
    hour_of_rest_day: tuple[float, ...]
    weekday: tuple[float, ...]
    day_load: Curve
    used_share: Curve
    crowding: float


def read_shapes(rows: Iterable[Mapping[str, str]], *, source: str) -> Shapes:
    """Hours and weekdays of one source; the other shapes were measured in one city each."""
    table: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["source"] == source or row["shape"] not in {"hour_of_workday", "hour_of_rest_day", "weekday"}:
            table.setdefault(row["shape"], {})[row["key"]] = float(row["value"])
    return Shapes(
        hour_of_workday=tuple(table["hour_of_workday"].values()),
        hour_of_rest_day=tuple(table["hour_of_rest_day"].values()),
        weekday=tuple(table["weekday"].values()),
        day_load=_curve(table["day_load_over_usual"]),
        used_share=_curve(table["used_share_of_limit"]),
        crowding=table["cells_100m"]["zipf exponent of busiest fifth"],
    )


def _curve(percentiles: Mapping[str, float]) -> Curve:
    points = sorted((int(key[1:]) / 100, value) for key, value in percentiles.items())
    return Curve(tuple(at for at, _ in points), tuple(value for _, value in points))
