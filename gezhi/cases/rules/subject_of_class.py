"""立案标准适用: which limit and closing conditions a class and its standard row give a case at an area of this level."""

from __future__ import annotations

from gezhi.cases.rules.acceptance import ClassUnknown
from gezhi.cases.rules.state import Subject
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.limit_of_row import limit_of_row


def subject_of(catalog: Catalog, class_key: str, row_key: str | None, *, level: str | None, edition: str) -> Subject:
    """立案依据: the row's limit at the area's level. A class without any row is a gap; a row of another class is refused."""
    entry = catalog.class_of(class_key)
    if entry is None or entry.edition != edition:
        raise ClassUnknown(field="class_key", class_key=class_key)
    rows = catalog.rows_of(class_key)
    if row_key is None:
        return Subject(class_key=class_key, gap=not rows)
    row = catalog.row(row_key)
    if row is None or row.class_key != class_key:
        raise ClassUnknown(field="row_key", row_key=row_key)
    limit = limit_of_row(row, level)
    return Subject(
        class_key=class_key, row_key=row_key, limit=limit.value, unit=limit.unit, calendar=limit.calendar,
        closing=tuple(condition.code for condition in row.closing), gap=row.is_gap_default,
    )
