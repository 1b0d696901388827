"""可办操作: which acts a page offers on a row of a register; the decision itself is made when the act comes."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from gezhi.cases.rules.available import why_not
from gezhi.cases.rules.stages import OPEN, Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.supervision.rules.accountability import AccountabilityRecord, EntryState, is_ripe
from gezhi.supervision.rules.major_register import ASKERS, MajorCase, MajorState, is_inspected
from gezhi.supervision.rules.meetings import KEEPERS, Decision, Meeting
from gezhi.supervision.rules.order_rights import is_addressed, is_concerned, may_lift
from gezhi.supervision.rules.orders import HIGHEST, Order, OrderState
from gezhi.supervision.rules.own_unit import concerns_own
from gezhi.supervision.rules.ownerless import DECIDERS


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


def acts_on_major(major: MajorCase, actor: Actor, state: CaseState | None, policy: LocalPolicy) -> tuple[str, ...]:
    """Each act is an entry of the case, too: what the case does not take is not offered."""
    if state is None:
        return ()
    case, theirs = state, concerns_own(major.unit_id, actor)
    listed, struck = major.state is MajorState.LISTED, major.state is MajorState.STRUCK_OFF
    writes = Permission.SUPERVISION_WRITE in actor.permissions
    asked = major.asked_due_at is not None

    def takes(word: str) -> bool:
        return why_not(word, case, actor, policy) is None

    decides = writes and asked and not theirs and major.asked_by != actor.user_id
    proposes = listed and actor.role is Role.SUPERVISOR and not theirs and is_inspected(case)
    signs = major.state is MajorState.STRIKING and actor.role is Role.LEADER and major.strike_by != actor.user_id
    offered = {
        "progress": not struck and takes("report_major"),
        "ask_change": not struck and not asked and actor.role in ASKERS and takes("note"),
        "decide_change": not struck and decides and takes("change_major"),
        "report_above": writes and takes("note"),
        "propose_strike_off": proposes and takes("note"),
        "sign_strike_off": signs and not theirs and takes("strike_off"),
    }
    return tuple(name for name, is_offered in offered.items() if is_offered)


def acts_on_ownerless(state: CaseState, actor: Actor, policy: LocalPolicy) -> tuple[str, ...]:
    """A case that came back twice is marked first, by a dispatcher; one that is marked, a leader settles, too."""
    first = "settle_owner" if state.status is Status.UNOWNED else "mark_unowned"
    settles = actor.role in DECIDERS and why_not(first, state, actor, policy) is None
    return (*(["settle"] if settles else []), *(["put_on_agenda"] if actor.role in KEEPERS else []))


def acts_on_meeting(meeting: Meeting, actor: Actor, statuses: Mapping[UUID, Status]) -> tuple[str, ...]:
    """`statuses` of the cases on the agenda: one that has gone on is decided no more."""
    left = {statuses.get(item.case_id) for item in meeting.agenda if item.decision is not Decision.SETTLED}
    decidable = {Status.UNOWNED, *([Status.REGISTERED] if actor.role is Role.DISPATCHER else [])}
    decides = actor.role in DECIDERS and bool(left & decidable)
    keeps = actor.role in KEEPERS
    return (*(["add"] if keeps else []), *(["decide"] if decides else []), *(["put_off"] if keeps and left else []))
