"""督办单: its kinds, levels and states. Requirement R15: 超时督办, 领导督办, 重点督办, three levels of addressee."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.cases.rules.entries import OrderKind
from gezhi.kernel.deeds import Record
from gezhi.kernel.permissions import Role


class OrderState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    RETURNED = "returned"
    LIFTED = "lifted"


KIND_NAMES: dict[str, tuple[str, str]] = {
    OrderKind.AUTOMATIC: ("超时督办", "Handling late"),
    OrderKind.LEADER: ("领导督办", "By a leader"),
    OrderKind.SUPERVISOR: ("督察督办", "By a supervisor"),
    OrderKind.KEY: ("重点督办", "Key list"),
}
STATE_NAMES: dict[str, tuple[str, str]] = {
    OrderState.OPEN: ("待答复", "Reply awaited"),
    OrderState.ANSWERED: ("已答复", "Replied"),
    OrderState.RETURNED: ("退回重报", "Returned"),
    OrderState.LIFTED: ("已解除", "Lifted"),
}
LEVEL_NAMES: dict[int, tuple[str, str]] = {
    1: ("一级督办", "Level 1"),
    2: ("二级督办", "Level 2"),
    3: ("三级督办", "Level 3"),
}
EVENT_NAMES: dict[str, tuple[str, str]] = {
    "ordered": ("下达督办", "Ordered"),
    "replied": ("单位答复", "Replied"),
    "accepted": ("认可答复", "Reply accepted"),
    "returned": ("退回重报", "Returned for a new reply"),
    "further_ordered": ("追加要求", "Further order"),
    "escalated": ("升级督办", "Raised a level"),
    "handed_on": ("转交现责任单位", "Handed on to the present unit"),
    "reply_missed": ("逾期未答复", "No reply in time"),
    "reminded": ("催办", "Reminded"),
    "lifted": ("解除督办", "Lifted"),
}
HIGHEST = 3
AWAITING = (OrderState.OPEN, OrderState.RETURNED)


class Order(Record, frozen=True, kw_only=True):
    """督办单. `level` decides who is addressed; `next_at`: when the job looks again; `late`: a reply came late or not
    at all; `missed` counts deadlines that passed without one.
    """

    no: str
    case_id: UUID
    case_no: str
    class_key: str
    area_code: str
    kind: OrderKind
    level: int
    addressee: str
    addressees: tuple[int, ...] = ()
    unit_id: int | None = None
    list_id: UUID | None = None
    state: OrderState = OrderState.OPEN
    requirement: str = ""
    due_at: int
    next_at: int | None = None
    ordered_at: int
    ordered_by: int
    ordered_role: str
    answered_at: int | None = None
    answer: str = ""
    accepted_at: int | None = None
    late: bool = False
    missed: int = 0
    returned: int = 0
    escalated: int = 0
    lifted_at: int | None = None
    lifted_by: int | None = None


class Addressed(msgspec.Struct, frozen=True):
    """督办对象: a level with whom it addresses and by when the reply is due."""

    level: int
    addressee: str
    users: tuple[int, ...]
    due: int


def kind_of(role: Role) -> OrderKind:
    """By whose word an order is given."""
    return {Role.LEADER: OrderKind.LEADER, Role.SYSTEM: OrderKind.AUTOMATIC}.get(role, OrderKind.SUPERVISOR)
