"""待办队列: which piles of work a post has before it. A queue is a condition over case columns, never a stored list."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.stages import STATUSES, Status
from gezhi.kernel.permissions import Role

R, S = Role, Status


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """待办队列. `mine` narrows to the user's own task, `own_unit` to work that the user's organisation has open."""

    key: str
    zh: str
    en: str
    statuses: tuple[Status, ...] = ()
    roles: tuple[Role, ...] = ()
    mine: bool = False
    own_unit: bool = False
    asking: bool = False
    finished: bool = False
    reported_by_me: bool = False


def _queue(status: Status, *roles: Role, own_unit: bool = False) -> Queue:
    named = STATUSES[status]
    return Queue(key=status.value, zh=named.zh, en=named.en, statuses=(status,), roles=roles, own_unit=own_unit)


WATCHERS = (R.SUPERVISOR, R.LEADER, R.ADMINISTRATOR)
QUEUES: tuple[Queue, ...] = (
    Queue(
        key="my_verify",
        zh="我的核实任务",
        en="My verifications",
        statuses=(S.VERIFYING,),
        roles=(R.COLLECTOR,),
        mine=True,
    ),
    Queue(
        key="my_inspect",
        zh="我的核查任务",
        en="My inspections",
        statuses=(S.INSPECTING,),
        roles=(R.COLLECTOR,),
        mine=True,
    ),
    Queue(
        key="my_reports",
        zh="我的上报",
        en="My reports",
        roles=(R.COLLECTOR, R.CHANNEL),
        reported_by_me=True,
        finished=True,
    ),
    _queue(S.REPORTED, R.ACCEPTOR),
    _queue(S.VERIFYING, R.ACCEPTOR),
    _queue(S.ACCEPTED, R.DUTY_OFFICER, R.ACCEPTOR),
    _queue(S.REGISTERED, R.DISPATCHER),
    Queue(
        key="send_backs",
        zh="回退待审批",
        en="Send-backs to decide",
        statuses=(S.DISPATCHED, S.HANDLING),
        roles=(R.DISPATCHER,),
        asking=True,
    ),
    _queue(S.UNOWNED, R.DISPATCHER, R.LEADER),
    _queue(S.DISPATCHED, R.HANDLER, own_unit=True),
    _queue(S.HANDLING, R.HANDLER, own_unit=True),
    _queue(S.HANDLED, R.DISPATCHER),
    _queue(S.TO_INSPECT, R.ACCEPTOR),
    _queue(S.INSPECTING, R.ACCEPTOR),
    _queue(S.TO_CLOSE, R.DUTY_OFFICER),
    Queue(
        key="all_open",
        zh="全部在办",
        en="All open",
        roles=(R.ACCEPTOR, R.DUTY_OFFICER, R.DISPATCHER, R.HANDLER, *WATCHERS),
    ),
    Queue(key="finished", zh="已办结", en="Finished", roles=tuple(R), finished=True),
)
_BY_KEY = {queue.key: queue for queue in QUEUES}


def queues_of(role: Role) -> tuple[Queue, ...]:
    """The queues of a post, in the order of the stages."""
    return tuple(queue for queue in QUEUES if role in queue.roles)


def queue_of(key: str) -> Queue | None:
    return _BY_KEY.get(key)
