"""What each entry is called when the history is read as one story."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.story import CLOCK_NAMES, title_of
from tests.cases.world import DAY, SYSTEM, Walk

SPOKEN = """
acceptance         受理      Acceptance
send_verification  派发核实  Sending the verification
verification       核实      Verification
registration       立案      Registration
dispatch           派遣      Dispatch
unowned            确权      Settling the owner
receipt            签收      Receipt
handling           处置      Handling
helping           协办处置      Helping units
review             复核      Review
send_inspection    派发核查  Sending the inspection
inspection         核查      Inspection
closing            结案      Closing
approval           审批      Approval
suspension         缓办      Suspension
whole              全程      Whole case
"""


def test_every_clock_has_its_name_in_both_languages() -> None:
    said = {kind: (zh, en) for kind, zh, en in (line.split(maxsplit=2) for line in SPOKEN.strip().splitlines())}
    assert said == CLOCK_NAMES
    assert list(CLOCK_NAMES) == list(ClockKind)


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind is not EntryKind.CLOCK_RAN_OUT])
def test_an_entry_is_called_what_its_row_says(kind: EntryKind) -> None:
    assert title_of(Step(kind=kind, status=Status.HANDLING)) == (kind.zh, kind.en)


def test_a_running_out_names_its_clocks_in_their_order() -> None:
    walk = Walk.to(Status.DISPATCHED).do(commands.RunOut(), SYSTEM, after=3 * DAY)
    assert title_of(walk.last) == ("全程、签收、处置" + walk.last.kind.zh, "Ran out: Whole case, Receipt, Handling")
    alone = replace(walk.last, clocks=walk.last.clocks[1:2])
    assert title_of(alone) == ("签收" + walk.last.kind.zh, "Ran out: Receipt")
