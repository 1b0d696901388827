"""What one case adds to the share of a unit."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.applications.share import added_by
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.kernel.permissions import Role
from tests.cases.world import Walk

UNIT, OTHER = 7, 8
EXTENSION, VOID = ApplicationKind.EXTENSION, ApplicationKind.VOID


def application(ended: int | None = 150, **changes: Any) -> Application:
    granted = Application(
        no=1,
        kind=EXTENSION,
        unit=UNIT,
        asked=120,
        asked_by=1,
        role=Role.HANDLER,
        organisation=UNIT,
        reason="待料",
        steps=("dispatcher",),
        outcome=ApplicationOutcome.GRANTED,
        ended=ended,
    )
    return msgspec.structs.replace(granted, **changes)


def given(*dispatched: int, unit: int = UNIT) -> tuple[Assignment, ...]:
    return tuple(Assignment(no=at + 1, unit=unit, round=1, dispatched=one) for at, one in enumerate(dispatched))


def case(applications: tuple[Application, ...] = (), assignments: tuple[Assignment, ...] = ()) -> CaseState:
    state = Walk().to(Status.REGISTERED).state
    assert state is not None
    return msgspec.structs.replace(state, applications=applications, assignments=assignments)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, UnitShare(0, 0)),
        (case(), UnitShare(0, 0)),
        (case((application(),), given(110)), UnitShare(1, 1)),
        (case(assignments=given(100, 150, 200)), UnitShare(0, 1)),
        (case(assignments=given(100)), UnitShare(0, 1)),
        (case(assignments=given(200)), UnitShare(0, 1)),
        (case(assignments=given(99, 201)), UnitShare(0, 0)),
        (case(assignments=given(150, unit=OTHER)), UnitShare(0, 0)),
        (case((application(100), application(200))), UnitShare(2, 0)),
        (case((application(99), application(201))), UnitShare(0, 0)),
        (case((application(unit=OTHER), application(kind=VOID))), UnitShare(0, 0)),
        (case((application(outcome=ApplicationOutcome.REFUSED), application(None, outcome=None))), UnitShare(0, 0)),
    ],
)
def test_a_case_adds_what_was_granted_and_given_in_the_period(state: CaseState | None, expected: UnitShare) -> None:
    assert added_by(state, (UNIT, EXTENSION, 100, 200)) == expected
