from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.state import Subject
from gezhi.cases.rules.steps.acceptance import ClassUnknown
from gezhi.cases.rules.steps.subject_of_class import subject_of
from gezhi.catalog.rules.catalog import RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.catalog.rules.editions import EditionPeriod
from gezhi.kernel.problems import Problem
from tests.cases.world import (
    CATALOG,
    CLASS,
    GAP_CLASS,
    HOUR,
    MINUTE,
    NAMELESS,
    OLD_CLASS,
    OTHER_CLASS,
    SUBJECT,
    TODAY,
)


def test_the_limit_is_the_rows_at_the_level_of_the_area() -> None:
    assert subject_of(CATALOG, CLASS, f"{CLASS}-1", level="A", on=TODAY, begun=TODAY) == SUBJECT
    plain = subject_of(CATALOG, CLASS, f"{CLASS}-1", level=None, on=TODAY, begun=TODAY)
    assert (plain.limit, plain.unit, plain.closing, plain.gap) == (1, Unit.WORK_DAY, ("REPAIR", "CLEAN"), False)


def test_without_a_row_only_a_class_that_has_none_is_a_gap() -> None:
    assert subject_of(CATALOG, GAP_CLASS, None, level="A", on=TODAY, begun=TODAY) == Subject(
        class_key=GAP_CLASS, gap=True
    )
    assert subject_of(CATALOG, CLASS, None, level="A", on=TODAY, begun=TODAY) == Subject(class_key=CLASS)


def test_the_default_row_stands_in_for_a_class_without_rows_and_is_marked_as_a_gap() -> None:
    found = subject_of(CATALOG, GAP_CLASS, f"{GAP_CLASS}-0", level=None, on=TODAY, begun=TODAY)
    assert (found.gap, found.limit, found.unit) == (True, 1, Unit.WORK_DAY)


@pytest.mark.parametrize(
    ("class_key", "row_key", "problem", "field"),
    [
        ("2013-part-9999", None, UnknownClass, "class_key"),
        (OLD_CLASS, f"{OLD_CLASS}-1", ClassUnknown, "class_key"),
        (NAMELESS, None, ClassUnknown, "class_key"),
        (CLASS, f"{OTHER_CLASS}-1", RowOfAnotherClass, "row_key"),
        (CLASS, f"{OLD_CLASS}-1", RowOfAnotherClass, "row_key"),
        (CLASS, f"{CLASS}-9", UnknownRow, "row_key"),
        (CLASS, f"{CLASS}-2", ClassUnknown, "row_key"),
        (CLASS, f"{CLASS}-0", ClassUnknown, "row_key"),
    ],
    ids=[
        "unknown",
        "edition",
        "nameless",
        "other-class",
        "other-edition",
        "no-row",
        "ended-row",
        "default-row-of-a-class-with-rows",
    ],
)
def test_a_wrong_class_or_row_is_refused(
    class_key: str, row_key: str | None, problem: type[Problem], field: str
) -> None:
    with pytest.raises(problem) as refused:
        subject_of(CATALOG, class_key, row_key, level=None, on=TODAY, begun=TODAY)
    assert refused.value.field == field


def test_a_row_that_has_ended_still_held_on_its_days() -> None:
    found = subject_of(CATALOG, CLASS, f"{CLASS}-2", level=None, on=date(2026, 1, 15), begun=date(2026, 1, 15))
    assert (found.limit, found.unit) == (2, Unit.URGENT_HOUR)
    assert HOUR == 60 * MINUTE


def test_a_case_keeps_the_edition_and_the_row_of_the_day_on_which_it_was_reported() -> None:
    before, since = date(2026, 6, 30), date(2026, 7, 1)
    periods = (EditionPeriod("2013", date(2020, 1, 1), before), EditionPeriod("2026", since))
    switched = msgspec.structs.replace(CATALOG, periods=periods)
    assert subject_of(switched, CLASS, f"{CLASS}-1", level="A", on=since, begun=before) == SUBJECT
    with pytest.raises(ClassUnknown):
        subject_of(switched, CLASS, f"{CLASS}-1", level="A", on=since, begun=since)
    with pytest.raises(ClassUnknown):
        subject_of(CATALOG, CLASS, f"{CLASS}-2", level=None, on=TODAY, begun=TODAY)
    ended = subject_of(CATALOG, CLASS, f"{CLASS}-2", level=None, on=TODAY, begun=date(2026, 1, 15))
    assert ended.limit == 2
