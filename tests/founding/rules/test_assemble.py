from __future__ import annotations

from datetime import date

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.duties.rules.duty_row import Basis
from gezhi.founding.rules.city import CityToFound, DutyEntry, LevelLimitEntry, OfficerEntry
from gezhi.kernel.permissions import Role
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.regions.rules.reporting import ReportsTo
from tests.founding.folders import checked, clean, spoilt

FIRST = date(2026, 1, 1)


def city(files: dict[str, bytes] | None = None) -> CityToFound:
    found = checked(files or clean())
    assert found.city is not None, found.report
    return found.city


def test_rows_become_what_the_registers_take() -> None:
    made = city()
    assert made.organisations[6] == OrganisationRow(
        code="choucheng",
        name="稠城街道办事处",
        name_en="Choucheng Street Office",
        kind=OrganisationKind.STREET,
        platform_level=1,
        parent_code="government",
        region_code="330782001",
        valid_from=FIRST,
    )
    assert made.posts[10] == PostRow(
        code="beat-1",
        organisation_code="collection",
        title="稠城采集员",
        title_en="Collector",
        role=Role.COLLECTOR,
        region_codes=("330782001",),
        valid_from=FIRST,
    )
    assert made.people[0] == UserRow(
        username="hezhen", display_name="何真", post_codes=("administrator", "supervisor"), active_from=FIRST
    )
    assert made.officers[1] == OfficerEntry("sanitation", OfficerKind.IN_CHARGE, "sunping", FIRST)
    assert made.reporting == (ReportsTo("330782", "330700", FIRST),)
    assert made.level_limits == (LevelLimitEntry("2026-matter-06010-1", "A", Limit(2, Unit.WORK_HOUR), FIRST),)


def test_a_duty_row_becomes_one_entry_for_each_class_and_area() -> None:
    made = city(spoilt("duties.csv", "matter,06010,330782001,", "matter,06010 06011,330782001 330782002,"))
    basis = "主次干道以外由街道办事处负责"
    assert made.duties[-4:] == tuple(
        DutyEntry("2026", "matter", selector, area, "choucheng", Basis.MINUTES, basis, date(2026, 7, 1))
        for selector in ("06010", "06011")
        for area in ("330782001", "330782002")
    )
    assert made.duties[0] == DutyEntry(
        "2026", "part", "*", "", "works", Basis.LOCAL, "市政公用设施由市政工程管理处养护", FIRST
    )


def test_settings_stand_over_what_is_shipped() -> None:
    made = city()
    assert made.policy.stage_limits[ClockKind.ACCEPTANCE] == Limit(10, Unit.MINUTE, "seats")
    assert made.policy.stage_limits[ClockKind.DISPATCH] == Limit(15, Unit.MINUTE, "seats")
    assert [one.code for one in made.policy.channels][-1] == "market-watch"
    assert (made.policy.number_prefix, made.owner_office) == ("330782", "government")
    assert [(row.kind, row.steps) for row in made.approvals] == [("suspension", ("leader",))]


def test_an_edition_comes_into_force_on_its_day() -> None:
    made = city(spoilt("city.toml", '[{ code = "2026" }]', '[{ code = "2026" }, { code = "2013", from = 2026-06-01 }]'))
    assert [(one.code, one.valid_from) for one in made.editions] == [("2026", FIRST), ("2013", date(2026, 6, 1))]


def test_a_topmost_body_without_a_region_answers_for_the_city() -> None:
    made = city(spoilt("organisations.csv", "1,,330782,,", "1,,,,"))
    assert (made.organisations[0].region_code, made.organisations[1].region_code) == ("330782", "")
