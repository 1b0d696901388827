from __future__ import annotations

from datetime import date

import msgspec

from gezhi.founding.rules.city import digest_of, parts_of
from tests.founding.folders import city


def test_a_part_differs_only_where_its_own_content_does() -> None:
    before = parts_of(city())
    named = parts_of(city(name_en="Yiwu City"))
    assert [name for name in before if before[name] != named[name]] == ["city.toml"]
    fewer = parts_of(city(divisions=city().divisions[:-1], outlines=()))
    assert [name for name in before if before[name] != fewer[name]] == ["divisions.csv", "ground"]
    assert digest_of(city()) != digest_of(city(name_en="Yiwu City"))


def test_another_first_day_of_the_folder_and_days_laid_over_calendars_are_no_difference() -> None:
    later = [msgspec.structs.replace(one, valid_from=date(2027, 1, 1)) for one in city().level_limits]
    plain = [msgspec.structs.replace(one, overrides=()) for one in city().calendars]
    moved = city(effective=date(2027, 1, 1), level_limits=tuple(later), calendars=tuple(plain))
    assert parts_of(moved) == parts_of(city())
