"""地方规定: what a city may set for itself about its cases. Data with versions, never code."""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.policy.rules.channels import CHANNELS, Channel
from gezhi.policy.rules.clock_kinds import ClockKind
from gezhi.policy.rules.holders import HOLDERS, Holder
from gezhi.policy.rules.platform_levels import PlatformLevels
from gezhi.policy.rules.reasons import Reason

SEAT_CALENDAR = "seats"
OFFICE = "office"

# Presets; values marked [U] in the domain notes are common practice, to be checked by each city.
STAGE_LIMITS: dict[ClockKind, Limit] = {
    ClockKind.ACCEPTANCE: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.SEND_VERIFICATION: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.VERIFICATION: Limit(30, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.REGISTRATION: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.DISPATCH: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.UNOWNED: Limit(2, Unit.WORK_DAY, OFFICE),
    ClockKind.RECEIPT: Limit(1, Unit.WORK_HOUR, OFFICE),
    ClockKind.REVIEW: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.SEND_INSPECTION: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.INSPECTION: Limit(30, Unit.MINUTE, SEAT_CALENDAR),
    ClockKind.CLOSING: Limit(15, Unit.MINUTE, SEAT_CALENDAR),
}


class LocalPolicy(msgspec.Struct, frozen=True):
    """地方规定: stage limits and the small choices in which cities differ.

    `number_prefix` begins every case number. `warn_percent` is where yellow begins. `channels` are those in
    force; `evidence_metres` how far a picture may be from the place without a stated reason, `camera_minutes` how wrong
    the clock of a camera may be, `report_hours` how old a picture of a report may be before that is pointed out;
    `missed_days` how long after its report a case may be found to have been missed, `missed_picture` whether that needs
    a picture of the spot;
    `rework_percent` the least part of the limit that a unit gets for rework. `undo_seconds`: how long a dispatch may be
    undone as if it had not been sent; `remind_minutes`: one reminder per case and giver in that time. `holders` says to
    whom a clock that runs out is charged, `owner_office` which body settles owners, 0 for the government of the place.
    `platforms` says which stages the centres of each level perform. `reasons` are the city's own
    lists of reasons; as it is held, those of the package stand beside them.
    """

    stage_limits: dict[ClockKind, Limit] = msgspec.field(default_factory=lambda: dict(STAGE_LIMITS))
    number_prefix: str = ""
    handling_calendar: str = OFFICE
    warn_percent: int = 80
    duplicate_metres: int = 50
    duplicate_hours: int = 24
    evidence_metres: int = 100
    camera_minutes: int = 10
    report_hours: int = 48
    channels: tuple[Channel, ...] = CHANNELS
    missed_days: int = 7
    missed_picture: bool = False
    inspection_always: bool = True
    rework_percent: int = 20
    undo_seconds: int = 60
    remind_minutes: int = 60
    holders: dict[ClockKind, Holder] = msgspec.field(default_factory=lambda: dict(HOLDERS))
    owner_office: int = 0
    platforms: tuple[PlatformLevels, ...] = ()
    reasons: tuple[Reason, ...] = ()
