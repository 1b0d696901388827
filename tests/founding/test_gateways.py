"""A folder whose files come in the forms that an office has."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from openpyxl import Workbook  # type: ignore[import-untyped]
from pyproj import Transformer

from gezhi.founding.gateways import read_contents
from gezhi.founding.rules.check_folder import Checked
from gezhi.founding.rules.ground import GRIDS
from gezhi.kernel.contents import Layer, Sheet
from gezhi.kernel.coordinates import wgs84_to_gcj02
from gezhi.kernel.places import metres_between
from gezhi.kernel.problems import Problem
from tests.founding.folders import checked, clean
from tests.plumbing.reading.drawn import drawn, zipped

HOME = "330782001001"


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
    parts = drawn(SHAPES, {"code": CODES}, encoding="GBK")
    files = {f"ground/grids{suffix.upper()}": part for suffix, part in parts.items()}
    read = read_contents({**files, "ground/grids.sbn": b"x", "ground/grids.shp.xml": b"x", **excel_of("posts.csv")})
    assert isinstance(read["ground/grids.shp"], Layer)
    assert isinstance(read["posts.xlsx"], Sheet)
    assert [name for name in read if name.startswith("ground/grids.")] == ["ground/grids.shp", "ground/grids.geojson"]


GROUND = json.loads(clean()[GRIDS])
CODES = [one["properties"]["code"] for one in GROUND["features"]]
SHAPES = [shapely.from_geojson(json.dumps(one["geometry"])) for one in GROUND["features"]]


def ground(system: str, shapes: list[shapely.Geometry] = SHAPES, *, state: str = "", suffix: str = ".zip") -> Checked:
    """The folder with its grids in a file of a map program; `state`: what city.toml says of them."""
    options: dict[str, Any] = {"crs": system} if suffix == ".gpkg" else {"crs": system, "encoding": "GBK"}
    parts = drawn(
        shapes, {"BGCode": CODES, "备注": ["城区"] * len(CODES)}, suffix=suffix.replace("zip", "shp"), **options
    )
    files = {name: content for name, content in clean().items() if name != GRIDS}
    files["ground/grids" + suffix] = zipped(parts, "数据/单元网格") if suffix == ".zip" else parts[suffix]
    community = shapely.union_all([one for one, code in zip(SHAPES, CODES, strict=True) if code.startswith(HOME)])
    outline = {"type": "Feature", "properties": {"code": HOME}, "geometry": json.loads(shapely.to_geojson(community))}
    outlines = json.loads(clean()["ground/outlines.geojson"])
    outlines["features"].append(outline)
    files["ground/outlines.geojson"] = json.dumps(outlines).encode()
    files["city.toml"] += f"\n[ground]\ngrids = '{state}'\n".encode()
    return checked(files)


def moved(convert: Callable[[float, float], tuple[float, float]]) -> list[shapely.Geometry]:
    def all_of(points: Any) -> Any:
        return np.array([convert(*point) for point in points])

    return [shapely.transform(shape, all_of) for shape in SHAPES]


def farthest(found: Checked) -> float:
    """How many metres the worst corner of any grid lies from its place."""
    assert found.city is not None, found.report.findings
    landed = {row.code: shapely.get_coordinates(shapely.from_wkb(row.wkb)) for row in found.city.grids}
    true = {code: shapely.get_coordinates(shape) for code, shape in zip(CODES, SHAPES, strict=True)}
    assert landed.keys() == true.keys()
    return max(
        min(metres_between(*point, *other) for other in landed[code].tolist())
        for code, points in true.items()
        for point in points.tolist()
    )


def test_grids_of_a_zone_in_a_zip_that_windows_packed_land_on_their_place() -> None:
    there = Transformer.from_crs("EPSG:4490", "EPSG:4528", always_xy=True)
    found = ground("EPSG:4528", moved(there.transform))
    assert found.report.findings == []
    assert farthest(found) < 0.05


def test_grids_of_a_web_map_are_named_and_land_within_two_metres_once_it_is_stated() -> None:
    shifted = moved(wgs84_to_gcj02)
    (one,) = ground("EPSG:4490", shifted, suffix=".gpkg").report.findings
    assert (one.code, one.file, one.value) == ("shape.shifted", "ground/grids.gpkg", "gcj02")
    assert farthest(ground("EPSG:4490", shifted, state="gcj02", suffix=".gpkg")) < 2


def test_a_statement_that_is_no_system_is_told() -> None:
    (one,) = ground("EPSG:4490", state="ours").report.findings
    assert (one.code, one.file, one.value) == ("shape.unknown-system", "ground/grids.zip", "ours")


def test_grids_of_another_city_are_told_once() -> None:
    files = {**clean(), GRIDS: clean()[GRIDS].replace(b'"330782', b'"330783')}
    found = [one for one in checked(files).report.findings if one.file == GRIDS]
    assert [(one.code, one.row, one.value) for one in found] == [("code.foreign", 1, "330783001001001")]
