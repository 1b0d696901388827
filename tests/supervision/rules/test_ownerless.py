"""疑难无主: age in work days, and the deeds from which a row folds."""

from __future__ import annotations

from uuid import UUID

import pytest

from gezhi.kernel.deeds import Deed, after, begin, fold
from gezhi.supervision.rules.meetings import AgendaItem, Decision
from gezhi.supervision.rules.ownerless import Settlement, work_days
from tests.cases.world import CALENDARS
from tests.fixtures import MONDAY_MORNING

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(("passed", "days"), [(0, 0.0), (DAY, 1.0), (4 * DAY, 4.0), (7 * DAY, 5.0), (-HOUR, 0.0)])
def test_age_counts_work_days_only(passed: int, days: float) -> None:
    assert work_days(CALENDARS["office"], MONDAY_MORNING, MONDAY_MORNING + passed) == days


def test_a_row_is_the_fold_of_its_deeds() -> None:
    record = Settlement(
        id=UUID(int=7),
        case_id=UUID(int=8),
        case_no="YT-1",
        class_key="2026-matter-06010",
        area_code="990101001",
        codes=("990101001", "990101"),
        manner="meeting",
        unit_id=3,
        basis="纪要",
        reason="明确",
        settled_at=5,
        settled_by=6,
    )
    first, second = begin("settled", record), Deed("row_found", "", {"row_seen_at": 9})
    row = after(after(record, first), second)
    assert (row.seq, row.row_seen_at) == (2, 9)
    assert fold(Settlement, [first.changes, second.changes]) == row


def test_an_agenda_item_waits_until_it_is_decided() -> None:
    assert AgendaItem(UUID(int=1), "YT-1").decision is Decision.OPEN
