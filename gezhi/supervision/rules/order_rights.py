"""督办权限: who replies to an order, whom it supervises, who may lift it."""

from __future__ import annotations

from gezhi.kernel.permissions import Actor, Role
from gezhi.supervision.rules.orders import Order
from gezhi.supervision.rules.own_unit import concerns_own

WHOLE_CITY = 1  # level of the platform


def is_addressed(order: Order, actor: Actor) -> bool:
    """Whether this person replies: somebody whom the order names; where it names nobody, the unit."""
    return actor.user_id in order.addressees if order.addressees else concerns_own(order.unit_id, actor)


def is_concerned(order: Order, actor: Actor) -> bool:
    """Whether the order supervises this person or a unit of theirs; nobody supervises themselves."""
    return is_named(order, actor) or concerns_own(order.unit_id, actor)


def is_named(order: Order, actor: Actor) -> bool:
    return actor.user_id in order.addressees and actor.user_id != order.ordered_by


def may_lift(order: Order, actor: Actor) -> bool:
    """解除权限: whoever ordered; what the system ordered, any supervisor or leader; what a supervisor ordered, any leader;
    what a leader ordered, besides them a leader of the city.
    """
    if order.ordered_by == actor.user_id or order.ordered_role == Role.SYSTEM or actor.role is Role.SYSTEM:
        return True
    return actor.role is Role.LEADER and (order.ordered_role != Role.LEADER or actor.level == WHOLE_CITY)
