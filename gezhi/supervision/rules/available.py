"""可办操作: which acts a page offers on a row of a register; the decision itself is made when the act comes."""

from __future__ import annotations

from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.supervision.rules.accountability import AccountabilityRecord, EntryState
from gezhi.supervision.rules.major_register import ASKERS, MajorCase, MajorState
from gezhi.supervision.rules.orders import HIGHEST, Order, OrderState
from gezhi.supervision.rules.own_unit import concerns_own


def acts_on_order(order: Order, actor: Actor) -> tuple[str, ...]:
    if order.state is OrderState.LIFTED:
        return ()
    acts = list[str]()
    answered = order.state is OrderState.ANSWERED
    theirs = concerns_own(order.unit_id, actor)
    if Permission.SUPERVISION_REPLY in actor.permissions and theirs and not answered:
        acts.append("reply")
    writes = Permission.SUPERVISION_WRITE in actor.permissions
    if writes and not theirs:
        acts += ["accept", "return"] if answered and order.accepted_at is None else []
        acts += ["further", *(["escalate"] if order.level < HIGHEST else [])]
    if writes:
        acts.append("remind")
        own = order.ordered_by == actor.user_id or order.ordered_role == Role.SYSTEM
        acts += ["lift"] if not theirs and (own or actor.role is Role.LEADER) else []
    return tuple(acts)


def acts_on_entry(entry: AccountabilityRecord, actor: Actor) -> tuple[str, ...]:
    acts = list[str]()
    theirs = concerns_own(entry.unit_id, actor)
    replies = Permission.SUPERVISION_REPLY in actor.permissions and theirs
    writes = Permission.SUPERVISION_WRITE in actor.permissions and not theirs
    if entry.state is EntryState.PROPOSED and writes:
        acts += [*(["confirm"] if entry.proposed_by != actor.user_id else []), "dismiss"]
    if entry.state is EntryState.CORRECTING:
        acts += [*(["report"] if replies else []), *(["close"] if writes else [])]
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
