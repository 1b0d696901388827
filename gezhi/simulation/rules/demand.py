"""问题发生: what goes wrong in the city, when, where and who tells of it, drawn in bulk from measured shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

from gezhi.kernel.moments import DAY_S, HOUR_S
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import Period
from gezhi.simulation.rules.shapes import Numbers, Shapes

CHINA_OFFSET_S = 8 * HOUR_S
OUT_OF_SEASON = 0.1
STAFF_CHANNELS = frozenset({"collector", "vehicle", "volunteer"})
MACHINE_CHANNELS = frozenset({"video"})
JITTER_DEGREES = 0.0004

Indices = NDArray[np.int64]


class Theme(msgspec.Struct, frozen=True):
    """问题类型: one kind of problem, whatever edition names it."""

    theme: str
    class_2013: str
    class_2026: str
    weight: float
    season: str
    profile: str
    picture: str

    def class_key(self, edition: str) -> str:
        return f"{edition}-{self.class_2013 if edition == '2013' else self.class_2026}"


class LeftOpen(msgspec.Struct, frozen=True):
    """How large a share of a step is left for later in the last hours."""

    hours: float
    share: float


class Habits(msgspec.Struct, frozen=True):
    """习惯: `presets/behaviour.toml`. `rush` is what the last minutes bring, as a share of a day and in minutes."""

    shares: dict[str, float]
    durations: dict[str, float]
    reopen_days: tuple[float, float]
    rush: tuple[float, float]
    left_open: dict[str, LeftOpen]
    profiles: dict[str, list[float]]
    seasons: dict[str, list[int]]
    collectors: dict[str, list[float]]
    machines: dict[str, list[float]]


class Spot(msgspec.Struct, frozen=True):
    """A unit grid where things happen, with a point inside it."""

    code: str
    lon: float
    lat: float


class Occurrences(msgspec.Struct, frozen=True):
    """All problems of the period in order of time, one element each; `twins` names the one that it repeats, or -1."""

    moments: Indices
    channels: Indices
    themes: Indices
    spots: Indices
    lons: Numbers
    lats: Numbers
    channel_names: tuple[str, ...]
    twins: Indices

    def __len__(self) -> int:
        return len(self.moments)


class Setting(msgspec.Struct, frozen=True):
    """What the draws of one city rest on."""

    city: City
    shapes: Shapes
    habits: Habits
    themes: Sequence[Theme]
    spots: Sequence[Spot]
    rest_days: frozenset[date] = frozenset()


def draw_occurrences(
    setting: Setting, period: Period, *, rng: np.random.Generator, until: int | None = None
) -> Occurrences:
    """How many fall on a day follows weekday and luck; the hour follows who reports it and what it is. What would come
    next after `until` comes in a rush just before it.
    """
    days = [period.first + timedelta(days=offset) for offset in range(period.days)]
    total = round(setting.city.demand.per_day * period.days)
    on_day = np.sort(rng.choice(period.days, total, p=_day_weights(setting.shapes, days, rng)))
    names = tuple(setting.city.channels)
    channels = rng.choice(len(names), total, p=_normal(list(setting.city.channels.values())))
    themes = _draw_themes(setting, days, on_day, rng)
    hours = _draw_hours(setting, days, on_day, (names, channels, themes), rng)
    midnight = (period.first - date(1970, 1, 1)).days * DAY_S - CHINA_OFFSET_S
    moments = midnight + on_day * DAY_S + hours * HOUR_S + rng.integers(0, HOUR_S, total)
    if until is not None:
        moments = _rushed(moments, until, setting)
    spots = rng.choice(len(setting.spots), total, p=_spot_weights(setting, rng))
    lons, lats = _points(setting, spots, rng)
    order = np.argsort(moments, kind="stable")
    return Occurrences(
        moments[order],
        channels[order],
        themes[order],
        spots[order],
        lons[order],
        lats[order],
        names,
        np.full(total, -1),
    )


def _rushed(moments: Indices, until: int, setting: Setting) -> Indices:
    """收尾高峰: a shower of rain, so that every desk has work before it when the simulation ends."""
    share, minutes = setting.habits.rush
    count = round(share * setting.city.demand.per_day)
    following = np.flatnonzero(moments >= until)
    first = following[np.argsort(moments[following], kind="stable")][:count]
    moments[first] = until - 1 - np.arange(len(first)) * round(minutes * 60) // max(1, len(first))
    return moments


def _normal(weights: Sequence[float]) -> Numbers:
    array = np.asarray(weights, dtype=np.float64)
    return np.asarray(array / array.sum())


def _day_weights(shapes: Shapes, days: Sequence[date], rng: np.random.Generator) -> Numbers:
    luck = shapes.day_load.draw(rng.random(len(days)))
    return _normal([shapes.weekday[day.weekday()] * luck[at] for at, day in enumerate(days)])


def _draw_themes(setting: Setting, days: Sequence[date], on_day: Indices, rng: np.random.Generator) -> Indices:
    """By weight, and by season: a class out of season is rare, not impossible."""
    themes = np.zeros(len(on_day), dtype=np.int64)
    months = np.array([day.month for day in days])[on_day]
    for month in np.unique(months):
        weights = [
            theme.weight * (1.0 if month in setting.habits.seasons[theme.season] else OUT_OF_SEASON)
            for theme in setting.themes
        ]
        here = months == month
        themes[here] = rng.choice(len(weights), int(here.sum()), p=_normal(weights))
    return themes


def _draw_hours(
    setting: Setting,
    days: Sequence[date],
    on_day: Indices,
    what: tuple[Sequence[str], Indices, Indices],
    rng: np.random.Generator,
) -> Indices:
    """The hour of each: the hours of those who report it times the hours in which it is seen."""
    names, channels, themes = what
    kinds = np.array([_reporter_kind(name) for name in names])[channels]
    profile_names = list(setting.habits.profiles)
    profiles = np.array([profile_names.index(theme.profile) for theme in setting.themes])[themes]
    resting = np.array([day.weekday() >= 5 or day in setting.rest_days for day in days])[on_day]  # noqa: PLR2004
    hours = np.zeros(len(on_day), dtype=np.int64)
    for kind in range(3):
        for profile, name in enumerate(profile_names):
            for rest in (False, True):
                here = (kinds == kind) & (profiles == profile) & (resting == rest)
                weights = _normal(_reporter_hours(setting, kind, rest=rest) * np.asarray(setting.habits.profiles[name]))
                hours[here] = rng.choice(24, int(here.sum()), p=weights)
    return hours


def _reporter_kind(channel: str) -> int:
    return 1 if channel in STAFF_CHANNELS else 2 if channel in MACHINE_CHANNELS else 0


def _reporter_hours(setting: Setting, kind: int, *, rest: bool) -> Numbers:
    people = setting.shapes.hour_of_rest_day if rest else setting.shapes.hour_of_workday
    return np.asarray((people, setting.habits.collectors["hours"], setting.habits.machines["hours"])[kind])


def _spot_weights(setting: Setting, rng: np.random.Generator) -> Numbers:
    """County by county the preset's share, and inside a county a few crowded grids and many quiet ones."""
    counties: Mapping[str, float] = setting.city.demand.county_weights
    codes = np.array([spot.code[:6] for spot in setting.spots])
    weights = np.zeros(len(codes))
    for county in np.unique(codes):
        here = np.flatnonzero(codes == county)
        ranks = rng.permutation(len(here)) + 1.0
        weights[here] = _normal(list(ranks**-setting.shapes.crowding)) * counties.get(str(county), 1.0)
    return _normal(list(weights))


def _points(setting: Setting, spots: Indices, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Near the grid's own point; a small share lies outside every grid, at the border of the city."""
    places = np.array([(spot.lon, spot.lat) for spot in setting.spots])
    points = places[spots] + rng.normal(0.0, JITTER_DEGREES / 4, (len(spots), 2))
    outside = np.flatnonzero(rng.random(len(spots)) < setting.city.demand.outside_share)
    middle, edge = places.mean(axis=0), places.max(axis=0)
    points[outside] = edge + (edge - middle) * rng.uniform(0.01, 0.03, (len(outside), 2))
    return points[:, 0], points[:, 1]
