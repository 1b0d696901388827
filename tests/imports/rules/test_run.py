from __future__ import annotations

import pytest

from gezhi.founding.rules.changes.plan import Act
from gezhi.imports.rules.kinds import ImportKind
from gezhi.imports.rules.run import (
    ACT_NAMES,
    ALLOWED,
    JUDGING,
    LEADS_TO,
    STAGE_NAMES,
    STATE_NAMES,
    Counts,
    HasErrors,
    NothingToChange,
    NotNow,
    NotYours,
    RunDeed,
    RunStage,
    RunState,
    SecondPerson,
    check_apply,
    check_deed,
    check_who,
    counts_in,
    deeds_of,
)
from gezhi.kernel.permissions import Actor, Permission, Role, Scope


def actor(user_id: int = 1, *permissions: Permission) -> Actor:
    return Actor(user_id, 1, Role.ADMINISTRATOR, 1, Scope(), frozenset(permissions))


KEEPER = actor(1, Permission.REGISTERS_IMPORT)
GOOD = Counts(rows=2, new=1, changed=1)


def test_every_state_act_and_stage_has_its_words() -> None:
    assert set(STATE_NAMES) == set(RunState)
    assert set(STAGE_NAMES) == set(RunStage)
    assert set(ACT_NAMES) == set(Act)
    assert set(ALLOWED) == set(LEADS_TO) == set(RunDeed)


@pytest.mark.parametrize("deed", list(RunDeed))
@pytest.mark.parametrize("state", list(RunState))
def test_a_deed_is_done_in_its_states_only(deed: RunDeed, state: RunState) -> None:
    if state in ALLOWED[deed]:
        check_deed(deed, state)
    else:
        with pytest.raises(NotNow):
            check_deed(deed, state)


@pytest.mark.parametrize("state", [RunState.CHECKING, RunState.APPLYING, RunState.DONE])
def test_what_is_under_way_or_done_is_not_begun_anew(state: RunState) -> None:
    assert deeds_of(state, GOOD, KEEPER) == []


def test_only_a_checked_file_without_errors_that_changes_something_is_imported() -> None:
    check_apply(RunState.CHECKED, GOOD)
    with pytest.raises(HasErrors):
        check_apply(RunState.CHECKED, Counts(rows=2, errors=1, new=1))
    with pytest.raises(NothingToChange):
        check_apply(RunState.CHECKED, Counts(rows=2, unchanged=2))
    with pytest.raises(NotNow):
        check_apply(RunState.TAKEN, GOOD)


def test_what_can_be_done_depends_on_what_was_found_and_on_who_asks() -> None:
    assert deeds_of(RunState.CHECKED, GOOD, KEEPER) == [RunDeed.CHECK, RunDeed.APPLY]
    assert deeds_of(RunState.CHECKED, Counts(errors=1, new=1), KEEPER) == [RunDeed.CHECK]
    assert deeds_of(RunState.CHECKED, Counts(unchanged=1), KEEPER) == [RunDeed.CHECK]
    assert deeds_of(RunState.CHECKED, GOOD, actor(2)) == [RunDeed.APPLY]
    assert deeds_of(RunState.FAILED, GOOD, KEEPER) == [RunDeed.CHECK]


@pytest.mark.parametrize("kind", list(ImportKind))
def test_what_others_are_judged_by_needs_a_second_person_and_the_rest_somebody_who_imports(kind: ImportKind) -> None:
    if kind in JUDGING:
        check_who(kind, 1, actor(2))
        with pytest.raises(SecondPerson):
            check_who(kind, 1, KEEPER)
    else:
        check_who(kind, 1, KEEPER)
        with pytest.raises(NotYours):
            check_who(kind, 1, actor(2))


def test_counts_are_kept_as_plain_numbers() -> None:
    counts = counts_in({"rows": 3, "new": 1, "ended": 2})
    assert (counts.rows, counts.changes) == (3, 3)
