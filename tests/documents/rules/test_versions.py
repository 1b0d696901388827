from __future__ import annotations

from datetime import date

import pytest

from gezhi.documents.rules import versions
from gezhi.documents.rules.area import OutsideArea, areas_above, binds, check_within
from gezhi.documents.rules.kinds import Standing, StepKind, VersionState
from gezhi.kernel.problems import Problem

S, K = VersionState, StepKind
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ALLOWED = {
    (K.EDITED, S.DRAFT): S.DRAFT,
    (K.SUBMITTED, S.DRAFT): S.SUBMITTED,
    (K.DISCARDED, S.DRAFT): S.DISCARDED,
    (K.WITHDRAWN, S.SUBMITTED): S.DRAFT,
    (K.RETURNED, S.SUBMITTED): S.DRAFT,
    (K.APPROVED, S.SUBMITTED): S.APPROVED,
    (K.ENDED, S.APPROVED): S.APPROVED,
}


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.DRAFTED])
@pytest.mark.parametrize("state", S)
def test_every_step_is_allowed_in_its_state_and_refused_elsewhere(kind: StepKind, state: VersionState) -> None:
    if (kind, state) in ALLOWED:
        assert versions.state_after(kind, state) is ALLOWED[kind, state]
    else:
        with pytest.raises(versions.NotInThisState):
            versions.state_after(kind, state)


@pytest.mark.parametrize(
    ("state", "valid_to", "on", "standing"),
    [
        (S.DRAFT, None, MONDAY, Standing.DRAFT),
        (S.SUBMITTED, None, MONDAY, Standing.SUBMITTED),
        (S.APPROVED, None, date(2026, 3, 1), Standing.UPCOMING),
        (S.APPROVED, None, MONDAY, Standing.IN_FORCE),
        (S.APPROVED, MONDAY, MONDAY, Standing.IN_FORCE),
        (S.APPROVED, MONDAY, TUESDAY, Standing.ENDED),
    ],
)
def test_what_a_version_is_worth_depends_on_the_day(
    state: VersionState, valid_to: date | None, on: date, standing: Standing
) -> None:
    assert versions.standing_of(state, MONDAY, valid_to, on=on) is standing


@pytest.mark.parametrize(
    ("problem", "act"),
    [
        (versions.EditedMeanwhile, lambda: versions.check_edit(1, 2)),
        (versions.OwnVersion, lambda: versions.check_decider(7, {7, 8})),
        (versions.DatePast, lambda: versions.check_begin(MONDAY, today=TUESDAY, last_begin=None)),
        (versions.BeginsLater, lambda: versions.check_begin(TUESDAY, today=MONDAY, last_begin=TUESDAY)),
        (
            versions.EndsBeforeItBegins,
            lambda: versions.check_end(MONDAY, valid_from=TUESDAY, valid_to=None, today=MONDAY),
        ),
        (
            versions.EndsBeforeItBegins,
            lambda: versions.check_end(MONDAY, valid_from=MONDAY, valid_to=None, today=TUESDAY),
        ),
        (versions.NotInThisState, lambda: versions.check_end(MONDAY, valid_from=MONDAY, valid_to=MONDAY, today=MONDAY)),
        (versions.ReasonMissing, lambda: versions.check_reason("  ")),
        (OutsideArea, lambda: check_within("4101", ["410105"])),
        (OutsideArea, lambda: check_within("", [])),
    ],
)
def test_what_must_not_be_is_refused(problem: type[Problem], act: object) -> None:
    with pytest.raises(problem):
        act()  # type: ignore[operator]


def test_what_may_be_passes() -> None:
    versions.check_edit(2, 2)
    versions.check_decider(9, {7, 8})
    versions.check_begin(TUESDAY, today=TUESDAY, last_begin=MONDAY)
    versions.check_end(TUESDAY, valid_from=MONDAY, valid_to=None, today=TUESDAY)
    check_within("410105", ["4101"])
    assert versions.check_reason(" 因合并 ") == "因合并"


def test_a_document_of_the_city_binds_the_district_and_one_of_the_district_concerns_the_city() -> None:
    assert binds("4101", ["410105"])
    assert binds("410105", ["4101"])
    assert binds("", [])
    assert not binds("410105", ["410106"])
    assert areas_above(["410105"]) == {"", "41", "4101", "410105"}
