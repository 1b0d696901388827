"""随软件提供的日历、目录和理由: what a folder may name without bringing it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.calendars.rules.office_days import CalendarDefinition
from gezhi.catalog.rules.preset_tables import EditionContent
from gezhi.policy.rules.reasons import Reason


class Shipped(msgspec.Struct, frozen=True):
    """Calendars and editions of the catalogue by their codes."""

    calendars: Mapping[str, CalendarDefinition]
    editions: Mapping[str, EditionContent]
    reasons: tuple[Reason, ...]
