"""预置目录: reads an edition from CSV tables, the shipped ones or a city's own of the same columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Final

import msgspec

from gezhi.calendars.rules.limits import limit_of
from gezhi.catalog.rules.class_key import ClassKey, ClassKind, row_key
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.derive_rows import derive_rows
from gezhi.catalog.rules.editions import EditionHead
from gezhi.catalog.rules.mapping import Successor
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow

Reader = Callable[[str], str]
"""Gives the text of a table by its file name."""

DEFECT_SUFFIX: Final = "异常"
ROWS_EDITION: Final = "2013"
"""The edition whose numbers the shipped standard rows carry."""


class EditionContent(msgspec.Struct, frozen=True):
    """All that installing an edition stores."""

    code: str
    standard: str
    title: str
    title_en: str
    minor_digits: int
    majors: tuple[MajorEntry, ...]
    classes: tuple[ClassEntry, ...]
    rows: tuple[StandardRow, ...]


def read_words(read: Reader, table: str) -> dict[str, ConditionWord]:
    """The vocabulary of defects or of closing conditions by code."""
    return {line["code"]: ConditionWord(**line) for line in _lines(read(table))}


def list_editions(read: Reader) -> list[EditionHead]:
    """The editions that there are, the oldest first."""
    return [
        EditionHead(line["edition"], line["standard"], line["title"], line["title_en"], int(line["minor_digits"]))
        for line in _lines(read("editions.csv"))
    ]


def read_edition(read: Reader, edition: str, *, calendar: str) -> EditionContent:
    """An edition with its classes and its standard rows, which the 2026 edition derives from those of 2013."""
    head = next(one for one in list_editions(read) if one.code == edition)
    closing = read_words(read, "closing_conditions.csv")
    majors = tuple(_major(line, closing, calendar) for line in _of_edition(read("majors.csv"), edition))
    names = {(major.kind, major.code): major for major in majors}
    english = {line["name"]: line["name_en"] for line in _lines(read("class_names_en.csv"))}
    return EditionContent(
        code=edition,
        standard=head.standard,
        title=head.title,
        title_en=head.title_en,
        minor_digits=head.minor_digits,
        majors=majors,
        classes=tuple(
            _class(line, names[line["kind"], line["code"][:2]], english)
            for line in _of_edition(read("classes.csv"), edition)
        ),
        rows=tuple(_rows(read, edition, closing, calendar)),
    )


def read_successors(read: Reader, edition: str) -> dict[str, Successor]:
    """版本对照: the class of the edition before that each class of an edition continues."""
    return {
        str(ClassKey(line["edition"], ClassKind(line["kind"]), line["code"])): Successor(
            str(ClassKey(line["from_edition"], ClassKind(line["from_kind"]), line["from_code"])),
            by_number=line["basis"] == "number",
        )
        for line in _of_edition(read("successors.csv"), edition)
    }


def english_of(name: str, english: dict[str, str]) -> str:
    """The English of a class name; a part's defect (路灯异常) takes the part's name. Empty where there is none."""
    if name in english or not name.endswith(DEFECT_SUFFIX):
        return english.get(name, "")
    part = english.get(name.removesuffix(DEFECT_SUFFIX), "")
    return f"{part} defect" if part else ""


def _rows(read: Reader, edition: str, closing: dict[str, ConditionWord], calendar: str) -> Iterable[StandardRow]:
    """The shipped rows of an edition; 2007 has none."""
    shipped = [_row(line, closing, calendar) for line in _lines(read(f"rows_{ROWS_EDITION}.csv"))]
    if edition == ROWS_EDITION:
        return shipped
    successors = {new: before.key for new, before in read_successors(read, edition).items()}
    return derive_rows(shipped, successors)


def _major(line: dict[str, str], closing: dict[str, ConditionWord], calendar: str) -> MajorEntry:
    return MajorEntry(
        edition=line["edition"],
        kind=line["kind"],
        code=line["code"],
        name=line["name"],
        name_en=line["name_en"],
        default_limit=limit_of(int(line["default_value"]), line["default_unit"], calendar=calendar),
        default_closing=tuple(closing[code] for code in line["default_closing"].split()),
    )


def _class(line: dict[str, str], major: MajorEntry, english: dict[str, str]) -> ClassEntry:
    return ClassEntry(
        key=str(ClassKey(line["edition"], ClassKind(line["kind"]), line["code"])),
        edition=line["edition"],
        kind=line["kind"],
        code=line["code"],
        name=line["name"],
        name_en=english_of(line["name"], english),
        major_code=major.code,
        major_name=major.name,
        major_name_en=major.name_en,
        confidence=line["confidence"],
    )


def _row(line: dict[str, str], closing: dict[str, ConditionWord], calendar: str) -> StandardRow:
    class_key = str(ClassKey(ROWS_EDITION, ClassKind(line["kind"]), line["code"]))
    return StandardRow(
        key=row_key(class_key, int(line["seq"])),
        class_key=class_key,
        condition_zh=line["condition_zh"],
        condition_en=line["condition_en"],
        limit=limit_of(int(line["value"]), line["unit"], calendar=calendar),
        closing=tuple(closing[code] for code in line["closing"].split()),
        defect_codes=tuple(line["defects"].split()),
        confidence=line["confidence"],
        season=line["season"],
    )


def _of_edition(text: str, edition: str) -> list[dict[str, str]]:
    return [line for line in _lines(text) if line["edition"] == edition]


def _lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))
