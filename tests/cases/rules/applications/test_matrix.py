"""The approval matrix: presets that can be worked with, and rows that cannot."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import share_of
from gezhi.cases.rules.applications.matrix import MATRIX, BadApprovalRow, check_row
from gezhi.cases.rules.stages import FINAL, Status
from gezhi.kernel.permissions import Role
from tests.cases.approvals import OTHER_MATRIX


def test_every_kind_has_a_preset_and_the_invented_city_differs_in_every_row() -> None:
    assert set(MATRIX) == set(ApplicationKind) == set(OTHER_MATRIX)
    for kind, row in MATRIX.items():
        assert check_row(row) is row
        assert OTHER_MATRIX[kind].steps != row.steps
        assert not FINAL & set(row.statuses)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (ApplicationKind.EXTENSION, {"steps": ()}),
        (ApplicationKind.EXTENSION, {"steps": (Role.HANDLER,)}),
        (ApplicationKind.EXTENSION, {"steps_again": ("nobody",)}),
        (ApplicationKind.EXTENSION, {"askers": (Role.DISPATCHER,)}),
        (ApplicationKind.EXTENSION, {"askers": ()}),
        (ApplicationKind.EXTENSION, {"statuses": (Status.CLOSED,)}),
        (ApplicationKind.SUSPENSION, {"longest": 0}),
        (ApplicationKind.VOID, {"warning": 60, "ceiling": 50}),
        (ApplicationKind.VOID, {"ceiling": 1001}),
    ],
)
def test_a_row_that_cannot_work_is_refused_and_says_why(kind: ApplicationKind, changes: dict[str, Any]) -> None:
    with pytest.raises(BadApprovalRow) as found:
        check_row(msgspec.structs.replace(MATRIX[kind], **changes))
    assert kind.zh in found.value.text("zh")


@pytest.mark.parametrize(("granted", "given", "share"), [(1, 100, 10), (0, 0, 0), (1, 0, 1000), (5, 99, 50)])
def test_a_share_is_whole_per_mille(granted: int, given: int, share: int) -> None:
    assert share_of(granted, given) == share
