"""建库检查: a whole city folder, read and checked before anything is entered; the city only if nothing is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from gezhi.founding.rules import tables
from gezhi.founding.rules.assemble import assemble
from gezhi.founding.rules.cells import Row, read_lines, read_table
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Stands, begun_rows
from gezhi.founding.rules.city import CityToFound
from gezhi.founding.rules.decoding import decode
from gezhi.founding.rules.duties import check_classes, check_covered, check_limits, check_superseded, selectors_of
from gezhi.founding.rules.files.folder_files import Contents, Files, find_form, forms_of
from gezhi.founding.rules.files.sheet_lines import Digits, lines_of
from gezhi.founding.rules.findings import Findings, Report
from gezhi.founding.rules.grids import Lying
from gezhi.founding.rules.ground import GENERATE, GRIDS, OUTLINES, Ground, read_ground
from gezhi.founding.rules.holidays import check_hours
from gezhi.founding.rules.registers import (
    TABLE_OF,
    Rows,
    check_divisions,
    check_references,
    check_spans,
    check_tree,
    lying_of,
)
from gezhi.founding.rules.settings import APPROVALS, CALENDARS, CITY, POLICY, CitySettings, Settings, read_settings
from gezhi.founding.rules.shipped import Shipped
from gezhi.founding.rules.staffing import check_people, check_units
from gezhi.founding.rules.tables import TABLES
from gezhi.kernel.contents import Sheet

OTHER_FILES = (CITY, POLICY, APPROVALS, CALENDARS, OUTLINES, GRIDS, GENERATE)
MAJOR_DIGITS = 2
NOTES = (".md", ".txt")
"""A folder may hold what its keepers write for each other."""


class Checked(msgspec.Struct, frozen=True):
    """`rows`: those of each table that could be read."""

    report: Report
    city: CityToFound | None
    rows: Rows
    complete: tuple[str, ...] = ()


def check_folder(files: Files, shipped: Shipped, *, today: date, stands: Stands | None = None) -> Checked:
    """`files`: the content of the folder by name, those of `ground/` with that before it. `stands`: the city is founded
    already, and this is what the folder finds.
    """
    findings = Findings()
    contents = _contents(files, findings)
    texts = _texts(contents, findings)
    settings = read_settings(texts, shipped.reasons, findings)
    rows = _tables(contents, texts, _digits(settings.city, shipped), findings)
    city = settings.city
    if city is None:
        return Checked(findings.report(), None, rows)
    if stands is not None:
        rows = _begun(rows, stands, city)
    ground, lying = _check_registers(contents, texts, rows, settings, shipped, findings, stands.known if stands else {})
    _check_city(city, rows, lying, shipped, findings)
    if stands is None:
        _check_staff(rows, city.effective, findings)
    if stands is None and city.effective > today:
        findings.add("effective.later", CITY, column="effective", value=city.effective)
    report = findings.report()
    if report.errors or ground is None or lying is None:
        return Checked(report, None, rows, city.complete)
    return Checked(report, assemble(settings, rows, ground, lying, shipped), rows, city.complete)


def _begun(rows: dict[str, list[Row]], stands: Stands, city: CitySettings) -> dict[str, list[Row]]:
    edition = city.editions[0].code if city.editions else ""
    begun = {
        kind.file: begun_rows(kind, rows[kind.file], edition, stands.days[name])
        for name, kind in PLANNED.items()
        if kind.file in rows and name in stands.days
    }
    return {**rows, **begun}


def _texts(contents: Contents, findings: Findings) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, content in contents.items():
        if isinstance(content, bytes):
            text = decode(content)
            if text is None:
                findings.add("file.encoding", name)
            else:
                texts[name] = text
    return texts


def _contents(files: Files, findings: Findings) -> Contents:
    tables_there = [table.file for table in TABLES]
    known = {form for name in (*tables_there, *OTHER_FILES) for form in forms_of(name)}
    for name in files:
        if name not in known and not name.endswith(NOTES):
            findings.add("file.unknown", name)
    contents = {name: find_form(name, files, findings) for name in (*OTHER_FILES, *tables_there)}
    for name in [CITY, *(table.file for table in TABLES if table.needed)]:
        if contents[name] is None:
            findings.add("file.missing", name)
    return contents


def _tables(contents: Contents, texts: Mapping[str, str], digits: Digits, findings: Findings) -> dict[str, list[Row]]:
    """The rows of every table that can be read."""
    rows: dict[str, list[Row] | None] = {}
    for table in TABLES:
        content = contents[table.file]
        if isinstance(content, Sheet):
            rows[table.file] = read_lines(table, lines_of(content, table.file, digits, findings), findings)
        elif table.file in texts:
            rows[table.file] = read_table(table, texts[table.file], findings)
    return {file: one for file, one in rows.items() if one is not None}


def _digits(city: CitySettings | None, shipped: Shipped) -> Digits:
    """类别代码位数: of major classes and of those of the first edition."""
    editions = [shipped.editions.get(one.code) for one in city.editions] if city else []
    minor = editions[0].minor_digits if editions and editions[0] else 0
    return {"classes": (MAJOR_DIGITS, MAJOR_DIGITS + minor)}


def _check_registers(
    contents: Contents,
    texts: Mapping[str, str],
    rows: Rows,
    settings: Settings,
    shipped: Shipped,
    findings: Findings,
    standing: Mapping[str, set[str]],
) -> tuple[Ground | None, Lying | None]:
    """What is wrong between tables; the ground only where the divisions can be told."""
    city = settings.city
    if city is None:
        return None, None
    check_spans(rows, city.effective, findings)
    check_hours(rows.get(tables.HOLIDAYS, ()), findings)
    check_tree(TABLE_OF[tables.ORGANISATIONS], "parent", rows.get(tables.ORGANISATIONS, ()), findings)
    ground, lying = None, None
    divisions = rows.get(tables.DIVISIONS)
    if divisions is not None and check_tree(TABLE_OF[tables.DIVISIONS], "within", divisions, findings):
        lying = lying_of(city.code, divisions)
        check_divisions(city.code, divisions, lying, findings)
        ground = read_ground(contents, texts, city, lying, findings)
    keyed = {file: held for file, held in rows.items() if TABLE_OF[file].key}
    known = {
        file: {row[TABLE_OF[file].key[0]] for row in held} | standing.get(file, set()) for file, held in keyed.items()
    }
    known[tables.CALENDARS] = {one.name for one in settings.calendars} | set(shipped.calendars)
    if lying is not None and ground is not None:
        known[tables.PLACES] = {*lying.within, *ground.grids}
    check_references(rows, known, findings)
    _check_policy(settings, known, findings)
    return ground, lying


def _check_policy(settings: Settings, known: Mapping[str, set[str]], findings: Findings) -> None:
    policy, calendars = settings.policy, known[tables.CALENDARS]
    named = {f"stage_limits.{kind}": limit.calendar for kind, limit in policy.stage_limits.items()}
    for place, name in {**named, "handling_calendar": policy.handling_calendar}.items():
        if name not in calendars:
            findings.add("reference.missing", POLICY, column=place, value=name, target=CALENDARS)
    bodies = known.get(tables.ORGANISATIONS)
    if settings.owner_office and bodies is not None and settings.owner_office not in bodies:
        target = tables.ORGANISATIONS
        findings.add("reference.missing", POLICY, column="owner_office", value=settings.owner_office, target=target)


def _check_city(city: CitySettings, rows: Rows, lying: Lying | None, shipped: Shipped, findings: Findings) -> None:
    """What a city lacks: editions, duties."""
    unknown = [one.code for one in city.editions if one.code not in shipped.editions]
    for code in unknown:
        known = "、".join(shipped.editions)
        findings.add("cell.unknown-word", CITY, column="editions", value=code, known=known)
    if not city.editions:
        findings.add("setting.missing", CITY, column="editions")
    ending = [name for name, kind in PLANNED.items() if kind.ends and kind.table in TABLES]
    for name in city.complete:
        if name not in ending:
            findings.add("complete.unknown", CITY, column="complete", value=name, known="、".join(ending))
    if unknown or not city.editions:
        return
    editions = {one.code: shipped.editions[one.code] for one in city.editions}
    first = city.editions[0].code
    check_classes(rows, selectors_of(editions), first, city.effective, findings)
    check_superseded(rows, first, city.effective, findings)
    check_limits(rows, editions, findings)
    if lying is not None and tables.DUTIES in rows and tables.ORGANISATIONS in rows:
        check_covered(rows, editions[first], lying, first=first, on=city.effective, findings=findings)


def _check_staff(rows: Rows, effective: date, findings: Findings) -> None:
    staffed = tables.POSTS in rows and tables.PEOPLE in rows
    if staffed:
        check_people(rows, effective, findings)
    if staffed and tables.ORGANISATIONS in rows:
        check_units(rows, effective, findings)
