"""Rows and levels (责任清单行、区域等级): added and ended, never wiped; each change says why and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from gezhi.catalog.queries import held_catalog
from gezhi.duties.models import AreaLevel, DutyRow
from gezhi.duties.queries.table import AREA_LEVELS, DUTY_ROWS, class_names
from gezhi.duties.rules.area_level import AreaLevelRow, check_level
from gezhi.duties.rules.duty_row import (
    EVERY_CLASS,
    BadDates,
    DutyRowData,
    ReasonMissing,
    RowExists,
    UnknownClassOrUnit,
    check_row,
)
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import is_blank
from gezhi.people.queries import as_datetime, held_directory
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.outbox import announce
from gezhi.plumbing.versions import bump

SYSTEM_USER = 0
ROW_ADDED = "duties.row-added"


@transaction.atomic
def install_duty_rows(
    rows: Sequence[DutyRowData], *, clock: Clock, reason: str = "", user_id: int = SYSTEM_USER
) -> int:
    """Enter rows in bulk (初始化责任清单)."""
    return len(_store(rows, clock=clock, reason=reason, user_id=user_id))


@transaction.atomic
def add_row(
    row: DutyRowData, *, reason: str, actor: Actor, clock: Clock, cause: Mapping[str, Any] | None = None
) -> int:
    """One more row (增补责任清单), for example what a joint meeting has settled about an ownerless case; its number.

    `cause` goes into the announcement: the case or the proposal that the row comes from.
    """
    if is_blank(reason):
        raise ReasonMissing(field="reason")
    same = Q(edition=row.edition, kind=row.kind, selector=row.selector, area_code=row.area_code)
    if DutyRow.objects.filter(same, unit_id=row.unit_id, valid_from=row.valid_from).exists():
        raise RowExists
    (added,) = _store([row], clock=clock, reason=reason, user_id=actor.user_id)
    told = {
        "class_key": f"{row.edition}-{row.kind}-{row.selector}",
        "area_code": row.area_code,
        "unit_id": row.unit_id,
        "case_id": None,
        **(cause or {}),
    }
    announce(ROW_ADDED, str(added.id), told)
    return added.id


def _store(rows: Sequence[DutyRowData], *, clock: Clock, reason: str, user_id: int) -> list[DutyRow]:
    known, units = class_names(held_catalog()), held_directory().organisations
    for row in rows:
        check_row(row)
        if row.selector != EVERY_CLASS and (row.edition, row.kind, row.selector) not in known:
            raise UnknownClassOrUnit(field="selector", what=f"{row.edition}-{row.kind}-{row.selector}")
        if row.unit_id not in units:
            raise UnknownClassOrUnit(field="unit_id", what=row.unit_id)
    at = as_datetime(clock())
    stored = DutyRow.objects.bulk_create(
        (
            DutyRow(
                edition=row.edition,
                kind=row.kind,
                selector=row.selector,
                area_code=row.area_code,
                unit_id=row.unit_id,
                platform_level=row.platform_level,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                basis_kind=row.basis_kind,
                basis=row.basis,
                note=row.note,
                added_because=reason,
                added_by=user_id,
                added_at=at,
            )
            for row in rows
        ),
        batch_size=5000,
    )
    bump(DUTY_ROWS)
    return stored


@transaction.atomic
def end_row(row_id: int, *, last_day: date, reason: str, actor: Actor, clock: Clock) -> None:
    """The last day of a row (终止责任清单行); cases dispatched by it keep its number."""
    if is_blank(reason):
        raise ReasonMissing(field="reason")
    row = DutyRow.objects.select_for_update().filter(id=row_id).first()
    if row is None:
        raise NotFound
    if last_day < row.valid_from:
        raise BadDates(field="last_day", valid_from=row.valid_from, valid_to=last_day)
    row.valid_to = last_day
    row.ended_because, row.ended_by, row.ended_at = reason, actor.user_id, as_datetime(clock())
    row.save(update_fields=["valid_to", "ended_because", "ended_by", "ended_at"])
    bump(DUTY_ROWS)


@transaction.atomic
def install_area_levels(rows: Sequence[AreaLevelRow]) -> int:
    """Enter the levels of areas in bulk (区域分级); one with the same first day is replaced."""
    for row in rows:
        check_level(row)
    AreaLevel.objects.bulk_create(
        (
            AreaLevel(area_code=row.area_code, level=row.level, valid_from=row.valid_from, valid_to=row.valid_to)
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["area_code", "valid_from"],
        update_fields=["level", "valid_to"],
    )
    bump(AREA_LEVELS)
    return len(rows)
