from __future__ import annotations

import numpy as np
import pytest

from gezhi.calendars.rules.bulk import BulkCalendar, Seconds
from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.working_calendar import OutsideCalendar
from tests.calendars.invented import ENDS_WITH_BUSINESS, OFFICE, SUMMER, at, compiled


def column(*moments: str) -> Seconds:
    return np.array([at(moment) for moment in moments], dtype=np.int64)


def test_one_limit_for_many_starts() -> None:
    due, provisional = BulkCalendar(compiled(OFFICE)).add_many(
        column("2026-03-02 11:00", "2026-12-31 17:00"), Unit.WORK_HOUR, 7_200
    )
    assert due.tolist() == column("2026-03-02 15:00", "2027-01-01 09:00").tolist()
    assert provisional.tolist() == [False, True]


def test_no_starts_give_no_deadlines() -> None:
    for definition in (OFFICE, SUMMER, ENDS_WITH_BUSINESS):
        due, provisional = BulkCalendar(compiled(definition)).add_many(column(), Unit.WORK_DAY, 7_200)
        assert (due.tolist(), provisional.tolist()) == ([], [])


@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.WORK_DAY])
def test_one_start_or_deadline_outside_refuses_the_batch(unit: Unit) -> None:
    for definition in (OFFICE, SUMMER, ENDS_WITH_BUSINESS):
        bulk = BulkCalendar(compiled(definition))
        with pytest.raises(OutsideCalendar):
            bulk.add_many(column("2026-03-02 11:00", "2031-03-02 11:00"), unit, 1)
        with pytest.raises(OutsideCalendar):
            bulk.add_many(column("2026-03-02 11:00", "2029-12-28 11:00"), unit, 10**6)
