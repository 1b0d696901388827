"""Who holds the work whose clock runs, where a city has not said otherwise."""

from __future__ import annotations

from gezhi.policy.rules.clock_kinds import ClockKind
from gezhi.policy.rules.holders import HOLDER_NAMES, HOLDERS, Holder

BY_HAND = """
supervision-centre acceptance send_verification registration send_inspection closing
command-centre     dispatch review
owner-office       unowned
decider            approval
collector          verification inspection
unit               receipt handling helping
nobody             suspension whole
"""


def test_every_clock_has_its_holder() -> None:
    by_hand = {kind: holder for holder, *kinds in map(str.split, BY_HAND.strip().splitlines()) for kind in kinds}
    assert by_hand == HOLDERS
    assert set(HOLDERS) == set(ClockKind)


SPOKEN = """
supervision-centre 监督中心当班值班长 Duty officer on shift, supervision centre
command-centre     指挥中心当班值班长 Duty officer on shift, command centre
owner-office       确权主管单位       Office that settles owners
decider            审批岗位           Post that decides
collector          采集员             Collector
unit               办理的责任单位     Unit that has the work
nobody             不计               Nobody
"""


def test_every_holder_has_its_name_in_both_languages() -> None:
    said = {holder: (zh, en) for holder, zh, en in (line.split(maxsplit=2) for line in SPOKEN.strip().splitlines())}
    assert said == HOLDER_NAMES
    assert set(HOLDER_NAMES) == set(Holder)
