from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from django.db import IntegrityError, transaction

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.catalog import Catalog, RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.catalog.rules.standard_row import ConditionWord, limit_of_row
from gezhi.plumbing.versions import held_numbers
from tests.catalog.invented import CLEAN, REPAIR, row, shipped, shipped_catalog

pytestmark = pytest.mark.django_db
SPRING = date(2026, 4, 1)
CATALOG = frozenset({"catalog"})
Installed = Callable[..., None]


def held() -> Catalog:
    from gezhi.catalog.queries import held_catalog

    return held_catalog()


def test_what_is_held_is_what_was_shipped(installed: Installed) -> None:
    installed("2013")
    catalog, shipped_one = held(), shipped_catalog("2013")
    assert catalog.classes == shipped_one.classes
    assert catalog.rows == shipped_one.rows
    assert catalog.edition_on(date(2026, 11, 1)) == "2013"
    assert held_numbers(CATALOG)["catalog"] > 0


def test_the_whole_catalogue_is_read_with_few_statements(
    installed: Installed, statement_count: Callable[[], Any]
) -> None:
    installed("2007", "2013", "2026")
    with statement_count() as counted:
        assert len(held().classes) == 739
        held()
    assert counted.total <= 9


def test_three_editions_stand_side_by_side(installed: Installed) -> None:
    installed("2013", "2007", "2026")
    names = [held().class_of(key).name for key in ("2007-part-0114", "2013-part-0114", "2026-part-01014")]
    assert names == ["无主井盖", "园林井盖", "园林井盖"]


