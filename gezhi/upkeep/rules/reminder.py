"""更新提醒: what the keeper of a register reads while it is due."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from gezhi.notices.rules.news import About, NewNotice, Words
from gezhi.upkeep.rules.currency import Currency, Standing
from gezhi.upkeep.rules.datasets import CYCLES, DATASET_NAMES, Dataset

UPKEEP: Final = "upkeep"
"""What the notice is about: it leads to the board."""


def reminder_of(
    dataset: Dataset, standing: Standing, readers: tuple[int, ...], *, today: date, at: int
) -> NewNotice | None:
    """One notice for each month; none while it is current, nor of what others remind of."""
    if standing.currency is Currency.CURRENT or CYCLES[dataset].by_year:
        return None
    zh, en = DATASET_NAMES[dataset]
    due = f"应于{standing.due:%Y年%m月%d日}前更新" if standing.due else "尚无实测数据"
    due_en = f"to be surveyed by {standing.due}" if standing.due else "no surveyed data yet"
    return NewNotice(
        key=f"upkeep:{dataset}:{today:%Y-%m}",
        readers=readers,
        kind="upkeep",
        about=About(kind=UPKEEP, id=uuid5(NAMESPACE_OID, f"gezhi-upkeep-{dataset}"), no="", area=""),
        title=Words(f"请更新{zh}", f"{en}: a survey is due"),
        text=Words(
            f"{zh}{due}；导入变更，或登记一次核查。", f"{en}: {due_en}. Import what changed, or record a survey."
        ),
        at=at,
        stands_for_all=True,
    )
