"""The approval matrix: presets that can be worked with, and rows that cannot."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import MATRIX, BadApprovalRow, check_row
from gezhi.cases.rules.stages import FINAL, Status
from gezhi.kernel.permissions import Role
from tests.cases.approvals import OTHER_MATRIX

# kind | asked by | at | decided by | again also | above | granted | asked | most | warning ceiling | within
PRESETS_BY_HAND = """
send_back  | handler | AT_UNIT | dispatcher | | duty-officer | - | - | - | 30 80 | 4 work_hour
extension | handler | AT_UNIT | dispatcher duty-officer | leader | supervisor leader | 2 | - | 50 | 30 50 | 4 work_hour
suspension | handler | AT_UNIT | dispatcher leader | | supervisor | 1 | - | 365 | 30 50 | 1 work_day
void       | handler DESKS | LATER | duty-officer leader | | supervisor | - | - | - | 30 50 | 1 work_day
appeal     | handler | closed | acceptor duty-officer | | leader | - | 1 | - | 30 50 | 3 work_day
"""
FLAGS_BY_HAND = {
    ApplicationKind.SEND_BACK: {"stops_clock", "before_deadline"},
    ApplicationKind.EXTENSION: {"before_deadline", "needs_proof", "form_again"},
    ApplicationKind.SUSPENSION: {"needs_proof", "before_deadline"},
    ApplicationKind.VOID: set(),
    ApplicationKind.APPEAL: {"needs_proof", "exempts"},
}
FURTHER_BY_HAND: dict[ApplicationKind, dict[str, Any]] = {
    ApplicationKind.SEND_BACK: {"form_for": ("no-need",), "steps_form": (Role.DISPATCHER, Role.DUTY_OFFICER)},
    ApplicationKind.EXTENSION: {"longest_in_all": 100},
}
MEANT = {
    "AT_UNIT": "dispatched handling",
    "LATER": "dispatched handled handling inspecting registered suspended to_close to_inspect unowned",
    "DESKS": "acceptor duty-officer dispatcher",
    "-": "0",
}


def _preset(line: str) -> ApprovalRow:
    """One line of the table as a row; the steps of a second time are those of the first and one more."""
    cells = [" ".join(MEANT.get(word, word) for word in cell.split()) for cell in line.split("|")]
    kind, askers, statuses, steps, again, above, granted, asked, most, share, within = cells
    warning, ceiling = map(int, share.split())
    value, unit = within.split()
    return ApprovalRow(
        kind=ApplicationKind(kind),
        askers=tuple(map(Role, askers.split())),
        statuses=tuple(map(Status, statuses.split())),
        steps=tuple(steps.split()),
        steps_again=(*steps.split(), again) if again else (),
        above_ceiling=tuple(above.split()),
        most_granted=int(granted),
        most_asked=int(asked),
        longest=int(most),
        warning=warning,
        ceiling=ceiling,
        share_base=20,
        share_days=30,
        decide_within=Limit(int(value), Unit(unit), "office"),
        **dict.fromkeys(FLAGS_BY_HAND[ApplicationKind(kind)], True),  # type: ignore[arg-type]
        **FURTHER_BY_HAND.get(ApplicationKind(kind), {}),
    )


@pytest.mark.parametrize("line", PRESETS_BY_HAND.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_presets_are_those_of_the_table(line: str) -> None:
    row = _preset(line)
    assert MATRIX[row.kind] == row


def test_the_table_by_hand_names_every_kind() -> None:
    assert (
        [ApplicationKind(line.split()[0]) for line in PRESETS_BY_HAND.strip().splitlines()]
        == list(MATRIX)
        == list(ApplicationKind)
    )


@pytest.mark.parametrize("changes", [{"warning": 0}, {"warning": 50}, {"ceiling": 1_000}, {"longest": 1}])
def test_a_row_at_the_very_edge_can_be_worked_with(changes: dict[str, Any]) -> None:
    row = msgspec.structs.replace(MATRIX[ApplicationKind.EXTENSION], **changes)
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
