"""交接班表: counts and lines of the sheet as the desk stands now. Statements: one for the counts, one per pile."""

from __future__ import annotations

from gezhi.cases.queries.registers import held_registers
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lights import Light, leading_clock, light_of
from gezhi.catalog.rules.catalog import Catalog
from gezhi.desks.queries.handovers import count_done, get_sheet
from gezhi.desks.rules.shifts.handover import GRACE_S, Handover, Turn
from gezhi.desks.rules.shifts.sheet import (
    MOST_LATE,
    MOST_URGENT,
    Sheet,
    SheetCase,
    SheetQueue,
    TakenOver,
    done_of,
    piles_of,
)
from gezhi.kernel.permissions import Actor
from gezhi.worklists.queries.worklist import Filters, count_queues, list_cases
from gezhi.worklists.rules.queues import Queue, queue_of


def draw_sheet(actor: Actor, turn: Turn, before: Handover | None, *, now: int) -> Sheet:
    """The sheet of a turn at the actor's desk. `before`: the hand-over that the turn took."""
    piles, catalog, supervised = piles_of(actor.role), held_registers().catalog, queue_of("supervised")
    assert supervised is not None
    counts = count_queues((*piles, supervised), actor, now=now)
    queues = []
    late: dict[str, SheetCase] = {}
    for queue in piles:
        count = counts[queue.key]
        rows = list_cases(Filters(queue=queue), actor, now=now, sort="due", after=None, limit=MOST_LATE)
        lines = [line for row in rows if (line := _line(row, catalog, now, deciding=queue.deciding)).due is not None]
        late.update({line.no: line for line in lines if line.late})
        urgent = tuple(lines[:MOST_URGENT])
        queues.append(SheetQueue(queue.key, queue.zh, queue.en, count.count, count.overdue, count.soon, urgent))
    return Sheet(
        made=now,
        open=sum(queue.count for queue in queues),
        overdue=sum(queue.overdue for queue in queues),
        taken_over=_taken_over(before),
        done=done_of(count_done(turn, until=min(now, turn.ends_at + GRACE_S))),
        queues=tuple(queues),
        late=tuple(sorted(late.values(), key=lambda line: line.due or 0)[:MOST_LATE]),
        supervised=_supervised(supervised, actor, catalog, now),
        supervised_count=counts[supervised.key].count,
    )


def _supervised(queue: Queue, actor: Actor, catalog: Catalog, now: int) -> tuple[SheetCase, ...]:
    """督办 under way in the scope, what is due first."""
    rows = list_cases(Filters(queue=queue), actor, now=now, sort="due", after=None, limit=MOST_LATE)
    return tuple(_line(row, catalog, now) for row in rows)


def _taken_over(before: Handover | None) -> TakenOver | None:
    if before is None:
        return None
    sheet = get_sheet(before.id)
    user = held_registers().directory.users.get(before.signed.user_id)
    return TakenOver(
        handover_id=before.id,
        by=user.name if user is not None else "",
        open=sheet.open if sheet is not None else 0,
        passed_on=sheet.passed_on if sheet is not None else (),
    )


def _line(row: Row, catalog: Catalog, now: int, *, deciding: bool = False) -> SheetCase:
    entry = catalog.classes.get(row.state.subject.class_key)
    clock = row.state.clock(ClockKind.APPROVAL) if deciding else leading_clock(row.state)
    due = clock.due if clock is not None and clock.since is not None else None
    return SheetCase(
        id=row.id,
        no=row.state.no,
        class_zh=entry.name if entry is not None else "",
        class_en=(entry.name_en or entry.name) if entry is not None else "",
        address=row.state.place.address,
        due=due,
        late=clock is not None and light_of(clock, now) is Light.RED,
        clock=clock.kind if clock is not None and due is not None else None,
    )
