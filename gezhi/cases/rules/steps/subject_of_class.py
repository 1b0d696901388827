"""立案标准适用: which limit and closing conditions a class and its standard row give a case at an area of this level."""

from __future__ import annotations

from datetime import date

from gezhi.cases.rules.state import Subject
from gezhi.cases.rules.steps.acceptance import ClassUnknown
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.standard_row import limit_of_row


def subject_of(
    catalog: Catalog, class_key: str, row_key: str | None, *, level: str | None, on: date, begun: date
) -> Subject:
    """立案依据: the row's limit at the area's level. A class without any own row is a gap; a row of another class or
    edition is refused. A case keeps the edition, the class and the row of the day on which it was reported.
    """
    entry = catalog.class_of(class_key)
    catalog.edition_on(on)
    if not catalog.offers(entry, on) and not catalog.offers(entry, begun):
        raise ClassUnknown(field="class_key")
    if row_key is None:
        return Subject(class_key=class_key, gap=catalog.rows_of(class_key, on)[0].is_gap_default)
    row = catalog.row_for(class_key, row_key)
    if not any(
        row in catalog.rows_of(class_key, day) for day in (on, begun)
    ):  # ended, or the default row of a class that has its own
        raise ClassUnknown(field="row_key")
    limit = limit_of_row(row, level, on)
    return Subject(
        class_key=class_key,
        row_key=row_key,
        limit=limit.value,
        unit=limit.unit,
        calendar=limit.calendar,
        closing=row.closing_codes,
        gap=row.is_gap_default,
    )
