"""The states that a batch works on, locked; what was already done under a command id; evidence and duplicates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.cases.queries.statuses import FINISHED
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.state import CaseState
from gezhi.catalog.rules.class_key import near_classes
from gezhi.kernel.moments import HOUR_S
from gezhi.kernel.places import metres_per_degree
from gezhi.plumbing.database import prepared_cursor
from gezhi.policy.rules.local_policy import LocalPolicy

_decoder = msgspec.json.Decoder(CaseState)

LOCK = "SELECT id, state::text, last_hash FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
STATES = "SELECT id, state::text FROM cases_case WHERE id = ANY(%s) ORDER BY id"
STATE = "SELECT state::text FROM cases_case WHERE id = %s"
REPLAYS_AND_LAST = """
    SELECT DISTINCT command_id, case_id, NULL::bigint FROM cases_log_entry WHERE command_id = ANY(%s)
    UNION ALL
    SELECT NULL, worked.id, (SELECT extract(epoch FROM entry.recorded_at)::bigint FROM cases_log_entry entry
                             WHERE entry.case_id = worked.id ORDER BY entry.seq DESC LIMIT 1)
    FROM unnest(%s::uuid[]) AS worked(id)
"""
BEGUN = "SELECT command_id, case_id FROM cases_log_entry WHERE command_id = ANY(%s) AND seq = 1"
# With each picture those in evidence that are made from the same one, earlier or later, and one case that each is
# evidence of. Many pictures of a simulated city are shown as one drawing.
PICTURES = """
    SELECT stored.sha256, used.case_id::text, extract(epoch FROM stored.taken_at)::bigint,
        stored.taken_lon, stored.taken_lat, stored.edited_with, (
            SELECT json_agg(json_build_array(pair.other, pair.changed, evidence.id, evidence.state::text)
                            ORDER BY pair.other)::text
            FROM (
                SELECT earlier AS other, changed FROM plumbing_same_picture WHERE sha256 = stored.sha256
                UNION ALL SELECT sha256, changed FROM plumbing_same_picture WHERE earlier = stored.sha256
            ) pair CROSS JOIN LATERAL (
                SELECT case_id FROM cases_picture_use WHERE sha256 = pair.other
                UNION ALL SELECT case_id FROM plumbing_picture drawn JOIN cases_picture_use USING (sha256)
                    WHERE drawn.shown_as = pair.other
                LIMIT 1
            ) evident JOIN cases_case evidence ON evidence.id = evident.case_id
        ), look.sought IS NOT NULL, stored.actor_id, stored.is_kept
    FROM plumbing_picture stored LEFT JOIN cases_picture_use used USING (sha256)
    LEFT JOIN plumbing_picture_look look USING (sha256)
    WHERE stored.sha256 = ANY(%s)
"""
MOST_DUPLICATES = 5
# The OFFSET keeps the status out of the choice of indexes: a partial index of open cases, read whole, would be taken
# for a box whose size a prepared plan cannot know.
_NEAR = f"""
    SELECT id, reported_at, class_key FROM (
        SELECT id, reported_at, status, class_key FROM cases_case
        WHERE point(lon, lat) <@ box(point({{0}}west{{1}}, {{0}}south{{1}}), point({{0}}east{{1}}, {{0}}north{{1}}))
          AND (class_key = '' OR starts_with(class_key, {{0}}near{{1}})) AND reported_at > to_timestamp({{0}}since{{1}})
        OFFSET 0
    ) near WHERE status NOT IN {FINISHED}
    ORDER BY class_key = {{0}}class_key{{1}} DESC, reported_at DESC, id LIMIT {MOST_DUPLICATES}
"""
NEAR_ONE = _NEAR.format("%(", ")s")
NEAR_MANY = f"""
    SELECT asked.key,
        array_agg(found.id ORDER BY found.class_key = asked.class_key DESC, found.reported_at DESC, found.id)
    FROM unnest(
        %s::uuid[], %s::text[], %s::text[], %s::bigint[], %s::float8[], %s::float8[], %s::float8[], %s::float8[]
    ) AS asked(key, class_key, near, since, west, south, east, north)
    CROSS JOIN LATERAL ({_NEAR.format("asked.", "")}) found GROUP BY asked.key
