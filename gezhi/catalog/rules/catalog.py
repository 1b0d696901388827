"""目录: the whole catalogue as a process holds it: editions, classes, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.default_row import default_row_of
from gezhi.catalog.rules.editions import EditionPeriod, UnknownEdition, edition_on
from gezhi.catalog.rules.search import search
from gezhi.catalog.rules.standard_row import ConditionWord, StandardRow, in_force
from gezhi.kernel.problems import Problem


class UnknownClass(Problem):
    code = "catalog.catalog.unknown-class"
    status = 422
    title = "目录中没有类别“{key}”，请重新选择。"
    title_en = "The catalogue has no class '{key}': choose another."


class UnknownRow(Problem):
    code = "catalog.catalog.unknown-row"
    status = 422
    title = "立案结案标准中没有“{key}”这一行，请重新选择。"
    title_en = "The filing-and-closing standard has no row '{key}': choose another."


class RowOfAnotherClass(Problem):
    code = "catalog.catalog.row-of-another-class"
    status = 422
    title = "标准行“{row}”不属于类别“{key}”（版本、类型或代码不同），请选择该类别自己的标准行。"
    title_en = (
        "Row '{row}' does not belong to class '{key}' (another edition, kind or code): choose a row of that class."
    )


class Catalog(msgspec.Struct, frozen=True):
    """All editions side by side. Build it with `assemble`."""

    classes: Mapping[str, ClassEntry]
    majors: tuple[MajorEntry, ...]
    rows: Mapping[str, StandardRow]
    rows_by_class: Mapping[str, tuple[StandardRow, ...]]
    defects: Mapping[str, ConditionWord]
    periods: tuple[EditionPeriod, ...]

    def class_of(self, key: str) -> ClassEntry:
        """The class of this key, ended ones too (old codes stay), or `UnknownClass`."""
        try:
            return self.classes[key]
        except KeyError:
            raise UnknownClass(key=key, field="class_key") from None

    def rows_of(self, key: str, on: date | None = None) -> tuple[StandardRow, ...]:
        """The rows of a class in force on a day; a class without any has its default row (缺省行)."""
        rows = self.rows_by_class.get(self.class_of(key).key, ())
        own = tuple(row for row in rows if not row.is_gap_default and in_force(row, on))
        return own or rows[:1]

    def row(self, row_key: str) -> StandardRow:
        """The row of this key, ended ones too, or `UnknownRow`."""
        try:
            return self.rows[row_key]
        except KeyError:
            raise UnknownRow(key=row_key, field="row_key") from None

    def row_for(self, class_key: str, row_key: str) -> StandardRow:
        """The row, if it is one of this very class; a row of another edition is refused."""
        row = self.row(row_key)
        if row.class_key != class_key:
            raise RowOfAnotherClass(row=row_key, key=class_key, field="row_key")
        return row

    def edition_on(self, day: date) -> str:
        """The edition in force on a day, or `NoEditionInForce`."""
        return edition_on(self.periods, day)

    def offers(self, entry: ClassEntry, on: date) -> bool:
        """Whether a report of this day may name the class."""
        return entry.is_offered(on) and any(one.edition == entry.edition and in_force(one, on) for one in self.periods)

    def listed(self, edition: str, kind: str | None = None, on: date | None = None) -> list[ClassEntry]:
        """The classes of an edition that are offered on a day, by code, parts before matters; `UnknownEdition`."""
        if all(major.edition != edition for major in self.majors):
            raise UnknownEdition(edition=edition, field="edition")
        offered = (entry for entry in self.classes.values() if entry.edition == edition and entry.is_offered(on))
        ordered = sorted(offered, key=lambda entry: (entry.kind != "part", entry.code))
        return [entry for entry in ordered if kind is None or entry.kind == kind]

    def search(self, text: str, *, edition: str, kind: str | None = None, on: date | None = None) -> list[ClassEntry]:
        """Offered classes of an edition that a text means by code or name, best first; all for an empty text."""
        return search(self.listed(edition, kind, on), text)

    def gaps(self, edition: str, on: date | None = None) -> list[ClassEntry]:
        """标准缺口: visible classes of an edition that only have their default row."""
        return [entry for entry in self.listed(edition, on=on) if self.rows_of(entry.key, on)[0].is_gap_default]


def assemble(
    *,
    majors: Iterable[MajorEntry],
    classes: Iterable[ClassEntry],
    rows: Iterable[StandardRow],
    defects: Mapping[str, ConditionWord] | None = None,
    periods: tuple[EditionPeriod, ...] = (),
) -> Catalog:
    """The catalogue of these entries; each class gets its default row, first in `rows_by_class`."""
    all_majors, by_key = tuple(majors), {entry.key: entry for entry in classes}
    major_of = {(major.edition, major.kind, major.code): major for major in all_majors}
    by_class: dict[str, list[StandardRow]] = {
        key: [default_row_of(entry, major_of[entry.edition, entry.kind, entry.major_code])]
        for key, entry in by_key.items()
    }
    for row in rows:
        by_class[row.class_key].append(row)
    return Catalog(
        classes=by_key,
        majors=all_majors,
        rows={row.key: row for group in by_class.values() for row in group},
        rows_by_class={key: tuple(group) for key, group in by_class.items()},
        defects=defects or {},
        periods=periods,
    )
