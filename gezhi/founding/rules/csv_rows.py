"""表格行: the rows of a CSV text with the numbers that a text editor shows them at.

The header is 1; blank rows and line breaks inside quotes count, so that a finding leads to the very line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gezhi.kernel.problems import Problem


class Unreadable(Problem):
    code = "founding.csv-rows.unreadable"
    status = 422
    title = "第 {row} 行读不下去（{reason}）。"
    title_en = "Row {row} cannot be read ({reason})."


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, its cells without outer blanks; `Unreadable` where quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(row=number, reason=str(error)) from error
        if any(cells):
            yield number, cells
