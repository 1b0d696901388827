"""立案结案规范表: rows as an office writes them, in the words of the catalogue; what does not fit it is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count, pairwise
from typing import Any, Final

from gezhi.calendars.rules.limit_text import LimitFault, limit_of_text, text_of_limit
from gezhi.calendars.rules.limits import Limit
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, MAJOR_DIGITS, ClassKey, ClassKind
from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.standard_row import LevelLimit, StandardRow, plain
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.standard.condition_words import STOP, Vocabulary, parts_of
from gezhi.kernel.searching import fold

LEVEL_COLUMNS: Final = {"A": "limit_a", "B": "limit_b", "C": "limit_c"}
LIMIT_COLUMNS: Final = ("limit", *LEVEL_COLUMNS.values())
WORD_COLUMNS: Final = ("closing", "defects")


def read_standard_rows(rows: Sequence[Row], vocabulary: Vocabulary, *, on: date, findings: Findings) -> list[Row]:
    """The rows with class, limits and conditions as the register writes them. A faulty cell stays as it is."""
    reader = _Reader(vocabulary, on, findings)
    return [reader.read(row) for row in rows]


def values_of(row: StandardRow, catalog: Catalog) -> dict[str, Any]:
    """A row of the register as one of the table."""
    entry = catalog.classes[row.class_key]
    limits = {each.level: text_of_limit(each.limit) for each in row.level_limits if each.valid_to is None}
    return {
        "edition": entry.edition,
        "kind": entry.kind,
        "code": entry.code,
        "name": entry.name,
        "condition": row.condition_zh,
        "condition_en": row.condition_en,
        "defects": STOP.join(catalog.defects[code].zh for code in row.defect_codes),
        "limit": text_of_limit(row.limit),
        **{column: limits.get(level, "") for level, column in LEVEL_COLUMNS.items()},
        "closing": STOP.join(word.zh for word in row.closing),
        "season": row.season,
        "calendar": row.limit.calendar,
        "from": row.valid_from,
        "to": row.valid_to,
    }


def same_of(rows: Iterable[StandardRow]) -> dict[str, str]:
    """Of the rows of a class, by key, which of several with one condition each is at its time."""
    found: dict[str, str] = {}
    before: list[tuple[StandardRow, int]] = []
    for row in rows:
        beside = {number for one, number in before if _is_same(one, row)}
        number = next(number for number in count(1) if number not in beside)
        before.append((row, number))
        found[row.key] = "" if number == 1 else str(number)
    return found


def _is_same(one: StandardRow, other: StandardRow) -> bool:
    meet = max(one.valid_from, other.valid_from) <= min(one.valid_to or date.max, other.valid_to or date.max)
    return meet and (plain(one.condition_zh), one.season) == (plain(other.condition_zh), other.season)


def standard_row_of(row: Row, vocabulary: Vocabulary, *, begins: date) -> StandardRow:
    """A row of the table without faults as one of the register."""
    limits = {name: limit_of_text(row[name], calendar=row["calendar"]) for name in LIMIT_COLUMNS if row[name]}
    own = {name: limit for name, limit in limits.items() if isinstance(limit, Limit)}
    closing, defects = (
        tuple(named[plain(text)] for text in row[column].split(STOP) if text)
        for column, named in ((column, vocabulary.words_of(column)) for column in WORD_COLUMNS)
    )
    return StandardRow(
        key="",
        class_key=str(ClassKey(row["edition"], ClassKind(row["kind"]), row["code"])),
        condition_zh=row["condition"],
        condition_en=row["condition_en"],
        limit=own["limit"],
        closing=closing,
        defect_codes=tuple(word.code for word in defects),
        level_limits=tuple(
            LevelLimit(level, own[column], begins) for level, column in LEVEL_COLUMNS.items() if column in own
        ),
        local=True,
        season=row["season"],
        valid_from=begins,
        valid_to=row["to"],
    )


class _Reader:
    def __init__(self, vocabulary: Vocabulary, on: date, findings: Findings) -> None:
        self._catalog, self._edition, self._on, self._findings = vocabulary.catalog, vocabulary.edition, on, findings
        self._editions = sorted({one.edition for one in self._catalog.majors})
        self._words = {column: vocabulary.words_of(column) for column in WORD_COLUMNS}
        self._known = {
            column: "、".join(word.zh for word in vocabulary.words[column].values()) for column in WORD_COLUMNS
        }
        self._numbers: dict[tuple[Any, ...], list[int]] = {}

    def read(self, row: Row) -> Row:
        values = {**row.values, "edition": row["edition"] or self._edition}
        entry = self._class_of(row, values)
        for column in WORD_COLUMNS:
            values[column] = self._words_in(row, column)
        limits = {name: self._limit_in(row, name) for name in LIMIT_COLUMNS}
        values |= {name: text_of_limit(limit) for name, limit in limits.items() if limit}
        self._compare_levels(row, limits)
        values["same"] = ""
        if entry is not None:
            values |= {"code": entry.code, "name": entry.name}
            values |= self._of_register(entry, values)
            values["same"] = self._same(row, values, entry)
        return Row(row.number, values, row.begun)

    def _find(self, code: str, row: Row, column: str, value: str, **told: object) -> None:
        self._findings.add(code, tables.STANDARD_ROWS, row=row.number, column=column, value=value, **told)

    def _class_of(self, row: Row, values: Mapping[str, Any]) -> ClassEntry | None:
        edition, kind, written = values["edition"], row["kind"], row["code"]
        if edition not in self._editions:
            self._find("cell.unknown-word", row, "edition", edition, known="、".join(self._editions))
            return None
        if kind not in CLASS_KIND_NAMES or not written:
            return None  # told of its cell already: no class is looked for under it
        code = "".join(fold(written).split())
        entry = self._at(edition, kind, code)
        if entry is None or not entry.name:
            self._tell_unknown(row, edition, code)
            return None
        if code != written:
            self._find("class.read-as", row, "code", written, whole=code)
        begins = row["from"] or self._on
        if not entry.is_offered(begins):
            self._find("class.ended", row, "code", written, name=entry.name, on=begins)
        if row["name"] and plain(row["name"]) not in (plain(entry.name), plain(entry.name_en)):
            self._find("class.other-name", row, "name", row["name"], whole=code, edition=edition, name=entry.name)
        return entry

    def _at(self, edition: str, kind: str, code: str) -> ClassEntry | None:
        return self._catalog.classes.get(f"{edition}-{kind}-{code}")

    def _tell_unknown(self, row: Row, edition: str, code: str) -> None:
        """The likeliest cause alone."""
        kind, written = row["kind"], row["code"]
        zh, en = CLASS_KIND_NAMES[kind]
        told: dict[str, Any] = {"edition": edition, "zh": zh, "en": en}
        padded = "0" + code
        if self._at(edition, kind, padded) is not None:
            self._find("class.lost-zero", row, "code", written, whole=padded)
        elif major := self._major_of(edition, kind, code):
            self._find("class.major-only", row, "code", written, name=major)
        elif other := next((one for one in CLASS_KIND_NAMES if self._at(edition, one, code)), None):
            found, (other_zh, other_en) = self._catalog.classes[f"{edition}-{other}-{code}"], CLASS_KIND_NAMES[other]
            self._find(
                "class.other-kind", row, "code", written, **told, other_zh=other_zh, other_en=other_en, name=found.name
            )
        elif elsewhere := next((each for one in self._editions if (each := self._at(one, kind, code))), None):
            self._find(
                "class.other-edition", row, "code", written, **told, other=elsewhere.edition, name=elsewhere.name
            )
        else:
            self._find("class.not-there", row, "code", written, **told)

    def _major_of(self, edition: str, kind: str, code: str) -> str:
        if len(code) > MAJOR_DIGITS:
            return ""
        majors = ((one.edition, one.kind, one.code, one.name) for one in self._catalog.majors)
        wanted = (edition, kind, code.zfill(MAJOR_DIGITS))
        return next((name for *place, name in majors if tuple(place) == wanted), "")

    def _words_in(self, row: Row, column: str) -> str:
        named, found = self._words[column], []
        for part in parts_of(row[column], named):
            word = named.get(plain(part))
            if word is None:
                self._find("condition.unknown", row, column, part, known=self._known[column])
            elif word.zh in found:
                self._find("cell.repeated", row, column, part)
            else:
                found.append(word.zh)
        return STOP.join(found)

    def _limit_in(self, row: Row, column: str) -> Limit | None:
        if not row[column]:
            return None
        limit = limit_of_text(row[column], calendar=row["calendar"])
        if isinstance(limit, LimitFault):
            self._find(limit, row, column, row[column])
            return None
        return limit

    def _compare_levels(self, row: Row, limits: Mapping[str, Limit | None]) -> None:
        """A 类区域管理最严: of two levels the higher one is not given longer; only of one unit."""
        stated = [(level, column, limits[column]) for level, column in LEVEL_COLUMNS.items() if limits[column]]
        for (level, column, higher), (other, _, lower) in pairwise(stated):
            if higher and lower and higher.unit is lower.unit and higher.value > lower.value:
                told = {"level": level, "other": other, "told": text_of_limit(lower)}
                self._find("limit.levels-reversed", row, column, row[column], **told)

    def _of_register(self, entry: ClassEntry, values: Mapping[str, Any]) -> dict[str, str]:
        """The condition as the class has it already, and by which calendar the class is counted."""
        held = self._catalog.rows_by_class[entry.key]
        same = next((one for one in held if plain(one.condition_zh) == plain(values["condition"])), None)
        condition = same.condition_zh if same and not same.is_gap_default else values["condition"]
        return {"condition": condition, "calendar": values["calendar"] or held[0].limit.calendar}

    def _same(self, row: Row, values: Mapping[str, Any], entry: ClassEntry) -> str:
        """Which of several with one condition it is. A class has no more of them than the register has already."""
        if not values["condition"]:
            return ""
        wanted = plain(values["condition"]), values["season"]
        numbers = self._numbers.setdefault((entry.key, *wanted, row["from"]), [])
        numbers.append(row.number)
        held = (one for one in self._catalog.rows_by_class[entry.key] if one.valid_to is None)
        if len(numbers) > max(1, sum((plain(one.condition_zh), one.season) == wanted for one in held)):
            self._find("condition.same", row, "condition", row["condition"], first=numbers[0])
        return "" if len(numbers) == 1 else str(len(numbers))
