from __future__ import annotations

from datetime import date

import pytest

from gezhi.catalog.rules.editions import (
    AlreadyInForce,
    EditionPeriod,
    NoEditionInForce,
    PeriodBeginsLater,
    SwitchTooEarly,
    UnknownEdition,
    check_switch,
    edition_on,
)
from gezhi.kernel.problems import Problem

TODAY, TOMORROW, SUMMER = date(2026, 6, 1), date(2026, 6, 2), date(2026, 7, 1)
PERIODS = (EditionPeriod("2007", date(2010, 1, 1), date(2019, 12, 31)), EditionPeriod("2013", date(2020, 1, 1)))
KNOWN = {"2007", "2013", "2026"}


def test_each_day_has_the_edition_of_its_period() -> None:
    assert [edition_on(PERIODS, day) for day in (date(2019, 12, 31), date(2020, 1, 1), SUMMER)] == [
        "2007",
        "2013",
        "2013",
    ]
    with pytest.raises(NoEditionInForce):
        edition_on(PERIODS, date(2009, 12, 31))


@pytest.mark.parametrize(
    ("periods", "edition", "day", "problem"),
    [
        (PERIODS, "2026", TOMORROW, None),
        (PERIODS, "2007", SUMMER, None),
        ((), "2013", TOMORROW, None),
        (PERIODS, "2026", TODAY, SwitchTooEarly),
        (PERIODS, "2013", SUMMER, AlreadyInForce),
        (PERIODS, "2019", SUMMER, UnknownEdition),
        ((*PERIODS[:1], EditionPeriod("2013", SUMMER)), "2026", SUMMER, PeriodBeginsLater),
        ((*PERIODS[:1], EditionPeriod("2013", SUMMER)), "2026", date(2026, 7, 2), None),
    ],
)
def test_a_switch_begins_with_a_day_to_come_after_all_that_is_settled(
    periods: tuple[EditionPeriod, ...], edition: str, day: date, problem: type[Problem] | None
) -> None:
    if problem is None:
        check_switch(periods, edition, known=KNOWN, valid_from=day, today=TODAY)
        return
    with pytest.raises(problem):
        check_switch(periods, edition, known=KNOWN, valid_from=day, today=TODAY)
