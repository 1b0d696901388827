"""The city folder of Yiwu, clean as it lies here, and the same with one thing changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from gezhi.founding.gateways import read_contents
from gezhi.founding.queries import read_shipped
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.planned_kinds import PLANNED
from gezhi.founding.rules.check_folder import Checked, check_folder
from gezhi.founding.rules.city import CityToFound
from gezhi.founding.rules.findings import Finding

YIWU = Path(__file__).parent / "yiwu"
TODAY = date(2026, 12, 1)


class Fault(NamedTuple):
    """In this file the first of these words is replaced; that finding comes of it, and no other but those `beside` it.
    An `old` of "" replaces the whole file, a `new` of None takes it away.
    """

    code: str
    file: str
    old: str
    new: str | None
    row: int | None
    column: str = ""
    value: str = ""
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code}, {self.file}"


@cache
def clean() -> dict[str, bytes]:
    return {path.relative_to(YIWU).as_posix(): path.read_bytes() for path in YIWU.rglob("*") if path.is_file()}


def checked(files: dict[str, bytes]) -> Checked:
    return check_folder(read_contents(files), read_shipped(), today=TODAY)


def city(**changes: object) -> CityToFound:
    """The city of the clean folder, with some of it replaced."""
    found = checked(clean()).city
    assert found is not None
    return msgspec.structs.replace(found, **changes)


def told_rows() -> dict[str, Sequence[Row]]:
    """What the clean folder says of each kind that can be applied again."""
    rows = checked(clean()).rows
    return {name: rows[kind.file] for name, kind in PLANNED.items() if kind.file in rows}


def spoilt(file: str, old: str, new: str | None, among: dict[str, bytes] | None = None) -> dict[str, bytes]:
    files = dict(among or clean())
    if new is None:
        del files[file]
        return files
    text = files.get(file, b"").decode()
    assert old in text, f"{old!r} does not stand in {file}"
    files[file] = (text.replace(old, new, 1) if old else new).encode()
    return files


def findings_of(fault: Fault) -> Sequence[Finding]:
    return checked(spoilt(fault.file, fault.old, fault.new)).report.findings


def is_told(fault: Fault) -> bool:
    """The planted finding with its very place, in both languages, with a cure, and nothing that was not planted."""
    findings = findings_of(fault)
    found = [one for one in findings if one.code == fault.code]
    assert [(one.file, one.row, one.column, one.value) for one in found] == [
        (fault.file, fault.row, fault.column, fault.value)
    ], [msg for one in findings for msg in (one.code, one.file, one.row, one.column, one.value)]
    assert {one.code for one in findings} == {fault.code, *fault.beside}
    return all(told["zh"] and told["en"] for told in (found[0].says, found[0].cure))
