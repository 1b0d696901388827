"""Change standard rows and their limits by area level. Nothing is edited: the old ends, the new begins."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from django.db import transaction

from gezhi.calendars.rules.limits import Limit
from gezhi.catalog import models
from gezhi.catalog.actions.editions import standard_row
from gezhi.catalog.queries import REGISTER
from gezhi.catalog.rules.catalog import RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.catalog.rules.class_key import row_key
from gezhi.catalog.rules.standard_row import StandardRow
from gezhi.kernel.problems import Problem
from gezhi.plumbing.versions import bump


class UnknownCondition(Problem):
    code = "catalog.rows.unknown-condition"
    status = 422
    title = "结案条件或缺陷代码“{condition}”不存在，请从用语表中选择。"
    title_en = "There is no defect or closing condition '{condition}': choose one of the vocabulary."


class NoClosingCondition(Problem):
    code = "catalog.rows.no-closing-condition"
    status = 422
    title = "标准行至少要有一个结案条件，否则无法核查结案。"
    title_en = "A row needs at least one closing condition, or nothing can be inspected."


class BeginsTooEarly(Problem):
    code = "catalog.rows.begins-too-early"
    status = 409
    title = "现行规定自 {day} 起施行，新规定须晚于该日。"
    title_en = "What holds now began on {day}: the new must begin later."


@transaction.atomic
def put_row_in_force(row: StandardRow, *, replaces: str | None = None) -> str:
    """Add a local row to a class from `row.valid_from` on, in place of another where named; gives its key."""
    if not models.MinorClass.objects.select_for_update().filter(key=row.class_key).exists():
        raise UnknownClass(key=row.class_key, field="class_key")
    _check_words(row)
    if replaces is not None:
        _end_row(replaces, row)
    numbers = models.StandardRow.objects.filter(minor_class=row.class_key).values_list("seq", flat=True)
    key = row_key(row.class_key, max(numbers, default=0) + 1)
    standard_row(msgspec.structs.replace(row, key=key, local=True)).save(force_insert=True)
    bump(REGISTER)
    return key


@transaction.atomic
def put_level_limit_in_force(row: str, level: str, limit: Limit, *, valid_from: date) -> None:
    """Give a row its own limit for areas of a level from a date on (区域等级时限)."""
    if not models.StandardRow.objects.select_for_update().filter(key=row).exists():
        raise UnknownRow(key=row, field="row_key")
    open_one = models.RowLevelLimit.objects.filter(row=row, level=level, valid_to__isnull=True).first()
    if open_one is not None:
        if open_one.valid_from >= valid_from:
            raise BeginsTooEarly(day=open_one.valid_from.isoformat(), field="valid_from")
        open_one.valid_to = valid_from - timedelta(days=1)
        open_one.save(update_fields=["valid_to"])
    models.RowLevelLimit.objects.create(
        row_id=row,
        level=level,
        value=limit.value,
        unit=limit.unit.value,
        calendar=limit.calendar,
        valid_from=valid_from,
    )
    bump(REGISTER)


def _check_words(row: StandardRow) -> None:
    if not row.closing:
        raise NoClosingCondition(field="closing")
    known = set(models.ConditionCode.objects.values_list("kind", "code"))
    used = [("closing", code) for code in row.closing_codes] + [("defect", code) for code in row.defect_codes]
    for word in used:
        if word not in known:
            raise UnknownCondition(condition=word[1], field=word[0])


def _end_row(key: str, successor: StandardRow) -> None:
    old = models.StandardRow.objects.filter(key=key, valid_to__isnull=True).first()
    if old is None:
        raise UnknownRow(key=key, field="replaces")
    if old.minor_class_id != successor.class_key:
        raise RowOfAnotherClass(row=key, key=successor.class_key, field="replaces")
    if old.valid_from >= successor.valid_from:
        raise BeginsTooEarly(day=old.valid_from.isoformat(), field="valid_from")
    old.valid_to = successor.valid_from - timedelta(days=1)
    old.save(update_fields=["valid_to"])
