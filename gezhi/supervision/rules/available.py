"""可办操作: which acts a page offers on a row of a register; the decision itself is made when the act comes."""

from __future__ import annotations

from gezhi.cases.rules.stages import OPEN, Status
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.supervision.rules.accountability import AccountabilityRecord, EntryState, is_ripe
from gezhi.supervision.rules.major_register import ASKERS, MajorCase, MajorState
from gezhi.supervision.rules.order_rights import is_addressed, is_concerned, may_lift
from gezhi.supervision.rules.orders import HIGHEST, Order, OrderState
from gezhi.supervision.rules.own_unit import concerns_own


def acts_on_order(order: Order, actor: Actor, status: Status | None) -> tuple[str, ...]:
    """`status` is that of the case: to one that has ended nothing is demanded any more."""
    if order.state is OrderState.LIFTED:
        return ()
    acts = list[str]()
    answered, is_open = order.state is OrderState.ANSWERED, status in OPEN
    if Permission.SUPERVISION_REPLY in actor.permissions and is_addressed(order, actor) and not answered:
        acts.append("reply")
    if Permission.SUPERVISION_WRITE in actor.permissions and not is_concerned(order, actor):
        judged = answered and order.accepted_at is None
        acts += [*(["accept"] if judged else []), *(["return"] if judged and is_open else [])]
        acts += ["further", *(["escalate"] if order.level < HIGHEST else []), "remind"] if is_open else []
        acts += ["lift"] if may_lift(order, actor) else []
    return tuple(acts)


def acts_on_entry(entry: AccountabilityRecord, actor: Actor, now: int) -> tuple[str, ...]:
    acts = list[str]()
    theirs = concerns_own(entry.unit_id, actor)
    replies = Permission.SUPERVISION_REPLY in actor.permissions and theirs
    writes = Permission.SUPERVISION_WRITE in actor.permissions and not theirs
    if entry.state is EntryState.PROPOSED and writes:
        acts += [*(["confirm"] if entry.proposed_by != actor.user_id else []), "dismiss"]
    if entry.state is EntryState.CORRECTING:
        acts += [*(["report"] if replies else []), *(["close"] if writes and is_ripe(entry, now) else [])]
    if entry.state is EntryState.REPORTED and writes:
        acts += ["return", "close"]
    return tuple(acts)


def acts_on_major(major: MajorCase, actor: Actor) -> tuple[str, ...]:
    acts, struck = list[str](), major.state is MajorState.STRUCK_OFF
    writes, theirs = Permission.SUPERVISION_WRITE in actor.permissions, concerns_own(major.unit_id, actor)
    if not struck and actor.role in (Role.HANDLER, Role.DISPATCHER, Role.DUTY_OFFICER, Role.SUPERVISOR):
        acts.append("progress")
    if not struck and actor.role in ASKERS and major.asked_due_at is None:
        acts.append("ask_change")
    if not struck and not theirs and writes and major.asked_due_at is not None and major.asked_by != actor.user_id:
        acts.append("decide_change")
    if writes:
        acts.append("report_above")
    if major.state is MajorState.LISTED and actor.role is Role.SUPERVISOR and not theirs:
        acts.append("propose_strike_off")
    signs = actor.role is Role.LEADER and not theirs and major.strike_by != actor.user_id
    if major.state is MajorState.STRIKING and signs:
        acts.append("sign_strike_off")
    return tuple(acts)
