from __future__ import annotations

import pytest

from gezhi.cases.rules.queues import QUEUES, queue_of, queues_of
from gezhi.cases.rules.stages import OPEN, Status, transitions_of
from gezhi.kernel.permissions import Role


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
