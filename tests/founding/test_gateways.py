"""A folder whose files come in the forms that an office has."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from gezhi.founding.gateways import read_contents
from gezhi.kernel.contents import Layer, Sheet
from gezhi.kernel.problems import Problem
from tests.founding.folders import checked, clean


def excel_of(*names: str) -> dict[str, bytes]:
    """The clean folder with these tables as Excel, whole numbers as numbers."""
    files = dict(clean())
    for name in names:
        book, file = Workbook(), io.BytesIO()
        for row in csv.reader(io.StringIO(files.pop(name).decode())):
            book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
        book.save(file)
        files[name.replace(".csv", ".xlsx")] = file.getvalue()
    return files


def test_a_table_may_come_as_excel_and_the_city_is_the_same() -> None:
    found = checked(excel_of("duties.csv", "people.csv"))
    assert found.report.totals == {"cell.padded": 1}
    ours = checked(clean()).city
    assert ours is not None
    assert found.city is not None
    assert (found.city.duties, found.city.people) == (ours.duties, ours.people)


def test_findings_name_the_file_of_excel_and_its_rows() -> None:
    files = excel_of("people.csv")
    book, file = Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(clean()["people.csv"].decode().replace(",acceptor,", ",nobody,"))):
        book.active.append(row)
    book.active.insert_rows(2, 3)
    book.save(file)
    report = checked(files | {"people.xlsx": file.getvalue()}).report
    (one,) = [one for one in report.findings if one.code == "reference.missing"]
    assert (one.file, one.row, one.column, one.value) == ("people.xlsx", 6, "posts", "nobody")


def test_a_table_in_two_forms_is_told() -> None:
    files = excel_of("people.csv") | {"people.csv": clean()["people.csv"]}
    report = checked(files).report
    assert [(one.code, one.file, one.value) for one in report.findings] == [("file.twice", "people.xlsx", "people.csv")]


def test_a_file_of_excel_that_is_none_is_told_and_its_rows_are_not_missed_elsewhere() -> None:
    files = {**clean(), "people.XLSX": b"PK\x03\x04"}
    del files["people.csv"]
    (one,) = checked(files).report.findings
    assert (one.code, one.file) == ("file.unreadable", "people.xlsx")
    assert one.says["zh"].startswith("无法读取这个文件")


@pytest.mark.parametrize("name", ["ground/grids.shp", "ground/grids.zip", "ground/outlines.gpkg", "posts.xls"])
def test_a_file_that_cannot_be_read_is_in_the_folder_as_the_reason(name: str) -> None:
    assert isinstance(read_contents({name: b""})[name], Problem)


def test_what_lies_beside_a_shapefile_is_no_file_of_its_own() -> None:
    from tests.plumbing.reading.drawn import drawn
    from tests.plumbing.reading.test_read_layers import BOXES, COLUMNS

    parts = drawn(BOXES, COLUMNS, encoding="GBK")
    files = {f"ground/grids{suffix.upper()}": part for suffix, part in parts.items()}
    read = read_contents({**files, "ground/grids.sbn": b"x", "ground/grids.shp.xml": b"x", **excel_of("posts.csv")})
    assert isinstance(read["ground/grids.shp"], Layer)
    assert isinstance(read["posts.xlsx"], Sheet)
    assert [name for name in read if name.startswith("ground/grids.")] == ["ground/grids.shp", "ground/grids.geojson"]
