"""城市设置: the TOML files of a city folder, and what is wrong with them by the name of each setting."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from gezhi.calendars.rules.compile_calendar import compile_calendar
from gezhi.calendars.rules.office_days import CalendarDefinition
from gezhi.calendars.rules.preset_text import read_calendar
from gezhi.calendars.rules.public_holidays import LAST_PUBLISHED
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import check_row
from gezhi.founding.rules.files.systems import GroundSystems
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.channels import CHANNELS, check_channels, overlaid
from gezhi.policy.rules.local_policy import STAGE_LIMITS, LocalPolicy
from gezhi.policy.rules.reasons import Reason, check_reasons

CITY, POLICY, APPROVALS, CALENDARS = "city.toml", "policy.toml", "approvals.toml", "calendars.toml"
WEEKDAYS, YEARS_TRIED = 7, 5
_NAMED = re.compile(r"(missing required|unknown) field `(\w+)`")
_AT = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`")

S = TypeVar("S", bound=msgspec.Struct)


class EditionSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    valid_from: date | None = msgspec.field(name="from", default=None)


class CitySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`effective` is the first day of everything that has no day of its own; `source` whence divisions and outlines
    come. Of `complete` kinds a row that the folder has no longer ends.
    """

    code: str
    name: str
    effective: date
    editions: tuple[EditionSetting, ...]
    name_en: str = ""
    source: str = ""
    ground: GroundSystems = GroundSystems()
    complete: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True):
    """What the TOML files say. `owner_office` is a key of organisations.csv."""

    city: CitySettings | None
    policy: LocalPolicy
    owner_office: str
    approvals: tuple[ApprovalRow, ...]
    calendars: tuple[CalendarDefinition, ...]


def read_settings(texts: Mapping[str, str], reasons: Sequence[Reason], findings: Findings) -> Settings:
    """All settings; where something is wrong, a finding says so and the value is what is shipped. `reasons` are the
    shipped lists of reasons.
    """
    documents = {name: _document(name, texts.get(name, ""), findings) for name in (CITY, POLICY, APPROVALS, CALENDARS)}
    city = None
    if (document := documents[CITY]) is not None and CITY in texts:
        city = _convert_each(document, CitySettings, CITY, "", findings)
    document = dict(documents[POLICY] or {})
    owner_office = _convert(document.pop("owner_office", ""), str, POLICY, "owner_office", findings)
    return Settings(
        city=city,
        policy=_policy(document, reasons, findings),
        owner_office=owner_office or "",
        approvals=tuple(_approvals(documents[APPROVALS] or {}, findings)),
        calendars=tuple(_calendars(documents[CALENDARS] or {}, findings)),
    )


def _document(file: str, text: str, findings: Findings) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        findings.add("file.malformed", file, row=int(line[1]) if line else None, value=error)
        return None


def _convert(document: Any, kind: Any, file: str, place: str, findings: Findings) -> Any:
    """The document as this kind; else what is wrong, with the path to it, and nothing."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        text = str(error)
        at = _AT.search(text)
        path = _path(place, at[1] if at else "")
        named = _NAMED.search(text)
        if named:
            code = "setting.missing" if named[1].startswith("missing") else "setting.unknown"
            findings.add(code, file, column=_path(path, named[2]))
        else:
            findings.add("setting.invalid", file, column=path, value=_AT.sub("", text))
        return None


def _path(place: str, within: str) -> str:
    return place + within if not place or within.startswith("[") else f"{place}.{within}".rstrip(".")


def _convert_each(document: Mapping[str, Any], kind: type[S], file: str, place: str, findings: Findings) -> S | None:
    """As `_convert`, but a wrong setting hides no other: it keeps what the kind presets. None where that is nothing."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in sorted(set(document) - set(fields)):
        findings.add("setting.unknown", file, column=_path(place, name))
    for name in sorted({field.encode_name for field in fields.values() if field.required} - set(document)):
        findings.add("setting.missing", file, column=_path(place, name))
    told = {
        field.name: _convert(document[name], field.type, file, _path(place, name), findings)
        for name, field in fields.items()
        if name in document
    }
    values = {name: value for name, value in told.items() if value is not None}
    return kind(**values) if all(field.name in values for field in fields.values() if field.required) else None


def _refused(problem: Problem, file: str, column: str, findings: Findings) -> None:
    findings.add("setting.refused", file, column=column, zh=problem.text("zh"), en=problem.text("en"))


def _policy(document: dict[str, Any], reasons: Sequence[Reason], findings: Findings) -> LocalPolicy:
    """地方规定: what is left out keeps the shipped value; channels stand beside the shipped ones."""
    policy = _convert_each(document, LocalPolicy, POLICY, "", findings) or LocalPolicy()
    policy = msgspec.structs.replace(
        policy, stage_limits=STAGE_LIMITS | policy.stage_limits, channels=overlaid(CHANNELS, policy.channels)
    )
    try:
        check_channels(policy.channels)
        check_reasons(reasons, policy.reasons)
    except Problem as problem:
        _refused(problem, POLICY, problem.field or "", findings)
    return policy


def _approvals(document: dict[str, Any], findings: Findings) -> list[ApprovalRow]:
    for name in sorted(set(document) - {"approvals"}):
        findings.add("setting.unknown", APPROVALS, column=name)
    rows: list[ApprovalRow] = []
    listed = _convert(document.get("approvals", []), list[dict[str, Any]], APPROVALS, "approvals", findings)
    for number, one in enumerate(listed or (), 1):
        place = f"approvals[{number}]"
        row = _convert_each(one, ApprovalRow, APPROVALS, place, findings)
        if row is None:
            continue
        try:
            rows.append(check_row(row))
        except Problem as problem:
            _refused(problem, APPROVALS, place, findings)
    return rows


def _calendars(document: dict[str, Any], findings: Findings) -> list[CalendarDefinition]:
    calendars: list[CalendarDefinition] = []
    for name, table in document.items():
        try:
            calendar = read_calendar(name, table)
            compile_calendar(calendar, first_year=LAST_PUBLISHED.year, last_year=LAST_PUBLISHED.year + YEARS_TRIED)
        except Problem as problem:
            _refused(problem, CALENDARS, name, findings)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            findings.add("setting.invalid", CALENDARS, column=name, value=error)
        else:
            if any(len(one.weekdays) != WEEKDAYS for one in calendar.timetables):
                findings.add("setting.invalid", CALENDARS, column=f"{name}.weekdays", value="≠ 7")
            calendars.append(calendar)
    return calendars
