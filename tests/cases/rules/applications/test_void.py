"""Void: the case ends with everything that was open in it."""

from __future__ import annotations

from msgspec.structs import replace

from gezhi.cases.rules.applications import ApplicationOutcome
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from tests.cases.whole_step import whole
from tests.cases.world import DISPATCHER, Walk


def test_granted_every_part_task_and_clock_ends() -> None:
    walk = Walk.to(Status.INSPECTING).do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER).decide()
    before, part, task = walk.now.applications[0], walk.now.assignments[0], walk.now.open_task
    running = {one.kind for one in walk.now.clocks if one.ended is None}
    assert task is not None
    walk.decide()
    assert whole(walk.last) == {
        "kind": "void_granted",
        "status": Status.VOIDED,
        "application": replace(
            before,
            opinions=walk.now.applications[0].opinions,
            outcome=ApplicationOutcome.GRANTED,
            ended=walk.moment,
        ),
        "assignments": (replace(part, ended=walk.moment, end="voided"),),
        "tasks": (replace(task, rerouted=walk.moment),),
        "clocks": tuple(
            one
            for one in sorted(walk.now.clocks, key=lambda one: list(ClockKind).index(one.kind))
            if one.kind in running
        ),
        "reason": "情况属实",
        "marks": ("void_granted",),
    }
    assert running == {ClockKind.HANDLING, ClockKind.INSPECTION, ClockKind.APPROVAL, ClockKind.WHOLE}
    assert all(one.ended is not None and one.since is None for one in walk.now.clocks)
