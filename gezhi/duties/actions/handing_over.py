"""承接: the rows of a unit go on with the bodies that take its place; the old ones end the day before and stay."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from django.db import transaction
from django.db.models import Q

from gezhi.duties.actions.rows import SYSTEM_USER, install_duty_rows
from gezhi.duties.models import DutyRow
from gezhi.duties.queries.rows_of_unit import list_rows_of_unit
from gezhi.duties.queries.table import DUTY_ROWS
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.people.queries import as_datetime
from gezhi.people.rules.succession import UnitSuccession
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump


@transaction.atomic
def hand_rows_over(arranged: UnitSuccession, *, on: date, reason: str, clock: Clock) -> int:
    """How many rows end. A row that a successor has already is not entered twice; one that would begin later begins so
    with the successor, which is entered later and so decides on the one day that is left to the old.
    """
    rows = list_rows_of_unit(arranged.unit, on)
    fresh = [_handed(row, arranged, on) for row in rows]
    install_duty_rows([row for row in fresh if not _stands(row)], clock=clock, reason=reason)
    for row in rows:
        # A row that has not begun ends on its first day: it stays on record, and no row ends before it begins.
        last_day = max(on - timedelta(days=1), row.valid_from)
        DutyRow.objects.filter(id=row.row_id).update(
            valid_to=last_day, ended_because=reason, ended_by=SYSTEM_USER, ended_at=as_datetime(clock())
        )
    bump(DUTY_ROWS)
    return len(rows)


def _handed(row: DutyRowData, arranged: UnitSuccession, on: date) -> DutyRowData:
    successor = arranged.successor_of_row(row.row_id)
    return msgspec.structs.replace(row, unit_id=successor, valid_from=max(on, row.valid_from), row_id=0)


def _stands(row: DutyRowData) -> bool:
    same = Q(edition=row.edition, kind=row.kind, selector=row.selector, area_code=row.area_code, unit_id=row.unit_id)
    lasts = Q(valid_to=None) if row.valid_to is None else Q(valid_to=None) | Q(valid_to__gte=row.valid_to)
    return DutyRow.objects.filter(same, lasts, valid_from__lte=row.valid_from).exists()
