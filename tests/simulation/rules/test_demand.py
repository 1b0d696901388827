from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import numpy as np
import pytest

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.simulation import queries
from gezhi.simulation.rules.demand import Occurrences, Setting, Spot, draw_occurrences
from gezhi.simulation.rules.duplicates import add_twins
from gezhi.simulation.rules.duty_plan import period_until
from tests.simulation.presets import city_of

PERIOD = period_until(date(2026, 11, 24), 60)
SPOTS = [
    Spot(f"{county}001001{number:03}", 113.6 + number / 1000, 34.7 + at / 100)
    for at, county in enumerate(city_of("zhengzhou").counties)
    for number in range(300)
]
CHINA = timedelta(hours=8)


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting(
        city_of("zhengzhou"),
        queries.read_measured_shapes("boston"),
        queries.read_habits(),
        queries.read_themes(),
        SPOTS,
    )


@pytest.fixture(scope="module")
def happenings(setting: Setting) -> Occurrences:
    return draw_occurrences(setting, PERIOD, rng=np.random.default_rng(1))


def test_sixty_days_of_the_demo_city_hold_more_than_twenty_thousand_problems(happenings: Occurrences) -> None:
    assert len(happenings) == 21_300
    assert happenings.moments[0] >= midnight_of(PERIOD.first)
    assert happenings.moments[-1] < midnight_of(PERIOD.first) + 60 * 86_400
    assert (np.diff(happenings.moments) >= 0).all()


def test_collectors_work_by_day_and_people_call_in_the_evening_too(happenings: Occurrences) -> None:
    hours = (happenings.moments + 8 * 3_600) // 3_600 % 24
    collectors = happenings.channels == happenings.channel_names.index("collector")
    assert set(np.unique(hours[collectors])) <= set(range(7, 21))
    assert (~collectors & (hours >= 21)).sum() > 100


def test_snow_is_for_the_winter(setting: Setting, happenings: Occurrences) -> None:
    icy = [theme.theme for theme in setting.themes].index("icy-road")
    months = [
        (datetime.fromtimestamp(int(moment), UTC) + CHINA).month
        for moment in happenings.moments[happenings.themes == icy]
    ]
    assert months.count(11) > 5 * max(1, months.count(10)) / 2


def test_counties_get_the_share_that_the_preset_gives_them(setting: Setting, happenings: Occurrences) -> None:
    counties = np.array([spot.code[:6] for spot in SPOTS])[happenings.spots]
    for county, share in setting.city.demand.county_weights.items():
        assert abs((counties == county).mean() - share) < 0.02


def test_a_few_places_are_crowded(happenings: Occurrences) -> None:
    counts = np.sort(np.bincount(happenings.spots, minlength=len(SPOTS)))[::-1]
    assert 0.3 < counts[: len(SPOTS) // 10].sum() / len(happenings) < 0.7


def test_another_seed_is_another_life(setting: Setting, happenings: Occurrences) -> None:
    again = draw_occurrences(setting, PERIOD, rng=np.random.default_rng(1))
    other = draw_occurrences(setting, PERIOD, rng=np.random.default_rng(2))
    assert all(
        np.array_equal(getattr(again, name), getattr(happenings, name)) for name in msgspec.structs.asdict(again)
    )
    assert not np.array_equal(other.moments, happenings.moments)


def test_a_repeat_is_the_same_class_near_by_and_later(happenings: Occurrences) -> None:
    counties = np.array([int(spot.code[:6]) for spot in SPOTS])[happenings.spots]
    repeated = add_twins(happenings, counties, 0.05, rng=np.random.default_rng(3))
    again = np.flatnonzero(repeated.twins >= 0)
    first = repeated.twins[again]
    assert abs(len(again) / len(repeated) - 0.047) < 0.006
    assert (repeated.themes[again] == repeated.themes[first]).all()
    assert (repeated.moments[again] >= repeated.moments[first]).all()
    assert (np.abs(repeated.lons[again] - repeated.lons[first]) * 91_000 < 25).all()
    assert (repeated.twins[first] == -1).all()


def test_what_would_come_next_comes_in_a_rush_before_the_end(setting: Setting, happenings: Occurrences) -> None:
    until = midnight_of(date(2026, 11, 24)) + 10 * 3_600
    rushed = draw_occurrences(setting, PERIOD, rng=np.random.default_rng(1), until=until)
    share, minutes = setting.habits.rush
    more = round(share * setting.city.demand.per_day)
    assert (rushed.moments < until).sum() == (happenings.moments < until).sum() + more
    assert ((rushed.moments < until) & (rushed.moments >= until - minutes * 60)).sum() >= more
    assert (np.diff(rushed.moments) >= 0).all()
