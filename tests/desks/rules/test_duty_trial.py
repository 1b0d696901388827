from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.catalog import Catalog, assemble
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.editions import EditionPeriod
from gezhi.desks.rules.duty_trial import ClassNotOnDay, OtherEdition, OutsideCity, check_class, check_inside

SWITCH = date(2026, 7, 1)


def catalog(**changes: date) -> Catalog:
    majors, classes = [], []
    for edition in ("2013", "2026"):
        limit = Limit(1, Unit.WORK_DAY)
        majors.append(MajorEntry(edition, "matter", "01", "市容环境", "", limit, (), local=False))
        classes.append(
            ClassEntry(f"{edition}-matter-0101", edition, "matter", "0101", "暴露垃圾", "", "01", "市容环境", "")
        )
    classes[1] = msgspec.structs.replace(classes[1], **changes)
    periods = (EditionPeriod("2013", date(2020, 1, 1), date(2026, 6, 30)), EditionPeriod("2026", SWITCH))
    return assemble(majors=majors, classes=classes, rows=(), periods=periods)


def test_a_class_is_asked_about_on_a_day_on_which_its_edition_is_in_force() -> None:
    assert check_class(catalog(), "2026-matter-0101", SWITCH).edition == "2026"
    assert check_class(catalog(), "2013-matter-0101", date(2026, 6, 30)).edition == "2013"
    for key, day in (("2013-matter-0101", SWITCH), ("2026-matter-0101", date(2026, 6, 30))):
        with pytest.raises(OtherEdition) as refused:
            check_class(catalog(), key, day)
        assert "暴露垃圾" in refused.value.text("zh")


@pytest.mark.parametrize(
    ("changes", "good"),
    [
        ({"valid_from": date(2026, 9, 1)}, date(2026, 9, 1)),
        ({"valid_to": date(2026, 8, 31)}, date(2026, 8, 31)),
    ],
)
def test_a_class_that_is_not_in_use_on_the_day_is_refused(changes: dict[str, date], good: date) -> None:
    assert check_class(catalog(**changes), "2026-matter-0101", good).key == "2026-matter-0101"
    bad = date(2026, 8, 31) if "valid_from" in changes else date(2026, 9, 1)
    with pytest.raises(ClassNotOnDay):
        check_class(catalog(**changes), "2026-matter-0101", bad)


@pytest.mark.parametrize(
    ("codes", "node", "inside"),
    [
        (("410105003", "410105", "410100", "410000"), "410100", True),
        (("410105003", "410105", "410100", "410000"), "410105", True),
        (("410205", "410200", "410000"), "410100", False),
        (("410000",), "410100", False),
    ],
)
def test_a_place_lies_in_the_city_or_is_refused(codes: tuple[str, ...], node: str, inside: bool) -> None:
    if inside:
        check_inside(codes, node, "郑州市")
        return
    with pytest.raises(OutsideCity):
        check_inside(codes, node, "郑州市")
