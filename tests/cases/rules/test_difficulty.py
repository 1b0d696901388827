"""Since when nobody answers for a case."""

from __future__ import annotations

from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.difficulty import difficulty_of, ownerless_since
from gezhi.cases.rules.stages import Status
from tests.cases.world import Walk


def test_the_age_of_what_nobody_owns_runs_from_the_question() -> None:
    walk = Walk.to(Status.UNOWNED)
    assert difficulty_of(walk.now) == "unowned"
    assert ownerless_since(walk.now) == columns_of(walk.now)["ownerless_since"] == walk.moment


def test_a_case_with_an_owner_has_no_such_age() -> None:
    assert columns_of(Walk.to(Status.HANDLING).now)["ownerless_since"] is None
