from __future__ import annotations

from datetime import date

import pytest

from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, PathTooLong, RingOfParents, UnknownCode, compute_paths


def row(code: str, parent: str = "") -> OrganisationRow:
    return OrganisationRow(
        code=code, name=code, kind=OrganisationKind.DEPARTMENT, parent_code=parent, valid_from=date(2025, 1, 1)
    )


def test_paths_come_out_in_any_order_of_rows_and_go_on_from_earlier_ones() -> None:
    rows = [row("c", "b"), row("b", "a"), row("a"), row("d", "old")]
    assert compute_paths(rows, {"old": "top/old/"}) == {"a": "a/", "b": "a/b/", "c": "a/b/c/", "d": "top/old/d/"}


def test_a_ring_of_parents_is_refused() -> None:
    with pytest.raises(RingOfParents):
        compute_paths([row("a", "b"), row("b", "a")], {})


def test_an_unknown_parent_is_refused_by_name() -> None:
    with pytest.raises(UnknownCode) as caught:
        compute_paths([row("a", "nowhere")], {})
    assert caught.value.details["code"] == "nowhere"


def test_a_tree_that_is_too_deep_is_refused() -> None:
    rows = [row(f"organisation-{n:03}", f"organisation-{n - 1:03}" if n else "") for n in range(30)]
    with pytest.raises(PathTooLong):
        compute_paths(rows, {})
