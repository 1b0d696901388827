"""The approval matrix: presets that can be worked with, and rows that cannot."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.matrix import MATRIX, BadApprovalRow, check_row
from gezhi.cases.rules.stages import FINAL, Status
from gezhi.kernel.permissions import Role
from tests.cases.approvals import OTHER_MATRIX


@pytest.mark.parametrize("changes", [{"warning": 0}, {"warning": 50}, {"ceiling": 1_000}, {"longest": 1}])
def test_a_row_at_the_very_edge_can_be_worked_with(changes: dict[str, Any]) -> None:
    row = msgspec.structs.replace(MATRIX[ApplicationKind.EXTENSION], **changes)
    assert check_row(row) is row


def test_without_a_ceiling_nobody_need_decide_above_it() -> None:
    row = msgspec.structs.replace(MATRIX[ApplicationKind.SEND_BACK], warning=0, ceiling=0, above_ceiling=())
    assert check_row(row) is row


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
        (ApplicationKind.VOID, {"warning": -1}),
        (ApplicationKind.VOID, {"statuses": ()}),
        (ApplicationKind.EXTENSION, {"longest": -1}),
        (ApplicationKind.EXTENSION, {"above_ceiling": (Role.COLLECTOR,)}),
        (ApplicationKind.EXTENSION, {"steps": (Role.DISPATCHER, Role.DISPATCHER)}),
        (ApplicationKind.EXTENSION, {"steps": (Role.DISPATCHER, Role.LEADER, Role.DISPATCHER)}),
        (ApplicationKind.EXTENSION, {"steps_again": (Role.DISPATCHER, Role.DISPATCHER)}),
        (ApplicationKind.EXTENSION, {"above_ceiling": (Role.LEADER, Role.LEADER)}),
        (ApplicationKind.SEND_BACK, {"above_ceiling": (Role.LEADER, Role.LEADER)}),
        (ApplicationKind.SEND_BACK, {"warning": 0, "ceiling": 1, "above_ceiling": ()}),
        (ApplicationKind.SEND_BACK, {"steps_form": (Role.LEADER, Role.LEADER)}),
        (ApplicationKind.SEND_BACK, {"steps_form": (Role.HANDLER,)}),
        (ApplicationKind.VOID, {"above_ceiling": ()}),
        (ApplicationKind.VOID, {"above_ceiling": (Role.DUTY_OFFICER, Role.LEADER)}),
        (ApplicationKind.EXTENSION, {"above_ceiling": (Role.LEADER,)}),
        (ApplicationKind.SUSPENSION, {"exempts": True}),
        (ApplicationKind.VOID, {"exempts": True}),
    ],
)
def test_a_row_that_cannot_work_is_refused_and_says_why(kind: ApplicationKind, changes: dict[str, Any]) -> None:
    with pytest.raises(BadApprovalRow) as found:
        check_row(msgspec.structs.replace(MATRIX[kind], **changes))
    assert kind.zh in found.value.text("zh")
