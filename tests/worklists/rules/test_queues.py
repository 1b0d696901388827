from __future__ import annotations

import re

import pytest

from gezhi.cases.rules.stages import OPEN, Status, transitions_of
from gezhi.kernel.permissions import Role
from gezhi.worklists.rules.queues import QUEUES, Queue, queue_of, queues_of

TABLE = """
my_verify   verifying           collector                          mine
my_inspect  inspecting          collector                          mine
my_reports  -                   collector channel                  finished reported_by_me
reported    reported            acceptor                           desk
verifying   verifying           acceptor                           desk
accepted    accepted            duty-officer acceptor              desk
registered  registered          dispatcher                         desk
to_decide   -                   handler SEATED supervisor leader   deciding
difficult   unowned registered  dispatcher WATCHERS                difficult
dispatched  dispatched          handler                            own_unit
handling    handling            handler                            own_unit
suspended   suspended           handler                            own_unit
handled     handled             dispatcher                         desk
to_inspect  to_inspect          acceptor                           desk
inspecting  inspecting          acceptor                           desk
to_close    to_close            duty-officer                       desk
supervised  -                   duty-officer dispatcher handler WATCHERS  supervised
major       -                   duty-officer dispatcher handler WATCHERS  major
all_open    -                   SEATED handler WATCHERS            -
finished    -                   EVERYBODY                          finished
"""
WORDS = {
    "SEATED": "acceptor duty-officer dispatcher",
    "WATCHERS": "supervisor leader administrator",
    "EVERYBODY": " ".join(Role),
}
FLAGS = tuple(name for name in Queue.__struct_fields__ if isinstance(getattr(QUEUES[0], name), bool))


def test_what_each_queue_holds_and_whose_it_is() -> None:
    said = []
    for line in TABLE.strip().splitlines():
        key, statuses, roles, flags = re.split(r"  +", line)
        for word, meant in WORDS.items():
            roles = roles.replace(word, meant)
        said.append((key, statuses, roles, flags))
    assert said == [
        (
            queue.key,
            " ".join(queue.statuses) or "-",
            " ".join(queue.roles),
            " ".join(flag for flag in FLAGS if getattr(queue, flag)) or "-",
        )
        for queue in QUEUES
    ]


def test_every_key_is_there_once_and_leads_to_its_queue() -> None:
    assert len({queue.key for queue in QUEUES}) == len(QUEUES)
    assert all(queue_of(queue.key) is queue for queue in QUEUES)
    assert queue_of("nothing") is None


@pytest.mark.parametrize("status", sorted(OPEN))
def test_no_open_case_is_without_a_board_of_somebody_who_can_lead_it_on(status: Status) -> None:
    waiting = {role for queue in QUEUES for role in queue.roles if status in queue.statuses}
    onward = {
        role
        for word in (
            "accept",
            "register",
            "dispatch",
            "settle_owner",
            "receive",
            "hand_over",
            "resume",
            "confirm",
            "send_inspection",
            "close",
        )
        for row in transitions_of(word)
        if status in row.before
        for role in row.roles
    } or {Role.COLLECTOR}
    assert waiting & onward
    assert any(not queue.statuses and not queue.finished for queue in queues_of(Role.SUPERVISOR))


def test_a_desk_sees_its_queues_in_the_order_of_the_stages() -> None:
    assert [queue.key for queue in queues_of(Role.ACCEPTOR)] == [
        "reported",
        "verifying",
        "accepted",
        "to_decide",
        "to_inspect",
        "inspecting",
        "all_open",
        "finished",
    ]
    assert [queue.key for queue in queues_of(Role.COLLECTOR)] == ["my_verify", "my_inspect", "my_reports", "finished"]
