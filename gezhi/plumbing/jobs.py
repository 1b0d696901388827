"""Jobs of the plumbing: the relay of announced events, stalled jobs retried, old things swept."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

from gezhi.plumbing import media, outbox, request_keys
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.gateways.whole_file import sweep_halves
from gezhi.plumbing.queue import STALLED_AFTER_S, every, periodic
from gezhi.plumbing.queue.rounds import BEATS_OF_THIS_PROCESS
from gezhi.plumbing.same_pictures import register

log = structlog.get_logger(__name__)


@every(0.3, name="plumbing.relay")
def relay_events() -> bool:
    return outbox.relay()


@every(1.0, name="plumbing.beat")
def beat() -> bool:
    BEATS_OF_THIS_PROCESS.keep()
    return False


@every(0.3, name="plumbing.same-pictures")
def find_same_pictures() -> bool:
    return register.find_next_same()


@app.periodic(cron="* * * * *", periodic_id="plumbing.retry-stalled")
@app.task(name="plumbing.retry-stalled", queueing_lock="plumbing.retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Jobs left in the middle by a killed worker go back on the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        log.warning("queue.stalled-job-retried", job=job.id, task=job.task_name)
        await manager.retry_job(job)


@periodic("17 * * * *", name="plumbing.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    pictures = media.sweep_orphans(now=system_clock())
    halves = sweep_halves(media.halves())
    events = outbox.purge_done()
    keys = request_keys.sweep_keys(now=system_clock())
    log.info("plumbing.swept", pictures=pictures, events=events, keys=keys, halves=halves)
