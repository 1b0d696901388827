"""What holds in a city that has set nothing for itself."""

from __future__ import annotations

from gezhi.policy.rules.channels import CHANNELS
from gezhi.policy.rules.holders import HOLDERS
from gezhi.policy.rules.local_policy import STAGE_LIMITS, LocalPolicy

LIMITS = """
acceptance         15 minute     seats
send_verification  15 minute     seats
verification       30 minute     seats
registration       15 minute     seats
dispatch           15 minute     seats
unowned            2 work_day    office
receipt            1 work_hour   office
review             15 minute     seats
send_inspection    15 minute     seats
inspection         30 minute     seats
closing            15 minute     seats
"""


def test_every_stage_has_its_limit() -> None:
    assert [
        [kind.value, str(limit.value), limit.unit.value, limit.calendar] for kind, limit in STAGE_LIMITS.items()
    ] == [line.split() for line in LIMITS.strip().splitlines()]


def test_the_small_choices_are_these_unless_a_city_makes_others() -> None:
    plain = LocalPolicy()
    assert {name: getattr(plain, name) for name in plain.__struct_fields__} == {
        "stage_limits": STAGE_LIMITS,
        "number_prefix": "",
        "handling_calendar": "office",
        "warn_percent": 80,
        "duplicate_metres": 50,
        "duplicate_hours": 24,
        "evidence_metres": 100,
        "camera_minutes": 10,
        "report_hours": 48,
        "missed_days": 7,
        "missed_picture": False,
        "channels": CHANNELS,
        "inspection_always": True,
        "rework_percent": 20,
        "undo_seconds": 60,
        "remind_minutes": 60,
        "holders": HOLDERS,
        "owner_office": 0,
        "platforms": (),
        "reasons": (),
    }


def test_what_one_city_sets_is_not_set_for_another() -> None:
    one = LocalPolicy()
    one.stage_limits.clear()
    assert LocalPolicy().stage_limits == STAGE_LIMITS != {}
