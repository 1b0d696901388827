from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.amended_row import AmendedRow, check_amended_row, standing_amended_row
from gezhi.catalog.rules.catalog import Catalog, assemble
from gezhi.founding.queries import read_shipped
from gezhi.kernel.problems import Problem

ON = date(2027, 1, 1)
CLASS, ROW = "2026-part-01001", "2026-part-01001-1"
LIMIT = Limit(2, Unit.WORK_DAY, "office")
NEW = AmendedRow(CLASS, condition_zh="井盖被盗", limit=LIMIT, closing=("REPAIR",))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    content = read_shipped().editions["2026"]
    return assemble(majors=content.majors, classes=content.classes, rows=content.rows)


def changed(**values: object) -> Callable[[Catalog], AmendedRow]:
    return lambda catalog: msgspec.structs.replace(standing_amended_row(catalog, ROW, ON), **values)


def test_a_new_row_a_changed_one_and_one_that_ends_are_let_through(catalog: Catalog) -> None:
    for row in (NEW, changed(limit=LIMIT)(catalog), changed(ended=True)(catalog)):
        check_amended_row(row, catalog, on=ON)
    season = changed(row_key="", season="汛期")(catalog)
    check_amended_row(season, catalog, on=ON)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (lambda _: msgspec.structs.replace(NEW, class_key="2026-part-19999"), "catalog.catalog.unknown-class"),
        (lambda _: msgspec.structs.replace(NEW, condition_zh=" "), "kernel.words.missing"),
        (lambda _: msgspec.structs.replace(NEW, limit=None), "catalog.amended-row.limit-missing"),
        (changed(row_key=""), "catalog.amended-row.condition-taken"),
        (changed(class_key="2026-part-01002"), "catalog.catalog.row-of-another-class"),
        (changed(row_key=f"{CLASS}-0"), "catalog.catalog.unknown-row"),
    ],
)
def test_what_is_no_row_of_the_class_is_refused(
    catalog: Catalog, row: Callable[[Catalog], AmendedRow], code: str
) -> None:
    with pytest.raises(Problem) as refused:
        check_amended_row(row(catalog), catalog, on=ON)
    assert refused.value.code == code


def test_a_row_is_changed_after_its_first_day_at_the_earliest(catalog: Catalog) -> None:
    young = msgspec.structs.replace(catalog.row(ROW), valid_from=ON)
    held = assemble(majors=catalog.majors, classes=catalog.classes.values(), rows=[young])
    with pytest.raises(Problem) as refused:
        check_amended_row(standing_amended_row(held, ROW, ON), held, on=ON)
    assert refused.value.code == "catalog.amended-row.too-young"


def test_of_a_class_an_empty_row_stands_and_one_that_is_over_has_ended(catalog: Catalog) -> None:
    assert standing_amended_row(catalog, CLASS, ON) == AmendedRow(CLASS)
    over = msgspec.structs.replace(catalog.row(ROW), valid_to=date(2026, 12, 31))
    held = assemble(majors=catalog.majors, classes=catalog.classes.values(), rows=[over])
    assert standing_amended_row(held, ROW, ON).ended