"""


class Nearby(msgspec.Struct, frozen=True):
    """A class with those near to it (`near` begins their keys; empty: all), since when, and a box of degrees."""

    class_key: str
    near: str
    since: int
    west: float
    south: float
    east: float
    north: float


def near_and_recent(class_key: str, lon: float, lat: float, *, moment: int, policy: LocalPolicy) -> Nearby:
    """疑似重复: what would be the same problem as one at this place and moment, as local policy draws it: of its own
    class, of one near to it, or without a class; a report without a class may be the same as any.
    """
    east, north = metres_per_degree(lat)
    wide, high = policy.duplicate_metres / east, policy.duplicate_metres / north
    since = moment - policy.duplicate_hours * HOUR_S
    return Nearby(class_key, near_classes(class_key), since, lon - wide, lat - high, lon + wide, lat + high)


def decode_state(text: str) -> CaseState:
    return _decoder.decode(text)


def lock_states(case_ids: Iterable[UUID]) -> dict[UUID, tuple[CaseState, bytes]]:
    """State and last hash of each case, locked in the order of ids, so that two batches never wait for each other in
    a ring.
    """
    with prepared_cursor() as cursor:
        cursor.execute(LOCK, [sorted(set(case_ids))])
        return {row[0]: (decode_state(row[1]), bytes(row[2])) for row in cursor.fetchall()}


def read_states(case_ids: Iterable[UUID]) -> dict[UUID, CaseState]:
    """As they are now, not locked."""
    with connection.cursor() as cursor:
        cursor.execute(STATES, [list(case_ids)])
        return {case_id: decode_state(state) for case_id, state in cursor.fetchall()}


def get_state(case_id: UUID) -> CaseState | None:
    with prepared_cursor() as cursor:
        cursor.execute(STATE, [case_id])
        row = cursor.fetchone()
    return decode_state(row[0]) if row else None


def find_replays_and_last(
    batch: Iterable[Submission], case_ids: Collection[UUID]
) -> tuple[set[tuple[UUID, UUID]], dict[UUID, int]]:
    """(command id, case id) of what is already in the log; the moment of the last entry of each case, read once the
    case is locked.
    """
    replays: set[tuple[UUID, UUID]] = set()
    last: dict[UUID, int] = {}
    with prepared_cursor() as cursor:
        cursor.execute(REPLAYS_AND_LAST, [[one.command_id for one in batch], list(case_ids)])
        for command_id, case_id, recorded in cursor.fetchall():
            if command_id is not None:
                replays.add((command_id, case_id))
            elif recorded is not None:
                last[case_id] = recorded
    return replays, last


def find_begun(batch: Iterable[Submission]) -> dict[UUID, UUID]:
    """Command id -> the case that it has begun already."""
    with prepared_cursor() as cursor:
        cursor.execute(BEGUN, [[one.command_id for one in batch]])
        return dict(cursor.fetchall())


def find_pictures(shas: Iterable[str]) -> dict[str, Picture]:
    """What the store knows of these pictures, of which case each is evidence already, and what else is the same."""
    hashes = sorted({*shas})
    if not hashes:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(PICTURES, [hashes])
        return {
            sha: Picture(sha, used_by, taken, lon, lat, edited_with, _same_of(same), waits, sender, kept)
            for sha, used_by, taken, lon, lat, edited_with, same, waits, sender, kept in cursor.fetchall()
        }


def _same_of(text: str | None) -> tuple[SameAs, ...]:
    return tuple(
        SameAs(other, changed, case_id, decode_state(state))
        for other, changed, case_id, state in (msgspec.json.decode(text) if text else ())
    )


def find_duplicates(boxes: Mapping[UUID, Nearby]) -> dict[UUID, tuple[str, ...]]:
    """For each that is asked the open cases in its box that may be the same, its own class first, then the newest, five
    at most; one statement for all. Nearly always it is one: arrays of one value would take longer than the search.
    """
    with prepared_cursor() as cursor:
        if len(boxes) == 1:
            ((key, nearby),) = boxes.items()
            cursor.execute(NEAR_ONE, msgspec.structs.asdict(nearby))
            return {key: tuple(str(id_) for id_, _, _ in cursor.fetchall())}
        columns = zip(*(msgspec.structs.astuple(nearby) for nearby in boxes.values()), strict=True)
        cursor.execute(NEAR_MANY, [list(boxes), *map(list, columns)])
        return {key: tuple(map(str, case_ids)) for key, case_ids in cursor.fetchall()}
