"""What the jobs do: check a file and keep what was found, or enter it; one transaction each, all or nothing."""

from __future__ import annotations

from uuid import UUID

import msgspec
import shapely
from django.db import transaction

from gezhi.founding.actions import Applying, apply_plan
from gezhi.founding.queries import get_founded_city
from gezhi.imports.actions.prepare import Prepared, prepare
from gezhi.imports.actions.runs import APPLYING
from gezhi.imports.models import ImportRun, RunChange, RunFinding, RunProgress
from gezhi.imports.rules.run import Interrupted, RegisterMoved, RunStage, RunState
from gezhi.kernel.problems import Problem
from gezhi.people.queries import as_datetime, get_actor
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.regions.actions import take_over_grids
from gezhi.regions.rules.divisions import GridRow

AT_ONCE = 5_000
LONGEST = 120
MOST_CHANGES = 20_000
"""So many are listed; the counts are of all."""


def check_run(run_id: UUID, attempt: int, *, clock: Clock) -> None:
    """检查: nothing but the run itself is written; done again after a kill, it finds the same."""
    run = _taken(run_id, attempt, RunState.CHECKING, RunStage.READING, clock)
    if run is None:
        return
    prepared = prepare(run)
    RunProgress.objects.filter(run=run).update(stage=RunStage.COMPARING)
    _keep(run, prepared, clock)


def apply_run(run_id: UUID, attempt: int, *, clock: Clock) -> None:
    """导入: what the check told is entered, if the register is still as it was. A killed one is not taken up again."""
    begun = RunProgress.objects.filter(run_id=run_id, attempt=attempt).exclude(begun_at=None).exists()
    run = _taken(run_id, attempt, RunState.APPLYING, RunStage.ENTERING, clock)
    if run is None:
        return
    if begun:
        raise Interrupted
    _enter(run, clock)


def fail_run(run_id: UUID, attempt: int, problem: Problem, *, clock: Clock) -> None:
    """Nothing was entered, and the run says why."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().filter(id=run_id, attempt=attempt).first()
        if run is None or run.state not in {RunState.CHECKING, RunState.APPLYING}:
            return
        run.state, run.ended_at = RunState.FAILED, as_datetime(clock())
        run.failure = {"code": problem.code, "zh": problem.text("zh"), "en": problem.text("en")}
        run.save(update_fields=["state", "ended_at", "failure"])


def _taken(run_id: UUID, attempt: int, state: RunState, stage: RunStage, clock: Clock) -> ImportRun | None:
    """The run, where it still waits for this very job."""
    run = ImportRun.objects.select_related("file").filter(id=run_id, attempt=attempt, state=state).first()
    if run is not None:
        RunProgress.objects.filter(run=run).update(begun_at=as_datetime(clock()), stage=stage)
    return run


@transaction.atomic
def _keep(run: ImportRun, prepared: Prepared, clock: Clock) -> None:
    report, plan = prepared.report, prepared.changes
    RunFinding.objects.filter(run=run).delete()
    RunChange.objects.filter(run=run).delete()
    RunFinding.objects.bulk_create(
        (
            RunFinding(
                run=run,
                seq=seq,
                code=one.code,
                level=one.level,
                row=one.row,
                column=one.column,
                value=one.value,
                says=one.says,
                cure=one.cure,
            )
            for seq, one in enumerate(report.findings, 1)
        ),
        batch_size=AT_ONCE,
    )
    RunChange.objects.bulk_create(
        (
            RunChange(
                run=run,
                seq=seq,
                act=one.act,
                row=one.number,
                key=one.key,
                on=one.on,
                cells=msgspec.to_builtins(one.cells),
            )
            for seq, one in enumerate(plan[:MOST_CHANGES], 1)
        ),
        batch_size=AT_ONCE,
    )
    run.counts, run.totals = msgspec.to_builtins(prepared.counts), report.totals
    run.plan_digest, run.state, run.checked_at = prepared.digest, RunState.CHECKED, as_datetime(clock())
    run.save(update_fields=["counts", "totals", "plan_digest", "state", "checked_at"])


@transaction.atomic
def _enter(run: ImportRun, clock: Clock) -> None:
    take_turns(APPLYING)
    prepared = prepare(run)
    nothing = prepared.plan is None and prepared.increment is None
    if nothing or prepared.counts.errors or prepared.digest != run.plan_digest:
        raise RegisterMoved
    actor = get_actor(run.applied_by or 0, run.applied_post, now=clock())
    if prepared.plan is not None:
        apply_plan(prepared.plan, Applying(actor=actor, clock=clock, reason=f"数据导入：{run.file_name}", city=_city()))
    elif prepared.increment is not None:
        begun = [GridRow(code, shapely.to_wkb(prepared.drawn.shapes[code])) for code in prepared.increment.begun]
        take_over_grids(
            prepared.increment.ended,
            begun,
            on=run.effective,
            source=f"数据导入：{run.file_name}"[:LONGEST],
            regions=actor.scope.regions,
        )
    run.state, run.ended_at = RunState.DONE, as_datetime(clock())
    run.save(update_fields=["state", "ended_at"])


def _city() -> str:
    founded = get_founded_city()
    return founded.code if founded else ""
