"""督办单办理: one function for each act; the case hears of it in the same transaction."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import perform_one
from gezhi.cases.queries.case_faces import get_visible_state
from gezhi.cases.queries.states import find_pictures, lock_states
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.entries import OrderKind
from gezhi.cases.rules.stages import OPEN
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, begin
from gezhi.kernel.permissions import Actor
from gezhi.kernel.words import require_words
from gezhi.plumbing.media import find_foreign, keep_pictures
from gezhi.plumbing.register_rows import Doing, done_before, lock_record, write_one
from gezhi.supervision.actions.addressing import Addressing, leading_unit
from gezhi.supervision.actions.serials import next_numbers
from gezhi.supervision.actions.submission import submission_of
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.queries.orders import get_order, standing_levels
from gezhi.supervision.queries.scope import seen_by
from gezhi.supervision.rules import order_steps
from gezhi.supervision.rules.addressees import is_in_force
from gezhi.supervision.rules.orders import HIGHEST, Addressed, Order, kind_of
from gezhi.supervision.rules.register_number import ORDER, register_number
from gezhi.supervision.rules.terms import check_due


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """督办内容. No `due`: the reply limit of the level; no `unit_id`: whoever leads the case."""

    level: int
    requirement: str
    due: int | None = None
    unit_id: int | None = None


@transaction.atomic
def order_supervision(case_id: UUID, terms: Asked, *, doing: Doing) -> Order:
    """下达督办: to the unit that has the case."""
    get_visible_state(case_id, doing.actor)
    state, _ = lock_states([case_id])[case_id]
    if (before := done_before(BOOK, Order, doing.key)) is not None:
        return before
    looked = Addressing(doing.clock())
    order_steps.check_level(terms.level)
    requirement = require_words("requirement", terms.requirement)
    if state.status not in OPEN:
        raise order_steps.CaseEnded
    unit = _unit_ordered(state, terms.unit_id, looked)
    due = None if terms.due is None else check_due(terms.due, looked.now)
    record = new_order(
        case_id, state, kind_of(doing.actor.role), looked.to(terms.level, unit, state, due=due), doing=doing
    )
    no = register_number(ORDER, at=looked.now, serial=next_numbers(1)[0])
    record = msgspec.structs.replace(record, unit_id=unit, requirement=requirement, no=no)
    perform_one(submission_of(doing, case_id, supervise(record)), clock=doing.clock)
    return write_one(BOOK, record, begin("ordered", record, requirement), doing, at=looked.now)


def _unit_ordered(state: CaseState, named: int | None, looked: Addressing) -> int | None:
    """The unit that an order goes to; Problems where it is gone or has nothing to do with the case."""
    directory = looked.registers.directory
    unit = named if named is not None else leading_unit(state)
    if unit is None:
        return None
    body = directory.organisations.get(unit)
    name = body.name if body is not None else str(unit)
    if not is_in_force(directory, unit, day_of(looked.now)):
        raise order_steps.UnitGone(field="unit_id", unit=name)
    if all(part.unit != unit for part in state.open_assignments):
        raise order_steps.UnitHasNoPart(field="unit_id", unit=name)
    return unit


def new_order(case_id: UUID, state: CaseState, kind: OrderKind, to: Addressed, *, doing: Doing) -> Order:
    return Order(
        id=doing.ids(),
        no="",
        case_id=case_id,
        case_no=state.no,
        class_key=state.subject.class_key,
        area_code=state.place.area,
        kind=kind,
        level=to.level,
        addressee=to.addressee,
        addressees=to.users,
        unit_id=leading_unit(state),
        due_at=to.due,
        next_at=to.due,
        ordered_at=doing.clock(),
        ordered_by=doing.actor.user_id,
        ordered_role=doing.actor.role.value,
    )


def supervise(order: Order, text: str = "") -> commands.Supervise:
    """The entry in the log of the case."""
    return commands.Supervise(
        order=order.no, kind=order.kind, level=order.level, text=text or order.requirement, due=order.due_at
    )


def _hold(order_id: UUID, doing: Doing) -> tuple[Order, CaseState, bool]:
    """Case and order, held in this order; True: the request had been carried out before."""
    case_id = get_order(order_id, doing.actor).case_id
    state, _ = lock_states([case_id])[case_id]
    order = lock_record(BOOK, Order, order_id, seen_by(doing.actor))
    return order, state, done_before(BOOK, Order, doing.key, only=order_id) is not None


def _write(order: Order, deed: Deed, doing: Doing, command: Command | None) -> Order:
    if command is not None:
        perform_one(submission_of(doing, order.case_id, command), clock=doing.clock)
    return write_one(BOOK, order, deed, doing, at=doing.clock())


@transaction.atomic
def reply_to_order(order_id: UUID, text: str, pictures: tuple[str, ...], *, doing: Doing) -> Order:
    """答复督办: by the unit; late is allowed and counted."""
    order, state, done = _hold(order_id, doing)
    if done:
        return order
    deed = order_steps.decide_reply(order, doing.actor, text, pictures, now=doing.clock())
    check_pictures(pictures, doing.actor)
    command = commands.AnswerSupervision(order=order.no, text=deed.text) if state.supervision else None
    return _write(order, deed, doing, command)


def check_pictures(pictures: tuple[str, ...], actor: Actor) -> None:
    """Uploaded, and kept from now on. One that the person neither sent nor sees used is as if it did not exist."""
    known = find_pictures(pictures)
    if any(sha not in known for sha in pictures) or find_foreign(pictures, actor):
        raise order_steps.PictureUnknown(field="pictures")
    keep_pictures(pictures)


@transaction.atomic
def accept_reply(order_id: UUID, text: str, *, doing: Doing) -> Order:
    """认可答复."""
    order, _, done = _hold(order_id, doing)
    return (
        order
        if done
        else _write(order, order_steps.decide_accept(order, doing.actor, text, now=doing.clock()), doing, None)
    )


@transaction.atomic
def return_reply(order_id: UUID, reason: str, due: int | None, *, doing: Doing) -> Order:
    """退回重报."""
    order, _, done = _hold(order_id, doing)
    if done:
        return order
    now = doing.clock()
    due = Addressing(now).reply_due(order.level) if due is None else due
    deed = order_steps.decide_return(order, doing.actor, reason, due, now=now)
    again = msgspec.structs.replace(order, due_at=due)
    return _write(order, deed, doing, supervise(again, f"退回重报：{deed.text}"))


@transaction.atomic
def order_further(order_id: UUID, requirement: str, due: int | None, *, doing: Doing) -> Order:
    """追加要求."""
    order, _, done = _hold(order_id, doing)
    if done:
        return order
    now = doing.clock()
    due = Addressing(now).reply_due(order.level) if due is None else due
    deed = order_steps.decide_further(order, doing.actor, requirement, due, now=now)
    return _write(order, deed, doing, supervise(msgspec.structs.replace(order, due_at=due), deed.text))


@transaction.atomic
def escalate_order(order_id: UUID, reason: str, *, doing: Doing) -> Order:
    """升级督办 by hand."""
    order, state, done = _hold(order_id, doing)
    if done:
        return order
    level = min(order.level + 1, HIGHEST)
    to = Addressing(doing.clock()).to(level, order.unit_id, state)
    deed = order_steps.decide_escalate(order, doing.actor, to, reason)
    raised = msgspec.structs.replace(order, level=level, due_at=to.due)
    return _write(order, deed, doing, supervise(raised, deed.text))


@transaction.atomic
def remind_unit(order_id: UUID, text: str, *, doing: Doing) -> Order:
    """催办: those who hold the case hear it; nothing else changes."""
    order, _, done = _hold(order_id, doing)
    if done:
        return order
    deed = order_steps.decide_remind(order, text)
    return _write(order, deed, doing, commands.Remind(text=deed.text))


@transaction.atomic
def lift_order(order_id: UUID, reason: str, *, doing: Doing) -> Order:
    """解除督办."""
    order, state, done = _hold(order_id, doing)
    if done:
        return order
    deed = order_steps.decide_lift(order, doing.actor, reason, now=doing.clock())
    return _write(order, deed, doing, lifting(order, state, deed.text, standing_levels(order.case_id, but=order.id)))


def lifting(order: Order, state: CaseState, text: str, remaining: int) -> commands.LiftSupervision | None:
    """The entry in the log of the case; none where the case no longer takes one."""
    if not state.supervision or (state.status not in OPEN and state.closed is None):
        return None
    return commands.LiftSupervision(order=order.no, text=text, remaining=remaining)
