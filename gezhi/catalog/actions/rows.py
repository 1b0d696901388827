"""Change standard rows and their limits by area level. Nothing is edited: the old ends, the new begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import Max

from gezhi.calendars.rules.limits import Limit
from gezhi.catalog import models
from gezhi.catalog.actions.editions import standard_row
from gezhi.catalog.queries import REGISTER
from gezhi.catalog.rules.catalog import RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.catalog.rules.class_key import row_key
from gezhi.catalog.rules.standard_row import StandardRow
from gezhi.kernel.problems import Problem
from gezhi.plumbing.versions import bump

AT_ONCE: Final = 1_000


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
    check_words(row)
    if replaces is not None:
        _end_row(replaces, row)
    numbers = models.StandardRow.objects.filter(minor_class=row.class_key).values_list("seq", flat=True)
    key = row_key(row.class_key, max(numbers, default=0) + 1)
    standard_row(msgspec.structs.replace(row, key=key, local=True)).save(force_insert=True)
    bump(REGISTER)
    return key


@transaction.atomic
def add_rows(rows: Sequence[StandardRow], ended: Mapping[str, date]) -> None:
    """成批增加标准行: rows with their limits by area level, each under the next number of its class; `ended`: rows that
    they follow, with their last days.
    """
    for key, last in ended.items():
        end_row(key, last_day=last)
    numbers = dict(
        models.StandardRow.objects.filter(minor_class__in={row.class_key for row in rows})
        .values_list("minor_class")
        .annotate(Max("seq"))
    )
    added = []
    for row in rows:
        numbers[row.class_key] = numbers.get(row.class_key, 0) + 1
        added.append(msgspec.structs.replace(row, key=row_key(row.class_key, numbers[row.class_key]), local=True))
    models.StandardRow.objects.bulk_create(map(standard_row, added), batch_size=AT_ONCE)
    models.RowLevelLimit.objects.bulk_create(
        (
            models.RowLevelLimit(
                row_id=row.key,
                level=own.level,
                value=own.limit.value,
                unit=own.limit.unit.value,
                calendar=own.limit.calendar,
                valid_from=own.valid_from,
                valid_to=own.valid_to,
            )
            for row in added
            for own in row.level_limits
        ),
        batch_size=AT_ONCE,
    )
    bump(REGISTER)


@transaction.atomic
def end_row(key: str, *, last_day: date) -> None:
    """终止标准行: a row holds until this day; what was filed by it keeps it."""
    if not models.StandardRow.objects.filter(key=key).update(valid_to=last_day):
        raise UnknownRow(key=key, field="row_key")
    bump(REGISTER)


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


def check_words(row: StandardRow) -> None:
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
