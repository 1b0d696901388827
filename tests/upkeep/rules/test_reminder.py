"""What the keeper of a register reads while it is due."""

from __future__ import annotations

from datetime import date

import pytest

from gezhi.upkeep.rules.currency import Currency, Standing
from gezhi.upkeep.rules.datasets import Dataset
from gezhi.upkeep.rules.reminder import reminder_of

TODAY, DUE = date(2026, 3, 2), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("currency", "due", "text"),
    [
        (Currency.OVERDUE, DUE, "单元网格应于2026年03月01日前更新；导入变更，或登记一次核查。"),
        (Currency.SOON, DUE, "单元网格应于2026年03月01日前更新；导入变更，或登记一次核查。"),
        (Currency.NEVER, None, "单元网格尚无实测数据；导入变更，或登记一次核查。"),
    ],
)
def test_what_is_due_is_told_once_a_month(currency: Currency, due: date | None, text: str) -> None:
    told = reminder_of(Dataset.UNIT_GRIDS, Standing(currency, due), (7,), today=TODAY, at=9)
    assert told is not None
    assert (told.key, told.readers, told.at) == ("upkeep:unit-grids:2026-03", (7,), 9)
    assert (told.title.zh, told.text.zh) == ("请更新单元网格", text)
    assert told.stands_for_all


@pytest.mark.parametrize(
    ("dataset", "currency"), [(Dataset.UNIT_GRIDS, Currency.CURRENT), (Dataset.CALENDARS, Currency.OVERDUE)]
)
def test_nothing_is_told_of_what_is_current_or_reminded_of_by_others(dataset: Dataset, currency: Currency) -> None:
    assert reminder_of(dataset, Standing(currency, DUE), (7,), today=TODAY, at=9) is None
