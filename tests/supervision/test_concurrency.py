"""The job of supervision beside people who work the same cases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import TYPE_CHECKING

from django.db import connection, transaction

from gezhi.kernel.permissions import Role
from tests.plumbing.processes import PATIENCE_S

if TYPE_CHECKING:
    from tests.cases.city import City

WAITING = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


def somebody_waits() -> bool:
    """For what this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_a_case_that_is_reopened_while_the_job_waits_for_it_keeps_its_order(live: City) -> None:
    from gezhi.cases.rules import commands
    from gezhi.cases.rules.stages import Status
    from gezhi.kernel.permissions import SYSTEM
    from gezhi.supervision.actions.automatic import lift_ended
    from gezhi.supervision.rules.orders import OrderState
    from tests.supervision.office import Office

    office = Office(live)
    case_id = live.at(Status.HANDLING)
    order = office.order(case_id)
    live.lead(case_id, Status.CLOSED)
    job, supervisor = office.doing(SYSTEM), live.actor(Role.SUPERVISOR)

    def lift() -> int:
        try:
            return lift_ended(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            live.do(case_id, commands.Reopen(reason="回访不满意", reason_code="other"), supervisor)
            lifting = pool.submit(lift)
            while not somebody_waits():
                assert not lifting.done()
                sleep(0.01)
        lifting.result(timeout=PATIENCE_S)
    (after,) = office.orders_of(case_id)
    assert (after.id, after.state) == (order.id, OrderState.OPEN)
    assert live.state(case_id).supervision == 1
