"""值班表登记: shifts of collectors are entered singly or as a table, and struck with a reason; no row is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound, Problem
from gezhi.kernel.words import require_words
from gezhi.people.models import RosterShift
from gezhi.people.queries import as_datetime, day_of, held_directory
from gezhi.people.queries.roster import get_shift, list_standing
from gezhi.people.rules.roster import (
    MOST_CODES,
    BadBeat,
    OnShiftAlready,
    RosterRow,
    StruckAlready,
    check_shape,
    find_clashes,
    post_of,
    reached_posts,
)
from gezhi.people.rules.roster_table import read_lines, refuse_lines
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.plumbing.reading.read_sheets import read_table
from gezhi.regions.queries import find_unknown

TURNS = "people.roster"


@transaction.atomic
def enter_shift(row: RosterRow, *, actor: Actor, clock: Clock) -> int:
    """登记一个班次; its number. The same row again is the one that stands."""
    made, faults = _enter([row], actor, clock)
    if faults:
        raise faults[0]
    if made:
        return made[0].id
    standing = list_standing([row.user_id], since=row.starts_at, until=row.ends_at)
    return standing[0].id


@transaction.atomic
def import_roster(content: bytes, *, actor: Actor, clock: Clock) -> tuple[int, int]:
    """导入值班表: all lines or none; how many were entered, and how many stood there already."""
    directory = held_directory()
    lines = read_lines(read_table(content), directory, reached_posts(directory, actor.scope))
    faults = [(line.number, line.problem) for line in lines if line.problem is not None]
    read = [(line.number, line.row) for line in lines if line.row is not None]
    made, refused = _enter([row for _, row in read], actor, clock)
    faults += [(read[at][0], problem) for at, problem in refused.items()]
    if faults:
        raise refuse_lines(faults)
    return len(made), len(read) - len(made)


@transaction.atomic
def install_roster(rows: Sequence[RosterRow], *, posts: Sequence[int], entered_at: int) -> int:
    """Enter the roster of a city in bulk, as if it had been entered at that moment."""
    return len(_store(rows, posts, by=0, at=entered_at))


@transaction.atomic
def strike_shift(shift_id: int, *, reason: str, actor: Actor, clock: Clock) -> None:
    """撤销班次: it stays on record; nobody is charged by it from now on."""
    words = require_words("reason", reason)
    shift = get_shift(shift_id, actor, lock=True)
    if shift is None:
        raise NotFound
    if shift.struck_at is not None:
        raise StruckAlready
    struck = {"struck_by": actor.user_id, "struck_at": as_datetime(clock()), "struck_because": words}
    RosterShift.objects.filter(id=shift_id).update(**struck)


def _enter(rows: Sequence[RosterRow], actor: Actor, clock: Clock) -> tuple[list[RosterShift], dict[int, Problem]]:
    """Rows are written only where none is wrong; what is wrong stands under its place."""
    take_turns(TURNS)
    directory, faults = held_directory(), dict[int, Problem]()
    reached, posts = reached_posts(directory, actor.scope), dict[int, int]()
    for at, row in enumerate(rows):
        try:
            check_shape(row)
            posts[at] = post_of(directory, row, reached, day_of(row.starts_at))
        except Problem as problem:
            faults[at] = problem
    faults |= _unknown_beats(rows, faults)
    standing = list_standing(
        {row.user_id for row in rows},
        since=min((row.starts_at for row in rows), default=0),
        until=max((row.ends_at for row in rows), default=0),
    )
    same, across = find_clashes(rows, standing)
    for at in across - faults.keys():
        faults[at] = OnShiftAlready(field="starts_at", name=directory.users[rows[at].user_id].name)
    if faults:
        return [], faults
    fresh = [at for at in range(len(rows)) if at not in same]
    made = _store([rows[at] for at in fresh], [posts[at] for at in fresh], by=actor.user_id, at=clock())
    return made, {}


def _unknown_beats(rows: Sequence[RosterRow], faults: dict[int, Any]) -> dict[int, Problem]:
    """The beats of which a code is in force neither as a region nor as a grid on the day of the shift."""
    by_day: dict[Any, set[str]] = {}
    for at, row in enumerate(rows):
        if at not in faults:
            by_day.setdefault(day_of(row.starts_at), set()).update(row.region_codes)
    unknown = {day: find_unknown(codes, on=day) for day, codes in by_day.items()}
    found: dict[int, Problem] = {}
    for at, row in enumerate(rows):
        wrong = sorted(unknown.get(day_of(row.starts_at), set()) & set(row.region_codes)) if at not in faults else []
        if wrong:
            found[at] = BadBeat(field="region_codes", most=MOST_CODES, codes="、".join(wrong))
    return found


def _store(rows: Sequence[RosterRow], posts: Sequence[int], *, by: int, at: int) -> list[RosterShift]:
    entered = as_datetime(at)
    return RosterShift.objects.bulk_create(
        (
            RosterShift(
                user_id=row.user_id,
                post_id=post,
                region_codes=list(row.region_codes),
                starts_at=as_datetime(row.starts_at),
                ends_at=as_datetime(row.ends_at),
                entered_by=by,
                entered_at=entered,
            )
            for row, post in zip(rows, posts, strict=True)
        ),
        batch_size=5000,
    )
