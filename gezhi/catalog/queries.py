"""Reads of the catalogue: the one held per process, and the gaps of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog import models
from gezhi.catalog.rules.catalog import Catalog, assemble
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.editions import EditionHead, EditionPeriod
from gezhi.catalog.rules.mapping import MappingLine, mapping_of
from gezhi.catalog.rules.preset_tables import EditionContent, list_editions, read_edition, read_successors
from gezhi.catalog.rules.standard_row import ConditionWord, LevelLimit, StandardRow
from gezhi.plumbing.versions import Held

REGISTER: Final = "catalog"
MOST_FOUND = 30

Words = dict[str, ConditionWord]


def held_catalog() -> Catalog:
    """The whole catalogue, held per process and read anew when its version moves."""
    return _HELD.get()


def find_class_keys(text: str, *, on: date) -> tuple[str, ...]:
    """Classes of the edition in force that a text means, best first, a few dozen at most; none for an empty text."""
    catalog = held_catalog()
    entries = catalog.search(text, edition=catalog.edition_on(on), on=on) if text else []
    return tuple(entry.key for entry in entries[:MOST_FOUND])


def list_gaps(edition: str, on: date | None = None) -> list[ClassEntry]:
    """标准缺口: visible classes that only have the default row of their major class."""
    return held_catalog().gaps(edition, on)


def list_condition_words() -> dict[str, Words]:
    """立案、结案条件用语: the vocabulary of defects and closing conditions, by kind and code."""
    words: dict[str, Words] = {"defect": {}, "closing": {}}
    for word in models.ConditionCode.objects.order_by("id"):
        words[word.kind][word.code] = ConditionWord(word.code, word.zh, word.en)
    return words


@cache
def read_preset(table: str) -> str:
    """The text of a shipped table by its file name."""
    return files("gezhi.catalog").joinpath("presets", table).read_text(encoding="utf-8")


def list_successors(edition: str) -> dict[str, str]:
    """版本对照: of the classes of a shipped edition those that continue one of the edition before, with that one."""
    return {new: before.key for new, before in read_successors(read_preset, edition).items()}


@cache
def list_shipped() -> tuple[EditionHead, ...]:
    """The editions of the package, the oldest first."""
    return tuple(list_editions(read_preset))


@cache
def _shipped_edition(edition: str) -> EditionContent:
    return read_edition(read_preset, edition, calendar="office")


def list_known_editions() -> list[EditionHead]:
    """目录版本: those of the package and a city's own, the oldest first."""
    own = {
        row.code: EditionHead(row.code, row.standard, row.title, row.title_en, row.minor_digits)
        for row in models.Edition.objects.all()
    }
    return [one for _, one in sorted(({one.code: one for one in list_shipped()} | own).items())]


def list_edition_classes(edition: str, on: date) -> list[ClassEntry]:
    """The visible classes of an edition; of one that is not installed yet as the package brings them."""
    catalog = held_catalog()
    if all(major.edition != edition for major in catalog.majors) and any(one.code == edition for one in list_shipped()):
        content = _shipped_edition(edition)
        catalog = assemble(majors=content.majors, classes=content.classes, rows=content.rows)
    return catalog.listed(edition, on=on)


@cache
def edition_before(edition: str) -> str:
    """Which edition an edition continues; nothing where no table of correspondence is known."""
    return next((one.key.partition("-")[0] for one in read_successors(read_preset, edition).values()), "")


def list_mapping(edition: str, on: date) -> tuple[str, list[MappingLine]]:
    """版本对照: which edition an edition continues, and class by class how. Empty where no table of it is known."""
    before, successors = edition_before(edition), read_successors(read_preset, edition)
    if not before:
        return "", []
    return before, mapping_of(list_edition_classes(before, on), list_edition_classes(edition, on), successors)


def _load() -> Catalog:
    """Eight statements, however many classes there are."""
    words = list_condition_words()
    majors = {row.pk: _major(row, words["closing"]) for row in models.MajorClass.objects.order_by("id")}
    periods = tuple(
        EditionPeriod(row.edition_id, row.valid_from, row.valid_to)
        for row in models.EditionPeriod.objects.order_by("valid_from")
    )
    return assemble(
        majors=majors.values(),
        classes=(_class(row, majors[row.major_id]) for row in models.MinorClass.objects.order_by("key")),
        rows=_rows(words["closing"]),
        defects=words["defect"],
        periods=periods,
    )


def _rows(closing: Words) -> Iterator[StandardRow]:
    level_limits: dict[str, list[LevelLimit]] = {}
    for own in models.RowLevelLimit.objects.order_by("level", "valid_from"):
        limit = Limit(own.value, Unit(own.unit), own.calendar)
        level_limits.setdefault(own.row_id, []).append(LevelLimit(own.level, limit, own.valid_from, own.valid_to))
    for row in models.StandardRow.objects.order_by("minor_class_id", "seq"):
        yield StandardRow(
            key=row.key,
            class_key=row.minor_class_id,
            condition_zh=row.condition_zh,
            condition_en=row.condition_en,
            limit=Limit(row.limit_value, Unit(row.limit_unit), row.calendar),
            closing=tuple(closing[code] for code in row.closing),
            defect_codes=tuple(row.defects),
            level_limits=tuple(level_limits.get(row.key, ())),
            local=row.local,
            confidence=row.confidence,
            season=row.season,
            derived_from=row.derived_from,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


def _major(row: models.MajorClass, closing: Words) -> MajorEntry:
    return MajorEntry(
        edition=row.edition_id,
        kind=row.kind,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        default_limit=Limit(row.default_value, Unit(row.default_unit), row.default_calendar),
        default_closing=tuple(closing[code] for code in row.default_closing),
        local=row.local,
    )


def _class(row: models.MinorClass, major: MajorEntry) -> ClassEntry:
    return ClassEntry(
        key=row.key,
        edition=major.edition,
        kind=major.kind,
        code=major.code + row.code,
        name=row.name,
        name_en=row.name_en,
        major_code=major.code,
        major_name=major.name,
        major_name_en=major.name_en,
        local=row.local,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


_HELD: Final = Held(REGISTER, _load)
