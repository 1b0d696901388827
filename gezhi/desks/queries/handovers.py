"""交接班: the turns of a desk, its hand-overs, and what was done in a turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.desks.rules.shifts.handover import Handover, HandoverKind, Said, Turn, turns_of
from gezhi.desks.rules.shifts.sheet import Sheet
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import held_directory

LONGEST_TURN_S = 2 * 86_400

TURNS = """
    SELECT extract(epoch FROM starts_at)::bigint, extract(epoch FROM ends_at)::bigint, user_id, post_id
    FROM people_desk_shift
    WHERE organisation_id = %s AND role = %s AND starts_at > to_timestamp(%s) AND starts_at < to_timestamp(%s)
      AND ends_at > to_timestamp(%s)
    ORDER BY starts_at, user_id
"""
SAID = """
    SELECT e.handover_id, e.organisation_id, e.role, extract(epoch FROM e.starts_at)::bigint,
           extract(epoch FROM e.ends_at)::bigint, e.seq, e.kind, e.user_id, e.post_id,
           extract(epoch FROM e.recorded_at)::bigint, e.text
    FROM ({heads}) head JOIN desks_shift_entry e USING (handover_id)
    ORDER BY head.starts_at DESC, e.handover_id DESC, e.seq
"""
OF_DESK = """
    SELECT handover_id, starts_at FROM desks_shift_entry
    WHERE seq = 1 AND organisation_id = %s AND role = %s AND starts_at > to_timestamp(%s)
"""
PAGE = """
    SELECT handover_id, starts_at FROM desks_shift_entry
    WHERE seq = 1 AND organisation_id = ANY(%s) AND role = ANY(%s) AND {beyond}
    ORDER BY starts_at DESC, handover_id DESC LIMIT %s
"""
ONE = "SELECT handover_id, starts_at FROM desks_shift_entry WHERE seq = 1 AND handover_id = %s"
SHEET = "SELECT sheet::text FROM desks_shift_entry WHERE handover_id = %s AND seq = 1"
SINCE = """
    SELECT extract(epoch FROM min(starts_at))::bigint FROM desks_shift_entry
    WHERE seq = 1 AND organisation_id = %s AND role = %s
"""
DONE = """
    SELECT kind, count(*) FROM cases_log_entry
    WHERE actor_id = ANY(%s) AND post_id = ANY(%s)
      AND recorded_at >= to_timestamp(%s) AND recorded_at < to_timestamp(%s)
    GROUP BY kind
"""


def list_turns(organisation: int, role: Role, *, since: int, until: int) -> tuple[Turn, ...]:
    """The turns of a desk that touch this time, earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(TURNS, [organisation, role.value, since - LONGEST_TURN_S, until, since])
        return turns_of(cursor.fetchall())


def list_desk_handovers(organisation: int, role: Role, *, since: int) -> list[Handover]:
    """The hand-overs of a desk's turns that began after a moment, newest first."""
    return _folded(OF_DESK, [organisation, role.value, since])


def list_handovers(
    organisations: Iterable[int], roles: Iterable[Role], *, after: tuple[str, str] | None, limit: int
) -> list[Handover]:
    """One keyset page of hand-overs, newest turn first."""
    beyond = "(starts_at, handover_id) < (%s, %s)" if after is not None else "true"
    values = [list(organisations), [role.value for role in roles], *(after or ()), limit]
    return _folded(PAGE.format(beyond=beyond), values)


def get_handover(handover_id: UUID) -> Handover | None:
    return next(iter(_folded(ONE, [handover_id])), None)


def get_sheet(handover_id: UUID) -> Sheet | None:
    """The sheet as it was signed."""
    with connection.cursor() as cursor:
        cursor.execute(SHEET, [handover_id])
        row = cursor.fetchone()
    return msgspec.json.decode(row[0], type=Sheet) if row is not None else None


def get_kept_since(organisation: int, role: Role) -> int | None:
    """Since which turn the desk hands over; None if it never did."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [organisation, role.value])
        (since,) = cursor.fetchone()
    return int(since) if since is not None else None


def count_done(turn: Turn, *, until: int) -> dict[str, int]:
    """How often the people of a turn did what, from its beginning, by the case log."""
    with connection.cursor() as cursor:
        cursor.execute(DONE, [list(turn.people), list(turn.posts), turn.starts_at, until])
        return dict(cursor.fetchall())


def desks_of(actor: Actor) -> tuple[int, ...]:
    """The organisations whose desks somebody reads about: their own, and those of the same region."""
    directory = held_directory()
    own = directory.organisations.get(actor.organisation_id)
    region = own.region_code if own is not None else ""
    return (
        actor.organisation_id,
        *(
            body.id
            for body in directory.organisations.values()
            if body.id != actor.organisation_id and actor.scope.regions and body.region_code == region
        ),
    )


def place_after(handover: Handover) -> tuple[str, str]:
    return datetime.fromtimestamp(handover.starts_at, UTC).isoformat(), str(handover.id)


def _folded(heads: str, values: Sequence[Any]) -> list[Handover]:
    handovers: dict[UUID, Handover] = {}
    with connection.cursor() as cursor:
        cursor.execute(SAID.format(heads=heads), values)
        for id_, organisation, role, starts, ends, seq, kind, user, post, at, text in cursor.fetchall():
            said = Said(seq, HandoverKind(kind), user, post, at, text)
            before = handovers.get(id_)
            earlier = before.said if before is not None else ()
            handovers[id_] = Handover(id_, organisation, Role(role), starts, ends, (*earlier, said))
    return list(handovers.values())
