"""Install an edition, put one in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from gezhi.catalog import models
from gezhi.catalog.queries import REGISTER, list_shipped, read_preset
from gezhi.catalog.rules.classes import MajorEntry
from gezhi.catalog.rules.editions import PeriodBeginsLater
from gezhi.catalog.rules.preset_tables import EditionContent, read_edition, read_words
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow
from gezhi.kernel.problems import Problem
from gezhi.plumbing.versions import bump


class EditionInstalled(Problem):
    code = "catalog.editions.already-installed"
    status = 409
    title = "目录版本 {edition} 已经安装，不会被覆盖；请增加扩展类别或调整标准行。"
    title_en = (
        "Edition {edition} is already installed and is never overwritten: add local classes or change rows instead."
    )


class EditionMissing(Problem):
    code = "catalog.editions.not-installed"
    status = 422
    title = "目录版本 {edition} 尚未安装，请先安装再启用。"
    title_en = "Edition {edition} is not installed: install it before putting it in force."


class SwitchNotStanding(Problem):
    code = "catalog.editions.switch-not-standing"
    status = 409
    title = "自 {day} 起切换为 {edition} 的安排已不存在，请刷新。"
    title_en = "There is no switch to edition {edition} on {day} any more: refresh."


def install_preset_edition(edition: str, *, calendar: str = "office") -> None:
    """Install a shipped edition (2007, 2013, 2026), its limits counted by this calendar; nothing if it is there, or
    a city's own.
    """
    shipped = any(one.code == edition for one in list_shipped())
    if shipped and not models.Edition.objects.filter(code=edition).exists():
        closing, defects = (read_words(read_preset, f"{name}.csv") for name in ("closing_conditions", "defects"))
        install_edition(read_edition(read_preset, edition, calendar=calendar), closing=closing, defects=defects)


@transaction.atomic
def install_edition(
    content: EditionContent, *, closing: Mapping[str, ConditionWord], defects: Mapping[str, ConditionWord]
) -> None:
    """Store an edition with its classes and rows (安装目录版本). It does not come into force by that."""
    if models.Edition.objects.filter(code=content.code).exists():
        raise EditionInstalled(edition=content.code, field="edition")
    for kind, words in (("closing", closing), ("defect", defects)):
        models.ConditionCode.objects.bulk_create(
            (models.ConditionCode(kind=kind, code=word.code, zh=word.zh, en=word.en) for word in words.values()),
            ignore_conflicts=True,
        )
    edition = models.Edition.objects.create(
        code=content.code,
        standard=content.standard,
        title=content.title,
        title_en=content.title_en,
        minor_digits=content.minor_digits,
    )
    majors = models.MajorClass.objects.bulk_create(_major_row(edition, major) for major in content.majors)
    ids = {(major.kind, major.code): major for major in majors}
    models.MinorClass.objects.bulk_create(
        models.MinorClass(
            key=entry.key,
            major=ids[entry.kind, entry.major_code],
            code=entry.code.removeprefix(entry.major_code),
            name=entry.name,
            name_en=entry.name_en,
            local=entry.local,
            confidence=entry.confidence,
            valid_from=entry.valid_from,
        )
        for entry in content.classes
    )
    models.StandardRow.objects.bulk_create(standard_row(row) for row in content.rows)
    bump(REGISTER)


@transaction.atomic
def put_edition_in_force(edition: str, *, valid_from: date) -> None:
    """Work by an edition from a date on (启用目录版本); the one before ends the day before. Old codes stay known."""
    if not models.Edition.objects.filter(code=edition).exists():
        raise EditionMissing(edition=edition, field="edition")
    last = models.EditionPeriod.objects.select_for_update().filter(valid_to__isnull=True).first()
    if last is not None:
        if last.valid_from >= valid_from:
            raise PeriodBeginsLater(day=last.valid_from.isoformat(), field="valid_from")
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    models.EditionPeriod.objects.create(edition_id=edition, valid_from=valid_from)
    bump(REGISTER)


@transaction.atomic
def switch_edition(edition: str, *, valid_from: date) -> None:
    """切换版本: from a day on; a shipped edition is installed by it."""
    install_preset_edition(edition)
    put_edition_in_force(edition, valid_from=valid_from)


@transaction.atomic
def withdraw_edition(edition: str, *, valid_from: date) -> None:
    """撤回切换, before its day: the edition in force goes on. What was installed stays installed."""
    coming = models.EditionPeriod.objects.select_for_update().filter(
        edition=edition, valid_from=valid_from, valid_to__isnull=True
    )
    if not coming.exists():
        raise SwitchNotStanding(edition=edition, day=valid_from.isoformat())
    coming.delete()
    models.EditionPeriod.objects.filter(valid_to=valid_from - timedelta(days=1)).update(valid_to=None)
    bump(REGISTER)


def standard_row(row: StandardRow) -> models.StandardRow:
    """A rule's row as a row of the table."""
    return models.StandardRow(
        key=row.key,
        minor_class_id=row.class_key,
        seq=int(row.key.rpartition("-")[2]),
        defects=list(row.defect_codes),
        condition_zh=row.condition_zh,
        condition_en=row.condition_en,
        limit_value=row.limit.value,
        limit_unit=row.limit.unit.value,
        calendar=row.limit.calendar,
        closing=list(row.closing_codes),
        season=row.season,
        local=row.local,
        confidence=row.confidence,
        derived_from=row.derived_from,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _major_row(edition: models.Edition, major: MajorEntry) -> models.MajorClass:
    return models.MajorClass(
        edition=edition,
        kind=major.kind,
        code=major.code,
        name=major.name,
        name_en=major.name_en,
        default_value=major.default_limit.value,
        default_unit=major.default_limit.unit.value,
        default_calendar=major.default_limit.calendar,
        default_closing=[word.code for word in major.default_closing],
        local=major.local,
    )
