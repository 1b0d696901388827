from __future__ import annotations

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from gezhi.plumbing.queue import STALLED_AFTER_S, defer
from tests.fixtures import StatementCount

pytestmark = pytest.mark.django_db


def test_a_job_deferred_in_a_transaction_that_is_rolled_back_never_was() -> None:
    with transaction.atomic():
        defer("plumbing.sweep", timestamp=1)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    defer("plumbing.sweep", timestamp=1)
    assert ProcrastinateJob.objects.get().args == {"timestamp": 1}


def test_a_job_costs_one_statement(statement_count: StatementCount) -> None:
    with statement_count() as counted:
        defer("plumbing.sweep", timestamp=1)
    assert counted.total == 1


def test_a_task_that_no_jobs_module_names_is_refused() -> None:
    with pytest.raises(LookupError, match=r"cases\.no-such"):
        defer("cases.no-such")


@pytest.mark.django_db(transaction=True)
def test_a_job_left_in_the_middle_by_a_killed_worker_is_done_by_the_next() -> None:
    done = []
    name = "plumbing.test-stalled"
    app.task(name=name)(lambda: done.append(1))
    defer(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' RETURNING id")
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    defer("plumbing.retry-stalled", timestamp=1)

    async def work_until_idle() -> None:
        async with app.open_async():
            for _ in range(2):
                await app.run_worker_async(
                    wait=False,
                    install_signal_handlers=False,
                    listen_notify=False,
                    stalled_worker_timeout=STALLED_AFTER_S,
                )

    with app.replace_connector(DjangoConnector().get_worker_connector()):
        asyncio.run(work_until_idle())
    del app.tasks[name]
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_defers_inside_a_worker_does_it_in_its_own_transaction() -> None:
    name = "plumbing.test-defers"

    def defers_and_fails() -> None:
        with transaction.atomic():
            defer("plumbing.sweep", timestamp=5)
            raise ValueError

    app.task(name=name)(defers_and_fails)
    defer(name)

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with app.replace_connector(DjangoConnector().get_worker_connector()):
        asyncio.run(work())
    del app.tasks[name]
    assert ProcrastinateJob.objects.filter(task_name=name, status="failed").exists()
    assert not ProcrastinateJob.objects.filter(args={"timestamp": 5}).exists()
