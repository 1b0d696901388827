from __future__ import annotations

from datetime import date

import pytest

from gezhi.calendars.rules.office_days import CalendarDefinition, windows_on
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.matrix import MATRIX, check_row
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Stage
from gezhi.kernel.permissions import Role
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.policy.rules.local_policy import STAGE_LIMITS
from gezhi.policy.rules.platform_levels import mode_of
from gezhi.simulation import queries
from tests.simulation.presets import CITIES, areas_of, city_of, editions_of

SATURDAY = date(2026, 11, 21)


def calendar_of(preset: str, name: str) -> CalendarDefinition:
    return next(calendar for calendar in city_of(preset).calendars if calendar.name == name)


def test_two_cities_are_shipped() -> None:
    assert queries.list_presets() == list(CITIES)


def test_the_invented_city_differs_wherever_a_city_may_differ() -> None:
    demo, invented = city_of("zhengzhou"), city_of("yunting")
    assert demo.code.startswith("41")
    assert not invented.code.startswith("41")
    assert [[one.code for one in city.editions] for city in (demo, invented)] == [["2013", "2026"], ["2026"]]
    assert windows_on(calendar_of("zhengzhou", "office"), None, SATURDAY) == ()
    assert windows_on(calendar_of("yunting", "office"), None, SATURDAY) != ()
    assert {level.level for level in invented.area_levels} == {"A", "B", "C"}
    assert {template.level for template in demo.organisations} == {1, 2, 3}
    assert {template.level for template in invented.organisations} == {1, 2, 3}
    limits = invented.policy.stage_limits
    assert (limits[ClockKind.ACCEPTANCE].value, limits[ClockKind.DISPATCH].value) == (10, 20)
    assert limits[ClockKind.RECEIPT].value == 2
    assert limits[ClockKind.CLOSING] == STAGE_LIMITS[ClockKind.CLOSING]


def test_the_invented_city_has_other_approvals_in_every_row() -> None:
    rows = {row.kind: check_row(row) for row in city_of("yunting").approvals}
    assert set(rows) == set(ApplicationKind)
    for kind, row in rows.items():
        preset = MATRIX[kind]
        assert row.steps != preset.steps
        assert (row.warning, row.ceiling, row.decide_within) != (preset.warning, preset.ceiling, preset.decide_within)
    assert city_of("zhengzhou").approvals == ()


def test_the_outer_districts_of_the_demo_city_have_a_command_centre_of_their_own() -> None:
    platforms = city_of("zhengzhou").policy.platforms
    for county, levels in (("410105", (1,)), ("410106", (2,)), ("410108", (2,))):
        mode = mode_of(platforms, (county, "410100"))
        assert mode is not None
        assert mode.levels_of(Stage.DISPATCH) == levels
        assert mode.levels_of(Stage.INSPECT) == (1,)
    (only,) = city_of("yunting").policy.platforms
    assert all(only.levels_of(stage) == (1,) for stage in Stage)


@pytest.mark.parametrize("preset", CITIES)
def test_every_word_of_a_preset_is_one_that_the_house_knows(preset: str) -> None:
    city = city_of(preset)
    assert {template.kind for template in city.organisations} <= {kind.value for kind in OrganisationKind}
    assert {post.role for post in city.posts} <= {role.value for role in Role}
    assert {calendar.name for calendar in city.calendars} >= {
        limit.calendar for limit in city.policy.stage_limits.values()
    }
    assert {one.area for one in city.area_levels} <= {area.code for area in areas_of(preset)["street"]}
    assert {one.row for one in city.level_limits} <= {
        row.key for edition in editions_of(preset) for row in edition.rows
    }


@pytest.mark.parametrize("preset", CITIES)
def test_every_theme_has_a_class_in_each_edition_of_the_city(preset: str) -> None:
    for edition in editions_of(preset):
        known = {entry.key: entry.name for entry in edition.classes}
        for theme in queries.read_themes():
            assert known[theme.class_key(edition.code)], theme.theme
