"""待办队列: which piles of work a post has before it. A queue is a condition over case columns, never a stored list."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.stages import DECIDING, STATUSES, Status
from gezhi.kernel.permissions import Role

R, S = Role, Status


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """待办队列. `mine` narrows to the user's own task, `own_unit` to work that the user's organisation has open, `desk`
    to stages that the platform of the user's level performs, `deciding` to applications that wait for the user's role.
    """

    key: str
    zh: str
    en: str
    statuses: tuple[Status, ...] = ()
    roles: tuple[Role, ...] = ()
    mine: bool = False
    own_unit: bool = False
    deciding: bool = False
    desk: bool = False
    supervised: bool = False
    major: bool = False
    difficult: bool = False
    finished: bool = False
    reported_by_me: bool = False


def _queue(status: Status, *roles: Role, own_unit: bool = False) -> Queue:
    named = STATUSES[status]
    return Queue(
        key=status.value,
        zh=named.zh,
        en=named.en,
        statuses=(status,),
        roles=roles,
        own_unit=own_unit,
        desk=not own_unit,
    )


WATCHERS = (R.SUPERVISOR, R.LEADER, R.ADMINISTRATOR)
TO_DECIDE = Queue(key="to_decide", zh="待我审批", en="To decide", roles=(R.HANDLER, *DECIDING), deciding=True)
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
    TO_DECIDE,
    Queue(
        key="difficult",
        zh="疑难无主",
        en="Ownerless",
        statuses=(S.UNOWNED, S.REGISTERED),
        roles=(R.DISPATCHER, *WATCHERS),
        difficult=True,
    ),
    _queue(S.DISPATCHED, R.HANDLER, own_unit=True),
    _queue(S.HANDLING, R.HANDLER, own_unit=True),
    _queue(S.SUSPENDED, R.HANDLER, own_unit=True),
    _queue(S.HANDLED, R.DISPATCHER),
    _queue(S.TO_INSPECT, R.ACCEPTOR),
    _queue(S.INSPECTING, R.ACCEPTOR),
    _queue(S.TO_CLOSE, R.DUTY_OFFICER),
    Queue(
        key="supervised",
        zh="督办案件",
        en="Supervised",
        roles=(R.DUTY_OFFICER, R.DISPATCHER, R.HANDLER, *WATCHERS),
        supervised=True,
    ),
    Queue(
        key="major",
        zh="重大案件",
        en="Major cases",
        roles=(R.DUTY_OFFICER, R.DISPATCHER, R.HANDLER, *WATCHERS),
        major=True,
    ),
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
