from __future__ import annotations

import pytest

from tests.founding.folders import Fault, checked, findings_of, is_told, spoilt

CITY, POLICY, APPROVALS, CALENDARS = "city.toml", "policy.toml", "approvals.toml", "calendars.toml"
FAULTS = [
    Fault("file.malformed", CITY, 'name = "义乌市"', "name == 3", 3, "", "Invalid value (at line 3, column 7)"),
    Fault("setting.missing", CITY, 'name = "义乌市"\n', "", None, "name"),
    Fault("setting.missing", CITY, 'code = "2026"', "", None, "editions[0].code"),
    Fault("setting.missing", CITY, '[{ code = "2026" }]', "[]", None, "editions"),
    Fault("setting.unknown", CITY, "source", "sources", None, "sources"),
    Fault("setting.invalid", CITY, "2026-01-01", '"soon"', None, "effective", "Invalid RFC3339 encoded date"),
    Fault("cell.unknown-word", CITY, '"2026"', '"2030"', None, "editions", "2030"),
    Fault("setting.unknown", POLICY, "number_prefix", "prefix", None, "prefix"),
    Fault("setting.invalid", POLICY, '"minute"', '"minutes"', None, "stage_limits[...].unit",
          "Invalid enum value 'minutes'"),
    Fault("setting.refused", POLICY, 'en = "Market watch"', 'en = " "', None, "channels"),
    Fault("setting.unknown", APPROVALS, "most_granted", "most_given", None, "approvals[1].most_given"),
    Fault("setting.unknown", APPROVALS, "[[approvals]]", "[[approval]]", None, "approval"),
    Fault("setting.invalid", APPROVALS, '"suspension"', '"pause"', None, "approvals[1].kind",
          "Invalid enum value 'pause'"),
    Fault("setting.refused", APPROVALS, '["leader"]', "[]", None, "approvals[1]"),
    Fault("setting.invalid", APPROVALS, "[[approvals]]", "approvals = 3\n[others]", None, "approvals",
          "Expected `array`, got `int`"),
    Fault("setting.invalid", CALENDARS, '"", "",\n', '"",\n', None, "office", "tuple index out of range"),
    Fault("setting.invalid", CALENDARS, "title =", "titel =", None, "office", "'title'"),
    Fault("setting.refused", CALENDARS, "08:30-12:00", "12:00-08:30", None, "office"),
]  # fmt: skip


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.value[:8] != "Expected"], ids=str)
def test_what_is_wrong_in_a_setting_is_told_by_its_name(fault: Fault) -> None:
    assert is_told(fault)


def test_a_list_that_is_none_is_told_once() -> None:
    (fault,) = [one for one in FAULTS if one.value[:8] == "Expected"]
    told = [(one.code, one.column, one.value) for one in findings_of(fault)]
    assert told == [
        ("setting.invalid", "approvals", "Expected `array`, got `int`"),
        ("setting.unknown", "others", ""),
    ]


def test_a_refusal_says_what_the_rule_of_the_register_says() -> None:
    (fault,) = [one for one in FAULTS if one.column == "channels"]
    (told,) = findings_of(fault)
    assert told.says["zh"].startswith("上报渠道无效：须有采集员上报（collector）")
    assert told.says["en"].startswith("The channels are not valid")


def test_a_wrong_setting_hides_no_other_and_no_table() -> None:
    files = spoilt(CITY, "source", "sources")
    files = spoilt(CITY, 'name_en = "Yiwu"', "name_en = 3", files)
    files = spoilt(POLICY, '"government"', "7", files)
    files = spoilt(POLICY, 'number_prefix = "330782"', "number_prefix = 330782\nwatch = 1", files)
    files = spoilt("people.csv", "lilan", "li lan", files)
    assert {(one.code, one.column) for one in checked(files).report.findings} == {
        ("setting.unknown", "sources"),
        ("setting.invalid", "name_en"),
        ("setting.invalid", "owner_office"),
        ("setting.unknown", "watch"),
        ("setting.invalid", "number_prefix"),
        ("cell.bad-form", "username"),
    }
