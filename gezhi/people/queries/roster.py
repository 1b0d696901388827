"""Reads of the collectors' roster: by page, as a sheet, and who had a beat at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_

import msgspec
from django.db.models import Q, QuerySet

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.searching import are_named
from gezhi.people.models import RosterShift
from gezhi.people.queries import as_datetime, held_directory, moment_of
from gezhi.people.rules.roster import RosterFacts, codes_above, reached_posts

CHUNK = 1_000
Spot = tuple[str, int]
"""The code of an area, and a moment."""


class RosterFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows a list shows. `text`: a word of a collector's name or the beginning of a code of the beat; `since` and
    `until` are moments, the latter no longer belongs to it.
    """

    text: str = ""
    since: int | None = None
    until: int | None = None
    struck: bool = True


def list_roster(
    filters: RosterFilter, actor: Actor, *, after: tuple[int, int] | None = None, limit: int
) -> list[RosterFacts]:
    """The latest shifts first; `after`: the moment and the number of the last row of the page before."""
    rows = _filtered(filters, actor)
    if after is not None:
        at, last = as_datetime(after[0]), after[1]
        rows = rows.filter(Q(starts_at__lt=at) | Q(starts_at=at, id__lt=last))
    return [_facts(row) for row in rows.order_by("-starts_at", "-id")[:limit]]


def stream_roster(filters: RosterFilter, actor: Actor) -> Iterator[RosterFacts]:
    rows = _filtered(filters, actor).order_by("-starts_at", "-id")
    return (_facts(row) for row in rows.iterator(chunk_size=CHUNK))


def get_shift(shift_id: int, actor: Actor, *, lock: bool = False) -> RosterFacts | None:
    """A row that this post sees."""
    rows = _seen(actor).filter(id=shift_id)
    row = (rows.select_for_update() if lock else rows).first()
    return None if row is None else _facts(row)


def list_standing(user_ids: Collection[int], *, since: int, until: int) -> list[RosterFacts]:
    """Shifts of these people that were not struck and touch a period."""
    rows = RosterShift.objects.filter(user_id__in=user_ids, struck_at=None)
    return [_facts(row) for row in rows.filter(starts_at__lt=as_datetime(until), ends_at__gt=as_datetime(since))]


def find_rostered(spots: Collection[Spot]) -> dict[Spot, list[RosterFacts]]:
    """当班采集员: of each place and moment the shifts on whose beat it was, the narrowest beat first."""
    if not spots:
        return {}
    rows = RosterShift.objects.filter(reduce(or_, (_was_there(area, at) for area, at in spots)), struck_at=None)
    shifts = [_facts(row) for row in rows.order_by("id")]
    return {
        (area, at): sorted(
            (one for one in shifts if one.starts_at <= at < one.ends_at and beat_of(one, area)),
            key=lambda one: (-len(beat_of(one, area)), one.id),
        )
        for area, at in spots
    }


def beat_of(shift: RosterFacts, area: str) -> str:
    """The narrowest code of the beat in which a place lies; empty if it lies in none."""
    return max((code for code in shift.region_codes if area.startswith(code)), key=len, default="")


def _was_there(area: str, at: int) -> Q:
    moment = as_datetime(at)
    begun = Q(starts_at__lte=moment, starts_at__gt=as_datetime(at - DAY_S), ends_at__gt=moment)
    return begun & Q(region_codes__overlap=codes_above(area))


def _seen(actor: Actor) -> QuerySet[RosterShift]:
    """所见: one's own shifts, and those of the collectors within one's scope."""
    posts = reached_posts(held_directory(), actor.scope)
    return RosterShift.objects.filter(Q(user_id=actor.user_id) | Q(post_id__in=sorted(posts)))


def _filtered(filters: RosterFilter, actor: Actor) -> QuerySet[RosterShift]:
    rows = _seen(actor)
    if filters.text:
        users = held_directory().users.values()
        named = [user.id for user in users if are_named(filters.text, user.name, user.username)]
        rows = rows.filter(Q(user_id__in=named) | Q(region_codes__contains=[filters.text.strip().upper()]))
    if filters.since is not None:
        rows = rows.filter(starts_at__gte=as_datetime(filters.since))
    if filters.until is not None:
        rows = rows.filter(starts_at__lt=as_datetime(filters.until))
    return rows if filters.struck else rows.filter(struck_at=None)


def _facts(row: RosterShift) -> RosterFacts:
    return RosterFacts(
        id=row.id,
        user_id=row.user_id,
        post_id=row.post_id,
        region_codes=tuple(row.region_codes),
        starts_at=moment_of(row.starts_at),
        ends_at=moment_of(row.ends_at),
        entered_by=row.entered_by,
        entered_at=moment_of(row.entered_at),
        struck_by=row.struck_by,
        struck_at=moment_of(row.struck_at) if row.struck_at is not None else None,
        struck_because=row.struck_because,
    )
