"""Reads of upkeep: the board of registers, and what was recorded of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Max, Model, Q

from gezhi.calendars.queries import settled_years
from gezhi.catalog.models import EditionPeriod, MinorClass, StandardRow
from gezhi.duties.models import DutyRow
from gezhi.people.queries import held_directory
from gezhi.regions.models import Region, RegionOutline, UnitGrid
from gezhi.upkeep.models import UpkeepEntry
from gezhi.upkeep.rules.currency import Standing, standing_of
from gezhi.upkeep.rules.datasets import Dataset

SURVEYED = Q(generated=False)
TABLES: Mapping[Dataset, tuple[tuple[type[Model], Q], ...]] = {
    Dataset.BASE_MAP: ((RegionOutline, SURVEYED),),
    Dataset.DIVISIONS: ((Region, Q()),),
    Dataset.UNIT_GRIDS: ((UnitGrid, SURVEYED),),
    Dataset.CLASSES: ((EditionPeriod, Q()), (MinorClass, Q()), (StandardRow, Q())),
    Dataset.DUTIES: ((DutyRow, Q()),),
}


class Keeper(msgspec.Struct, frozen=True):
    user_id: int
    name: str


class Register(msgspec.Struct, frozen=True):
    """One row of the board."""

    dataset: Dataset
    standing: Standing
    last_changed: date | None
    last_surveyed: date | None
    keeper: Keeper | None


class Record(msgspec.Struct, frozen=True):
    id: UUID
    on: date | None
    changed: bool | None
    keeper: Keeper | None
    text: str
    by: str
    at: datetime


def list_registers(*, today: date) -> list[Register]:
    """Every register in the order of its kind; generated shapes are no data."""
    surveys = dict(UpkeepEntry.objects.exclude(on=None).values_list("dataset").annotate(Max("on")))
    named = UpkeepEntry.objects.exclude(keeper_id=None).order_by("dataset", "-recorded_at", "-id").distinct("dataset")
    keepers = dict(named.values_list("dataset", "keeper_id"))
    return [
        _register(one, _last_changed(one, today), surveys.get(one), keepers.get(one), today=today) for one in Dataset
    ]


def list_records(dataset: Dataset, *, after: tuple[datetime, UUID] | None = None, limit: int = 50) -> list[Record]:
    """The newest first."""
    rows = UpkeepEntry.objects.filter(dataset=dataset).order_by("-recorded_at", "id")
    if after is not None:
        at, last = after
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__gt=last))
    return [
        Record(row.id, row.on, row.changed, _keeper(row.keeper_id), row.text, row.user_name, row.recorded_at)
        for row in rows[:limit]
    ]


def _register(
    dataset: Dataset, changed: date | None, surveyed: date | None, keeper: int | None, *, today: date
) -> Register:
    last = max((day for day in (changed, surveyed) if day is not None), default=None)
    standing = standing_of(dataset, last, today=today)
    return Register(dataset, standing, changed, surveyed, _keeper(keeper))


def _last_changed(dataset: Dataset, today: date) -> date | None:
    if dataset is Dataset.CALENDARS:
        years = settled_years()
        return date(min(years), 12, 31) if years else None
    days = (_last_day(model, which, today) for model, which in TABLES[dataset])
    return max((day for day in days if day is not None), default=None)


def _last_day(model: type[Model], which: Q, today: date) -> date | None:
    """The last day until today on which a row began, or after one had ended."""
    rows = model._default_manager.filter(which)  # noqa: SLF001
    found = rows.aggregate(
        begun=Max("valid_from", filter=Q(valid_from__lte=today)),
        ended=Max("valid_to", filter=Q(valid_to__lt=today)),
    )
    ended = found["ended"]
    return max(_known([found["begun"], ended + timedelta(days=1) if ended else None]), default=None)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def _keeper(user_id: int | None) -> Keeper | None:
    user = held_directory().users.get(user_id) if user_id is not None else None
    return Keeper(user.id, user.name) if user is not None else None
