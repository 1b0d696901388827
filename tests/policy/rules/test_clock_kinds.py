"""What each clock is called."""

from __future__ import annotations

from gezhi.policy.rules.clock_kinds import CLOCK_NAMES, ClockKind

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
