"""单位的责任: the rows of one unit that are in force on a day or begin later."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gezhi.duties.models import DutyRow
from gezhi.duties.queries.table import COLUMNS
from gezhi.duties.rules.duty_row import Basis, DutyRowData


def list_rows_of_unit(unit_id: int, on: date, *, limit: int | None = None) -> list[DutyRowData]:
    rows = DutyRow.objects.filter(_from(on), unit_id=unit_id).order_by("id")
    return [
        DutyRowData(**{name: getattr(row, name) for name in COLUMNS}, basis_kind=Basis(row.basis_kind), row_id=row.pk)
        for row in rows[:limit]
    ]


def count_rows_of_unit_from(unit_id: int, on: date) -> int:
    return DutyRow.objects.filter(_from(on), unit_id=unit_id).count()


def _from(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=on)
