"""Reads the lines of a file that somebody sent: Excel or CSV, every cell as text, with the numbers an editor shows."""

from __future__ import annotations

from gezhi.founding.rules.csv_rows import rows_of
from gezhi.founding.rules.decoding import decode
from gezhi.founding.rules.files.sheet_lines import Line, lines_of
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_storable
from gezhi.plumbing.reading.read_sheets import COMPOUND, ZIPPED, Unreadable, read_excel


class NotText(Problem):
    code = "imports.lines.not-text"
    status = 422
    title = "文件既不是 Excel（.xlsx、.xls），也不是 UTF-8 或 GB18030 编码的 CSV；请另存为其中一种后重新上传。"
    title_en = "The file is neither Excel (.xlsx, .xls) nor CSV in UTF-8 or GB18030; save it as one of these."


class NoLines(Problem):
    code = "imports.lines.none"
    status = 422
    title = "文件中没有内容。"
    title_en = "The file holds nothing."


def read_lines(content: bytes) -> list[Line]:
    """The lines that are not blank."""
    lines = _of_sheet(content) if content.startswith((ZIPPED, COMPOUND)) else _of_csv(content)
    if not lines:
        raise NoLines(field="file")
    return lines


def _of_csv(content: bytes) -> list[Line]:
    text = decode(content)
    if text is None:
        raise NotText(field="file")
    return list(rows_of(text))


def _of_sheet(content: bytes) -> list[Line]:
    lines = list(lines_of(read_excel(content), "", {}, Findings()))
    if not all(is_storable(cell) for _, cells in lines for cell in cells):
        raise Unreadable(field="file")
    return lines
