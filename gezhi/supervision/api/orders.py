"""/supervision/orders: 督办单 read, ordered, replied to, decided on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query

from gezhi.cases.queries.case_faces import get_visible_state
from gezhi.cases.shapes.faces import CaseOut
from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import after_of, cursor_of, maybe, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches
from gezhi.supervision import actions
from gezhi.supervision.actions.addressing import Addressing, leading_unit
from gezhi.supervision.actions.orders import Asked
from gezhi.supervision.api.case_columns import case_columns
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import (
    DeedReasonIn,
    DeedTextIn,
    FurtherIn,
    OrderFilterIn,
    OrderIn,
    OrdersAsked,
    ReplyIn,
    ReturnIn,
    epoch,
)
from gezhi.supervision.queries.book import list_events
from gezhi.supervision.queries.orders import (
    MOST_COUNTED,
    STANDING,
    OrderFilter,
    count_orders,
    get_order,
    list_orders,
    stream_orders,
)
from gezhi.supervision.rules.addressees import ADDRESSEE_NAMES
from gezhi.supervision.rules.available import acts_on_order
from gezhi.supervision.rules.orders import (
    AWAITING,
    EVENT_NAMES,
    HIGHEST,
    KIND_NAMES,
    LEVEL_NAMES,
    STATE_NAMES,
    Order,
)
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import (
    LevelFormOut,
    OrderCountOut,
    OrderDetailOut,
    OrderFormOut,
    OrderOut,
    OrderPageOut,
)

READ, WRITE, REPLY = Permission.SUPERVISION_READ, Permission.SUPERVISION_WRITE, Permission.SUPERVISION_REPLY
MOST_STANDING = 20


def order_out(order: Order, presenter: Presenter, actor: Actor) -> OrderOut:
    case = presenter.case(order.case_id, order.case_no, order.class_key, order.area_code)
    shown = OrderOut(
        id=order.id,
        no=order.no,
        case=case,
        kind=order.kind,
        level=order.level,
        addressee=order.addressee,
        addressees=[presenter.person(user) for user in order.addressees],
        unit=presenter.maybe_unit(order.unit_id),
        state=order.state,
        requirement=order.requirement,
        due_at=moment(order.due_at),
        overdue=order.state in AWAITING and order.due_at < presenter.now,
        ordered_at=moment(order.ordered_at),
        ordered_by=presenter.person(order.ordered_by),
        answered_at=maybe(order.answered_at),
        answer=order.answer,
        accepted_at=maybe(order.accepted_at),
        late=order.late,
        missed=order.missed,
        returned=order.returned,
        escalated=order.escalated,
        lifted_at=maybe(order.lifted_at),
        lifted_by=presenter.maybe_person(order.lifted_by),
        acts=list(acts_on_order(order, actor, case.status)),
    )
    return presenter.about(shown, order.case_id)


def orders_out(orders: list[Order], actor: Actor) -> list[OrderOut]:
    presenter = Presenter(actor, (one.case_id for one in orders), now=system_clock())
    return [order_out(one, presenter, actor) for one in orders]


def detail_of(order: Order, actor: Actor) -> OrderDetailOut:
    presenter = Presenter(actor, [order.case_id], now=system_clock())
    events = presenter.events(list_events(order.id), EVENT_NAMES)
    return presenter.about(OrderDetailOut(**dict(order_out(order, presenter, actor)), events=events), order.case_id)


@router.get("/supervision/orders", permission=READ, response=OrderPageOut)
def get_orders(request: HttpRequest, asked: Annotated[OrdersAsked, Query()]) -> OrderPageOut:
    """督办单, the newest first, with counts of what is filtered."""
    actor, filters = actor_of(request), asked.filters(system_clock())
    orders = list_orders(filters, actor, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(orders, asked.limit, lambda last: cursor_of(last.ordered_at, last.id))
    count = count_orders(filters, actor)
    return OrderPageOut(
        items=orders_out(page, actor),
        next_cursor=next_cursor,
        count=OrderCountOut(
            total=min(count.total, MOST_COUNTED),
            open=count.open,
            answered=count.answered,
            returned=count.returned,
            lifted=count.lifted,
            late=count.late,
            is_more=count.total > MOST_COUNTED,
        ),
    )


COLUMNS: tuple[Column[OrderOut], ...] = (
    Column("督办编号", 18, lambda row: row.no),
    *case_columns(),
    Column("督办类型", 12, lambda row: KIND_NAMES[row.kind][0]),
    Column("督办级别", 10, lambda row: LEVEL_NAMES[row.level][0]),
    Column("督办对象", 14, lambda row: ADDRESSEE_NAMES[row.addressee][0]),
    Column("对象姓名", 16, lambda row: "、".join(row.addressees)),
    Column("被督办单位", 20, lambda row: row.unit.name if row.unit is not None else "尚未派遣"),
    Column("督办要求", 40, lambda row: row.requirement),
    Column("下达时间", 17, lambda row: row.ordered_at),
    Column("下达人", 10, lambda row: row.ordered_by),
    Column("答复期限", 17, lambda row: row.due_at),
    Column("答复时间", 17, lambda row: row.answered_at),
    Column("答复内容", 40, lambda row: row.answer),
    Column("是否逾期答复", 12, lambda row: "是" if row.late or row.overdue else "否"),
    Column("逾期未答复次数", 10, lambda row: row.missed),
    Column("退回次数", 10, lambda row: row.returned),
    Column("升级次数", 10, lambda row: row.escalated),
    Column("认可时间", 17, lambda row: row.accepted_at),
    Column("状态", 10, lambda row: STATE_NAMES[row.state][0]),
    Column("解除时间", 17, lambda row: row.lifted_at),
    Column("解除人", 10, lambda row: row.lifted_by or ""),
)


@router.get("/supervision/orders.xlsx", permission=READ, openapi_extra=OPENAPI)
def get_orders_sheet(request: HttpRequest, asked: Annotated[OrderFilterIn, Query()]) -> FileResponse:
    """督办台账 as a sheet, at most 50,000 rows."""
    actor, now = actor_of(request), system_clock()

    def shown(batch: list[Order]) -> Iterable[OrderOut]:
        return orders_out(batch, actor)

    rows = in_batches(stream_orders(asked.filters(now), actor), shown)
    return answer_sheet("督办台账", COLUMNS, rows, now=now, asked_by=actor.name)


@router.get("/supervision/orders/form", permission=READ, response=OrderFormOut)
def get_order_form(request: HttpRequest, case_id: UUID) -> OrderFormOut:
    """What an order on this case begins with: its units, whom each level addresses, and the orders that stand."""
    actor, now = actor_of(request), system_clock()
    state = get_visible_state(case_id, actor)
    presenter = Presenter(actor, [case_id], now=system_clock())
    looked = Addressing(now)
    levels = []
    for level in range(1, HIGHEST + 1):
        to = looked.to(level, leading_unit(state), state)
        levels.append(
            LevelFormOut(
                level=level,
                addressee=to.addressee,
                addressees=[presenter.person(user) for user in to.users],
                due_at=moment(to.due),
                requirement=looked.rows[level].requirement,
            )
        )
    standing = list_orders(OrderFilter(state=STANDING, case_id=case_id), actor, limit=MOST_STANDING)
    case: CaseOut = presenter.case(case_id, state.no, state.subject.class_key, state.place.area)
    return OrderFormOut(
        case=case,
        units=[presenter.unit(part.unit) for part in state.open_assignments],
        levels=levels,
        standing=[order_out(one, presenter, actor) for one in standing],
    )


@router.get("/supervision/orders/{uuid:order_id}", permission=READ, response=OrderDetailOut)
def read_order(request: HttpRequest, order_id: UUID) -> OrderDetailOut:
    """One order with everything that was done to it."""
    actor = actor_of(request)
    return detail_of(get_order(order_id, actor), actor)


@router.post("/supervision/orders", permission=WRITE, response=OrderDetailOut)
def give_order(request: HttpRequest, asked: OrderIn) -> OrderDetailOut:
    """下达督办: to the unit that has the case. Sent again under the same Idempotency-Key: the order that stands."""
    terms = Asked(level=asked.level, requirement=asked.requirement, due=epoch(asked.due_at), unit_id=asked.unit_id)
    return detail_of(actions.order_supervision(asked.case_id, terms, doing=doing_of(request)), actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/reply", permission=REPLY, response=OrderDetailOut)
def reply(request: HttpRequest, order_id: UUID, asked: ReplyIn) -> OrderDetailOut:
    """答复督办, by the unit that the order names."""
    order = actions.reply_to_order(order_id, asked.text, tuple(asked.pictures), doing=doing_of(request))
    return detail_of(order, actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/acceptance", permission=WRITE, response=OrderDetailOut)
def accept(request: HttpRequest, order_id: UUID, asked: DeedTextIn) -> OrderDetailOut:
    """认可答复."""
    return detail_of(actions.accept_reply(order_id, asked.text, doing=doing_of(request)), actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/return", permission=WRITE, response=OrderDetailOut)
def give_back(request: HttpRequest, order_id: UUID, asked: ReturnIn) -> OrderDetailOut:
    """退回重报."""
    order = actions.return_reply(order_id, asked.reason, epoch(asked.due_at), doing=doing_of(request))
    return detail_of(order, actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/further", permission=WRITE, response=OrderDetailOut)
def demand_more(request: HttpRequest, order_id: UUID, asked: FurtherIn) -> OrderDetailOut:
    """追加要求."""
    order = actions.order_further(order_id, asked.requirement, epoch(asked.due_at), doing=doing_of(request))
    return detail_of(order, actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/escalation", permission=WRITE, response=OrderDetailOut)
def escalate(request: HttpRequest, order_id: UUID, asked: DeedReasonIn) -> OrderDetailOut:
    """升级督办."""
    return detail_of(actions.escalate_order(order_id, asked.reason, doing=doing_of(request)), actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/reminder", permission=WRITE, response=OrderDetailOut)
def remind(request: HttpRequest, order_id: UUID, asked: DeedTextIn) -> OrderDetailOut:
    """催办."""
    return detail_of(actions.remind_unit(order_id, asked.text, doing=doing_of(request)), actor_of(request))


@router.post("/supervision/orders/{uuid:order_id}/lifting", permission=WRITE, response=OrderDetailOut)
def lift(request: HttpRequest, order_id: UUID, asked: DeedReasonIn) -> OrderDetailOut:
    """解除督办: by whoever ordered, or a leader."""
    return detail_of(actions.lift_order(order_id, asked.reason, doing=doing_of(request)), actor_of(request))
