"""督办巡查: overdue cases get their order, replies that do not come raise it, lists are kept, orders follow their case.

Each step takes one batch in a transaction of constant statements; the lock order is watch, case, order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import perform
from gezhi.cases.queries.states import lock_states
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.entries import OrderKind
from gezhi.cases.rules.stages import OPEN
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, after, begin
from gezhi.kernel.permissions import SYSTEM
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.plumbing.register_rows import Doing, Writer
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision.actions.addressing import Addressing, leading_unit
from gezhi.supervision.actions.orders import lifting, new_order, supervise
from gezhi.supervision.actions.serials import next_numbers
from gezhi.supervision.actions.submission import submission_of
from gezhi.supervision.actions.watches import move_watches, note_looked, put_watches
from gezhi.supervision.models import Watch
from gezhi.supervision.queries import due
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.rules import order_steps
from gezhi.supervision.rules.automatic import AT_UNIT, Judged, words_of_end
from gezhi.supervision.rules.orders import AWAITING, Order
from gezhi.supervision.rules.register_number import ORDER, register_number

BATCH = 500
States = dict[UUID, tuple[CaseState, bytes]]


class _Planned(msgspec.Struct, frozen=True):
    """A deed to an order, with what the case is told."""

    order: Order
    deed: Deed
    command: Command | None


def supervise_due(*, clock: Clock, ids: Ids, batch: int = BATCH) -> bool:
    """督办巡查 as a whole, one batch of each kind; True when more may be waiting."""
    doing = Doing(actor=SYSTEM, key=ids(), clock=clock, ids=ids)
    steps = (lift_ended, hand_on_moved, watch_overdue, raise_overdue, raise_listed, raise_unanswered)
    counts = [step(doing, batch) for step in steps]
    return batch in counts


@transaction.atomic
def watch_overdue(doing: Doing, batch: int = BATCH) -> int:
    """Overdue cases that nobody watches yet: when each reaches its first level."""
    now = doing.clock()
    overdue = due.list_unwatched(now, limit=batch)
    looked = Addressing(now)
    put_watches([(case_id, case_due, _first_look(looked.judge(state), now)) for case_id, case_due, state in overdue])
    return len(overdue)


def _first_look(judged: Judged, now: int) -> int | None:
    """A level that is reached already is dealt with at once."""
    return now if judged.level else judged.next_at


@transaction.atomic
def raise_overdue(doing: Doing, batch: int = BATCH) -> int:
    """超时督办: a first order at the lowest level; the next level once that is reached and the reply is overdue."""
    now = doing.clock()
    watched = due.claim_watches(now, limit=batch)
    if not watched:
        return 0
    states = lock_states(watched)
    standing = due.lock_automatic(watched)
    looked = Addressing(now)
    planned: list[_Planned] = []
    looks: list[tuple[UUID, int | None]] = []
    gone: list[UUID] = []
    for case_id in watched:
        state = states[case_id][0]
        if state.status not in AT_UNIT:
            gone.append(case_id)
            continue
        judged = looked.judge(state)
        looks.append((case_id, judged.next_at))
        order = standing.get(case_id)
        level = looked.level_above(order)
        if level is not None and level <= judged.level and (order is None or _is_reply_missed(order)):
            planned.append(_overdue(case_id, state, level, order, looked, doing=doing))
    _carry_out(planned, doing)
    Watch.objects.filter(case_id__in=gone).delete()
    move_watches(looks)
    return len(watched)


def _overdue(
    case_id: UUID, state: CaseState, level: int, order: Order | None, looked: Addressing, *, doing: Doing
) -> _Planned:
    row, to = looked.rows[level], looked.to(level, leading_unit(state), state)
    if order is None:
        record = new_order(case_id, state, OrderKind.AUTOMATIC, to, doing=doing)
        record = msgspec.structs.replace(record, requirement=row.requirement)
        return _Planned(record, begin("ordered", record, row.requirement), None)
    deed = order_steps.decide_escalate(order, SYSTEM, to, row.requirement)
    return _Planned(order, deed, supervise(after(order, deed), row.requirement))


def _is_reply_missed(order: Order) -> bool:
    """The reply is awaited still, and that it did not come is on record."""
    return order.state in AWAITING and order.next_at is None


@transaction.atomic
def raise_listed(doing: Doing, batch: int = BATCH) -> int:
    """重点督办: what a key list names, once for each list and case."""
    now = doing.clock()
    today, seen_to = day_of(now), due.oldest_running()
    pairs = due.list_listed(now, today, limit=batch)
    if len(pairs) < batch:
        note_looked(seen_to, today)
    if not pairs:
        return 0
    states = lock_states({case_id for _, case_id in pairs})
    given = due.given_by_lists(pairs)  # another worker may have been faster
    pairs = [pair for pair in pairs if pair not in given]
    lists = due.key_lists(list_id for list_id, _ in pairs)
    looked = Addressing(now)
    planned: list[_Planned] = []
    for list_id, case_id in pairs:
        listed, state = lists[list_id], states[case_id][0]
        limit = Limit(listed.reply_value, Unit(listed.reply_unit), OFFICE)
        to = looked.to(listed.level, leading_unit(state), state, due=looked.due(limit))
        record = new_order(case_id, state, OrderKind.KEY, to, doing=doing)
        record = msgspec.structs.replace(record, list_id=list_id, requirement=listed.requirement)
        planned.append(_Planned(record, begin("ordered", record, listed.requirement), None))
    _carry_out(planned, doing)
    return len(pairs)


@transaction.atomic
def raise_unanswered(doing: Doing, batch: int = BATCH) -> int:
    """逾期未答复: put on record, and the order goes to the next level. While its unit has no part in the case, it waits."""
    now = doing.clock()
    orders, states = _hold(due.list_missed_replies(now, limit=batch))
    waiting = [one for one in orders if one.next_at is not None and one.next_at <= now]
    looked = Addressing(now)
    planned: list[_Planned] = []
    for order in waiting:
        state = states[order.case_id][0]
        held = [part.dispatched for part in state.open_assignments if part.unit == order.unit_id]
        if held and min(held) > order.due_at:
            planned.append(_dated_anew(order, order.unit_id or 0, state, looked))
        elif held:
            planned += _unanswered(order, state, looked)
    _carry_out(planned, doing)
    return len(orders)


def _unanswered(order: Order, state: CaseState, looked: Addressing) -> Iterable[_Planned]:
    missed = order_steps.decide_miss(order)
    yield _Planned(order, missed, None)
    level = looked.level_above(order)
    if order.kind is OrderKind.AUTOMATIC and looked.judge(state).level < (level or 0):
        return  # the watch of the case raises it once it is as late as the next level asks
    if level is not None:
        standing = after(order, missed)
        to = looked.to(level, order.unit_id, state)
        deed = order_steps.decide_escalate(standing, SYSTEM, to, f"逾期未答复，升级督办。{order.requirement}")
        yield _Planned(standing, deed, supervise(after(standing, deed), deed.text))


@transaction.atomic
def lift_ended(doing: Doing, batch: int = BATCH) -> int:
    """自动解除: the case has ended; one that was reopened while the job waited for it is left alone."""
    orders, states = _hold(due.list_ended(limit=batch))
    orders = [one for one in orders if states[one.case_id][0].status not in OPEN]
    left = due.highest_standing({one.case_id for one in orders})
    targets = due.numbers_of({into for state, _ in states.values() if (into := state.merged_into)})
    planned: list[_Planned] = []
    lifted: set[UUID] = set()
    for order in orders:
        lifted.add(order.id)
        remaining = max((level for one, level in left[order.case_id] if one not in lifted), default=0)
        state = states[order.case_id][0]
        why = words_of_end(state.status, targets.get(state.merged_into or "", ""))
        deed = order_steps.decide_lift(order, SYSTEM, why, now=doing.clock())
        planned.append(_Planned(order, deed, lifting(order, state, deed.text, remaining)))
    _carry_out(planned, doing)
    return len(orders)


@transaction.atomic
def hand_on_moved(doing: Doing, batch: int = BATCH) -> int:
    """转交: the order follows the case to the unit that has it now, with a new date for the reply."""
    orders, states = _hold(due.list_moved(limit=batch))
    looked = Addressing(doing.clock())
    planned: list[_Planned] = []
    for order in orders:
        state = states[order.case_id][0]
        if state.leading is None or order.unit_id in {part.unit for part in state.open_assignments}:
            continue
        planned.append(_dated_anew(order, state.leading.unit, state, looked))
    _carry_out(planned, doing)
    return len(orders)


def _dated_anew(order: Order, unit: int, state: CaseState, looked: Addressing) -> _Planned:
    """For the unit that has the case now, or has it again, with a new date for the reply. What a unit was late with
    raised an automatic order; the next unit begins at the lowest level.
    """
    begins = order.kind is OrderKind.AUTOMATIC and unit != order.unit_id
    level = looked.level_above(None) if begins else None
    deed = order_steps.decide_hand_on(unit, looked.to(level or order.level, unit, state))
    return _Planned(order, deed, supervise(after(order, deed)))


def _hold(order_ids: Sequence[UUID]) -> tuple[list[Order], States]:
    """Cases first, then their orders; orders that were lifted in the meantime are left out."""
    if not order_ids:
        return [], {}
    states = lock_states(due.cases_of_orders(order_ids))
    orders = due.lock_orders(order_ids)
    return [one for one in orders.values() if one.lifted_at is None], states


def _carry_out(planned: Sequence[_Planned], doing: Doing) -> None:
    """Tell the cases, and write what they took."""
    if not planned:
        return
    now = doing.clock()
    fresh = sum(not step.order.no for step in planned)
    serials = iter(next_numbers(fresh) if fresh else [])
    numbered = [_numbered(step, serials, now) for step in planned]
    keys = [doing.ids() for _ in numbered]
    told = [
        submission_of(doing, step.order.case_id, step.command, key=key)
        for step, key in zip(numbered, keys, strict=True)
        if step.command is not None
    ]
    outcomes = perform(told, clock=doing.clock) if told else []
    refused = {one.command_id for one, outcome in zip(told, outcomes, strict=True) if outcome.problem is not None}
    writer = Writer(BOOK)
    for step, key in zip(numbered, keys, strict=True):
        if key not in refused:
            writer.add(step.order, step.deed, doing, at=now, key=key)
    writer.write()


def _numbered(step: _Planned, serials: Iterator[int], now: int) -> _Planned:
    """A new order gets its number, and the case hears of it under that."""
    if step.order.no:
        return step
    record = msgspec.structs.replace(step.order, no=register_number(ORDER, at=now, serial=next(serials)))
    return _Planned(record, begin(step.deed.kind, record, step.deed.text), supervise(record))