def test_a_preset_is_installed_once_and_an_edition_never_overwritten(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.actions.editions import EditionInstalled

    installed("2013")
    actions.install_preset_edition("2013")
    with pytest.raises(EditionInstalled):
        actions.install_edition(shipped("2013"), closing={}, defects={})


def test_a_new_edition_ends_the_old_one_and_wipes_nothing(installed: Installed) -> None:
    from gezhi.catalog import actions

    installed("2013", "2026")
    actions.put_edition_in_force("2026", valid_from=date(2026, 7, 1))
    assert [held().edition_on(date(2026, 6, 30)), held().edition_on(date(2026, 7, 1))] == ["2013", "2026"]
    assert held().class_of("2013-part-0101").name == "上水井盖"


def test_an_edition_comes_into_force_after_the_last_one_only(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.actions.editions import EditionMissing
    from gezhi.catalog.rules.editions import PeriodBeginsLater

    installed("2013", "2026")
    with pytest.raises(PeriodBeginsLater):
        actions.put_edition_in_force("2026", valid_from=date(2020, 1, 1))
    with pytest.raises(EditionMissing):
        actions.put_edition_in_force("2007", valid_from=date(2027, 1, 1))


def test_the_database_keeps_one_open_period(installed: Installed) -> None:
    from gezhi.catalog.models import EditionPeriod

    installed("2013")
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionPeriod.objects.create(edition_id="2013", valid_from=date(2027, 1, 1))


def test_local_classes_are_numbered_downward_and_start_as_gaps(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.queries import list_gaps

    installed("2013", "2026")
    held()
    before = held_numbers(CATALOG)
    keys = [
        actions.add_local_class("2013", ClassKind.PART, major_code="01", name=name, valid_from=SPRING)
        for name in ("直饮水机", "雨水花园")
    ]
    longer = actions.add_local_class("2026", ClassKind.MATTER, major_code="06", name="飞线充电", valid_from=SPRING)
    assert [*map(str, keys), str(longer)] == ["2013-part-0199", "2013-part-0198", "2026-matter-06999"]
    added = held().class_of("2013-part-0199")
    assert (added.name, added.local, added.major_name) == ("直饮水机", True, "公用设施")
    assert "2013-part-0199" in [entry.key for entry in list_gaps("2013", SPRING)]
    held()
    assert held_numbers(CATALOG)["catalog"] > before["catalog"]


def test_a_local_major_begins_at_21_and_its_minors_at_01(installed: Installed) -> None:
    from gezhi.catalog import actions

    installed("2013")
    code = actions.add_local_major(
        "2013",
        ClassKind.MATTER,
        name="专项整治",
        name_en="Campaigns",
        default_limit=Limit(3, Unit.WORK_DAY),
        default_closing=["RECTIFY"],
    )
    key = actions.add_local_class("2013", ClassKind.MATTER, major_code=code, name="散煤燃烧", valid_from=SPRING)
    assert str(key) == "2013-matter-2101"
    (default,) = held().rows_of(str(key), SPRING)
    assert (default.limit, default.closing_codes) == (Limit(3, Unit.WORK_DAY), ("RECTIFY",))


def test_a_local_class_needs_a_major_and_a_new_name(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.actions.local_classes import MajorMissing, NameTaken

    installed("2013")
    with pytest.raises(MajorMissing):
        actions.add_local_class("2013", ClassKind.PART, major_code="30", name="新类", valid_from=SPRING)
    with pytest.raises(NameTaken) as caught:
        actions.add_local_class("2013", ClassKind.PART, major_code="01", name="路灯", valid_from=SPRING)
    assert "2013-part-0137" in caught.value.text()


def test_a_row_of_its_own_ends_the_gap(installed: Installed) -> None:
    from gezhi.catalog import actions

    installed("2013")
    key = actions.put_row_in_force(row("2013-part-0105-0", closing=(CLEAN,), valid_from=SPRING))
    assert key == "2013-part-0105-1"
    assert [one.key for one in held().rows_of("2013-part-0105", SPRING)] == ["2013-part-0105-1"]
    assert held().rows_of("2013-part-0105", date(2026, 3, 31))[0].is_gap_default
    assert held().row(key).local


def test_a_changed_row_ends_and_the_new_one_begins(installed: Installed) -> None:
    from gezhi.catalog import actions

    installed("2013")
    shorter = msgspec.structs.replace(
        held().row("2013-part-0101-3"), limit=Limit(1, Unit.WORK_DAY, "office"), valid_from=SPRING
    )
    key = actions.put_row_in_force(shorter, replaces="2013-part-0101-3")
    before, after = ([one.key for one in held().rows_of("2013-part-0101", day)] for day in (date(2026, 3, 31), SPRING))
    assert before == [f"2013-part-0101-{seq}" for seq in (1, 2, 3, 4)]
    assert after == [f"2013-part-0101-{seq}" for seq in (1, 2, 4, 5)]
    assert key == "2013-part-0101-5"


def test_a_row_must_fit_its_class_its_vocabulary_and_its_dates(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.actions.rows import BeginsTooEarly, NoClosingCondition, UnknownCondition

    installed("2013")
    good = row("2013-part-0101-0", valid_from=SPRING)
    unknown = ConditionWord("POLISH", "已抛光", "polished")
    for wrong, replaces, problem in (
        (row("2013-part-9999-0"), None, UnknownClass),
        (msgspec.structs.replace(good, closing=()), None, NoClosingCondition),
        (msgspec.structs.replace(good, closing=(REPAIR, unknown)), None, UnknownCondition),
        (msgspec.structs.replace(good, defect_codes=("REPAIR",)), None, UnknownCondition),
        (good, "2013-part-0101-9", UnknownRow),
        (good, "2013-part-0102-1", RowOfAnotherClass),
        (msgspec.structs.replace(good, valid_from=date.min), "2013-part-0101-1", BeginsTooEarly),
    ):
        with pytest.raises(problem):
            actions.put_row_in_force(wrong, replaces=replaces)
    assert held().rows == shipped_catalog("2013").rows


def test_an_area_level_gets_its_own_limit_from_a_date(installed: Installed) -> None:
    from gezhi.catalog import actions
    from gezhi.catalog.actions.rows import BeginsTooEarly

    installed("2013")
    key = "2013-part-0101-3"
    actions.put_level_limit_in_force(key, "A", Limit(1, Unit.WORK_DAY), valid_from=date(2026, 1, 1))
    actions.put_level_limit_in_force(key, "A", Limit(4, Unit.WORK_HOUR), valid_from=SPRING)
    one = held().row(key)
    days = (date(2025, 12, 31), date(2026, 3, 31), SPRING)
    assert [limit_of_row(one, "A", day) for day in days] == [
        Limit(2, Unit.WORK_DAY),
        Limit(1, Unit.WORK_DAY),
        Limit(4, Unit.WORK_HOUR),
    ]
    assert limit_of_row(one, "B", SPRING) == Limit(2, Unit.WORK_DAY)
    with pytest.raises(BeginsTooEarly):
        actions.put_level_limit_in_force(key, "A", Limit(5, Unit.WORK_DAY), valid_from=SPRING)
    with pytest.raises(UnknownRow):
        actions.put_level_limit_in_force("2013-part-0105-0", "A", Limit(5, Unit.WORK_DAY), valid_from=SPRING)
