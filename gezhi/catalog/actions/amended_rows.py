"""Put a proposed change of a standard row in force, and take one back that has not begun."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from django.db import transaction

from gezhi.catalog import models
from gezhi.catalog.actions.rows import add_rows, check_words, end_row
from gezhi.catalog.queries import REGISTER, held_catalog, list_condition_words
from gezhi.catalog.rules.amended_row import AmendedRow, LimitMissing
from gezhi.catalog.rules.standard_row import LevelLimit, StandardRow
from gezhi.kernel.problems import Problem
from gezhi.plumbing.versions import bump

DAY = timedelta(days=1)


class ChangeNotStanding(Problem):
    code = "catalog.amended-rows.change-not-standing"
    status = 409
    title = "自 {day} 起的这项修订之后又有改动，不能撤回，请刷新。"
    title_en = "What was settled for {day} has been changed since and is not withdrawn: refresh."


def put_amended_row(row: AmendedRow, *, valid_from: date) -> None:
    """施行: what stands ends the day before, the new row begins."""
    if row.ended:
        end_row(row.row_key, last_day=valid_from - DAY)
        return
    add_rows([_row_of(row, valid_from)], {row.row_key: valid_from - DAY} if row.row_key else {})


@transaction.atomic
def withdraw_amended_row(row: AmendedRow, *, valid_from: date) -> None:
    """撤回, before its day: the new row is gone, what stood goes on."""
    if not row.ended:
        coming = models.StandardRow.objects.select_for_update().filter(
            minor_class=row.class_key,
            valid_from=valid_from,
            valid_to__isnull=True,
            condition_zh=row.condition_zh,
            season=row.season,
        )
        if not coming.exists():
            raise ChangeNotStanding(day=valid_from.isoformat())
        models.RowLevelLimit.objects.filter(row__in=coming).delete()
        coming.delete()
    if row.row_key:
        stood = models.StandardRow.objects.filter(key=row.row_key, valid_to=valid_from - DAY)
        if not stood.update(valid_to=None):
            raise ChangeNotStanding(day=valid_from.isoformat())
    bump(REGISTER)


def check_condition_words(row: AmendedRow) -> None:
    if not row.ended:
        check_words(_row_of(row, date.max))


def _row_of(row: AmendedRow, begins: date) -> StandardRow:
    """What the proposal does not say is as in the row before."""
    if row.limit is None:
        raise LimitMissing(field="limit")
    words, catalog = list_condition_words()["closing"], held_catalog()
    before = catalog.rows[row.row_key] if row.row_key else catalog.rows_by_class[row.class_key][0]
    closing = [words[code] for code in row.closing if code in words]
    return msgspec.structs.replace(
        before,
        key="",
        condition_zh=row.condition_zh,
        condition_en=row.condition_en,
        limit=row.limit,
        level_limits=tuple(LevelLimit(level, limit, begins) for level, limit in sorted(row.level_limits.items())),
        closing=tuple(closing),
        season=row.season,
        is_gap_default=False,
        confidence="sourced",
        derived_from="",
        valid_from=begins,
        valid_to=None,
    )
