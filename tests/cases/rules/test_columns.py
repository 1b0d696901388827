from __future__ import annotations

from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ClockKind
from tests.cases.world import (
    DISPATCHER,
    PLACE,
    POWER,
    ROADS,
    ROADS_MAN,
    Walk,
)


def test_the_columns_are_read_off_the_state() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
    columns = columns_of(walk.now)
    chosen = {
        name: columns[name] for name in ("status", "stage", "unit_id", "unit_ids", "former_unit_ids", "asking", "round")
    }
    assert chosen == {
        "status": "handling",
        "stage": 4,
        "unit_id": ROADS,
        "unit_ids": [ROADS, POWER],
        "former_unit_ids": [],
        "asking": None,
        "round": 1,
    }
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    assert (columns["due_at"], columns["warn_at"]) == (handling.due, handling.warn)
    assert (columns["lon"], columns["lat"], columns["area_code"]) == (118.0, 36.0, PLACE.area)
    assert (columns["reported_by"], columns["collector_id"], columns["report_count"]) == (11, None, 1)
    walk.do(AskSendBack(reason="非本单位"), ROADS_MAN)
    assert columns_of(walk.now)["asking"] == "send_back"
    walk.do(DecideApplication(granted=True, reason="属实"), DISPATCHER)
    columns = columns_of(walk.now)
    assert (columns["unit_id"], columns["unit_ids"], columns["former_unit_ids"]) == (None, [], [ROADS, POWER])
