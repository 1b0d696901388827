"""Who acts under which key, and days as moments: the same for every register."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest

from gezhi.cases.rules.ledger.share import midnight
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of, idempotency_key
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.register_rows import Doing


def doing_of(request: HttpRequest) -> Doing:
    key = idempotency_key(request) or system_ids()
    return Doing(actor=actor_of(request), key=key, clock=system_clock, ids=system_ids)


def first_moment(day: date | None) -> int | None:
    return None if day is None else midnight(day)


def moment_after(day: date | None) -> int | None:
    """The first moment that no longer belongs to a day."""
    return None if day is None or day == date.max else midnight(day + timedelta(days=1))
