"""责任试算: what may be asked of the rules of record about a class at a place on a day.

Requirements R10 and R16: the answer to "which unit, which limit, who decides, why" before there is a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import is_valid
from gezhi.people.rules.region_prefix import region_prefix


class OtherEdition(Problem):
    code = "desks.duty-trial.other-edition"
    status = 422
    title = "{day} 施行的目录是 {in_force} 版，没有 {edition} 版的“{name}”，请改选 {in_force} 版的类别或者另选日期。"
    title_en = (
        "The edition in force on {day} is {in_force}; it does not hold “{name}” of {edition}. Choose a class of"
        " {in_force}, or another day."
    )


class ClassNotOnDay(Problem):
    code = "desks.duty-trial.class-not-on-day"
    status = 422
    title = "“{name}”在 {day} 不在用，请改选类别或者另选日期。"
    title_en = "“{name}” is not in use on {day}; choose another class or another day."


class OutsideCity(Problem):
    code = "desks.duty-trial.outside-city"
    status = 422
    title = "这个地点不在本市（{city}）辖区内，请重新选点。"
    title_en = "The place does not lie in this city ({city}); choose another."


def check_class(catalog: Catalog, class_key: str, on: date) -> ClassEntry:
    """The class, if it belongs to the edition in force on the day and is in use."""
    entry, in_force = catalog.class_of(class_key), catalog.edition_on(on)
    if entry.edition != in_force:
        raise OtherEdition(field="class_key", day=on, in_force=in_force, edition=entry.edition, name=entry.name)
    if not is_valid(entry.valid_from, entry.valid_to, on):
        raise ClassNotOnDay(field="class_key", day=on, name=entry.name)
    return entry


def check_inside(codes: Sequence[str], node: str, city: str) -> None:
    """`codes` of the place, from the smallest up; `city` is the name of the node."""
    if not any(code.startswith(region_prefix(node)) for code in codes):
        raise OutsideCity(field="lon", city=city)
