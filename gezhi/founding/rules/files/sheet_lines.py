"""Excel 表: the cells of a sheet as lines of text, numbered as the sheet numbers them.

What is written in merged cells holds for each of them. Numbers have lost their leading zeros; a code gets them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Sheet

Line = tuple[int, list[str]]
Digits = Mapping[str, tuple[int, ...]]
"""How many digits the codes of a column may have."""


def lines_of(sheet: Sheet, file: str, digits: Digits, findings: Findings) -> Iterator[Line]:
    """Every row that is not blank; the first is the header."""
    header: list[str] | None = None
    for number, cells in enumerate(_carried(sheet), 1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if header is None:
            header = texts
        for at, column in enumerate(header[: len(cells)]):
            whole = _padded(texts[at], digits.get(column, ())) if isinstance(cells[at], int) else texts[at]
            if whole != texts[at]:
                findings.add("cell.padded", file, row=number, column=column, value=texts[at], whole=whole)
                texts[at] = whole
        yield number, texts


def _carried(sheet: Sheet) -> list[list[Any]]:
    """合并单元格: the value of the first cell in each of the others."""
    rows = [list(row) for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        for row in rows[top : bottom + 1]:
            for at in range(left, min(right + 1, len(row))):
                row[at] = rows[top][left]
    return rows


def _padded(text: str, lengths: tuple[int, ...]) -> str:
    return text.zfill(min((one for one in lengths if one >= len(text)), default=0))


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case _:
            return str(cell).strip()
