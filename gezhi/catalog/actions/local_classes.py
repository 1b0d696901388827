"""Add a city's own classes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gezhi.calendars.rules.limits import Limit
from gezhi.catalog import models
from gezhi.catalog.actions.editions import EditionMissing
from gezhi.catalog.queries import REGISTER
from gezhi.catalog.rules.class_key import ClassKey, ClassKind
from gezhi.catalog.rules.local_codes import next_major_code, next_minor_code
from gezhi.kernel.problems import Problem
from gezhi.plumbing.versions import bump


class MajorMissing(Problem):
    code = "catalog.local-classes.major-missing"
    status = 422
    title = "目录版本 {edition} 中没有大类 {major}，请先增加大类或另选。"
    title_en = "Edition {edition} has no major class {major}: add it first or choose another."


class NameTaken(Problem):
    code = "catalog.local-classes.name-taken"
    status = 409
    title = "该大类下已有名为“{name}”的类别，请直接使用（{key}）。"
    title_en = "This major class already has a class named '{name}': use it ({key})."


@transaction.atomic
def add_local_major(
    edition: str, kind: ClassKind, *, name: str, name_en: str, default_limit: Limit, default_closing: Sequence[str]
) -> str:
    """Add a major class of the city's own (扩展大类), numbered from 21 up; gives its code."""
    if not models.Edition.objects.select_for_update().filter(code=edition).exists():
        raise EditionMissing(edition=edition, field="edition")
    taken = models.MajorClass.objects.filter(edition=edition, kind=kind).values_list("code", flat=True)
    code = next_major_code(set(taken))
    models.MajorClass.objects.create(
        edition_id=edition,
        kind=kind.value,
        code=code,
        name=name,
        name_en=name_en,
        default_value=default_limit.value,
        default_unit=default_limit.unit.value,
        default_calendar=default_limit.calendar,
        default_closing=list(default_closing),
        local=True,
    )
    bump(REGISTER)
    return code


@transaction.atomic
def add_local_class(
    edition: str, kind: ClassKind, *, major_code: str, name: str, valid_from: date, name_en: str = ""
) -> ClassKey:
    """Add a class of the city's own (扩展小类), numbered downward in a national major; gives its key."""
    majors = models.MajorClass.objects.select_for_update(of=("self",)).select_related("edition")
    major = majors.filter(edition=edition, kind=kind, code=major_code).first()
    if major is None:
        raise MajorMissing(edition=edition, major=major_code, field="major_code")
    minors = dict(models.MinorClass.objects.filter(major=major).values_list("code", "name"))
    same = next((code for code, known in minors.items() if known == name), None)
    if same is not None:
        key = ClassKey(edition, kind, major_code + same)
        raise NameTaken(name=name, key=str(key), field="name")
    code = next_minor_code(major_code, minors, digits=major.edition.minor_digits)
    key = ClassKey(edition, kind, major_code + code)
    models.MinorClass.objects.create(
        key=str(key),
        major=major,
        code=code,
        name=name,
        name_en=name_en,
        local=True,
        confidence="known",
        valid_from=valid_from,
    )
    bump(REGISTER)
    return key
