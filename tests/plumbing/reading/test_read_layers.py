from __future__ import annotations

import warnings

import pytest
import shapely

from gezhi.kernel.problems import Problem
from gezhi.plumbing.reading.read_layers import (
    NotOneLayer,
    PartMissing,
    UnknownEncoding,
    UnreadableLayer,
    read_layer,
    read_parts,
)
from tests.plumbing.reading.drawn import drawn, zipped

CODES, NAMES = ("330782001001001", "330782001001002"), ("桥东街道", "桥西街道")
BOXES = [shapely.box(120.0, 29.0, 120.01, 29.01), shapely.box(120.01, 29.0, 120.02, 29.01)]
COLUMNS = {"标识码": CODES, "名称": NAMES, "Area": (10.5, 11.0)}


def shapefile(encoding: str = "GBK", **columns: tuple[str, ...]) -> dict[str, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values that are cut
        return drawn(BOXES, {**COLUMNS, **columns}, encoding=encoding)


@pytest.fixture(scope="module")
def saved() -> dict[str, bytes]:
    return shapefile()


def test_a_shapefile_is_read_apart_with_its_columns_and_what_it_says_of_its_system(saved: dict[str, bytes]) -> None:
    layer = read_layer(saved)
    assert layer.columns == {name: list(column) for name, column in COLUMNS.items()}
    assert layer.system == "EPSG:4490"
    assert [bool(shapely.from_wkb(one).equals(box)) for one, box in zip(layer.shapes, BOXES, strict=True)] == [True] * 2


@pytest.mark.parametrize(
    ("encoding", "cpg"),
    [
        *[("GBK", cpg) for cpg in (None, b"GBK", b"936", b"UTF-8", b"no such")],
        *[("UTF-8", cpg) for cpg in (None, b"UTF-8", b"65001", b"no such")],
    ],
)
def test_text_is_in_what_the_cpg_names_or_what_it_can_only_be(encoding: str, cpg: bytes | None) -> None:
    parts = shapefile(encoding)
    parts = {**parts, ".cpg": cpg} if cpg else {key: part for key, part in parts.items() if key != ".cpg"}
    assert read_parts(parts).columns["名称"] == list(NAMES)


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_a_text_that_its_column_cut_inside_a_character_is_read_as_far_as_it_goes(encoding: str) -> None:
    long = "x" + "街" * 130
    parts = {key: part for key, part in shapefile(encoding, 名称=(long, "乙")).items() if key != ".cpg"}
    told = read_parts(parts).columns["名称"][0]
    assert long.startswith(told)
    assert len(told) > 80


def test_text_in_no_encoding_that_offices_use_is_said(saved: dict[str, bytes]) -> None:
    with pytest.raises(UnknownEncoding):
        read_parts({**saved, ".dbf": saved[".dbf"].replace("桥".encode("gbk"), b"\xff\xff")})


def test_without_its_index_and_its_system_a_shapefile_is_read_all_the_same(saved: dict[str, bytes]) -> None:
    layer = read_parts({".shp": saved[".shp"], ".dbf": saved[".dbf"]})
    assert (layer.system, layer.columns["标识码"]) == ("", list(CODES))


def test_a_zip_that_windows_packed_is_read(saved: dict[str, bytes]) -> None:
    assert read_parts({".zip": zipped(saved, "数据/网格")}).columns["名称"] == list(NAMES)
    beside = zipped(saved, "__MACOSX/._网格", "网格")
    assert read_parts({".zip": beside}).columns["名称"] == list(NAMES)


def test_a_geopackage_is_read() -> None:
    layer = read_parts(drawn(BOXES, COLUMNS, suffix=".gpkg", crs="EPSG:4547"))
    assert (layer.system, layer.columns["名称"]) == ("EPSG:4547", list(NAMES))


def test_two_layers_in_a_zip_are_told_by_name(saved: dict[str, bytes]) -> None:
    with pytest.raises(NotOneLayer) as refused:
        read_parts({".zip": zipped(saved, "网格", "旧/网格")})
    assert refused.value.details == {"count": 2, "names": "网格、网格"}


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({".shp": b""}, PartMissing),
        ({".dbf": None}, PartMissing),
        ({".shp": b"abc"}, UnreadableLayer),
        ({".zip": b"PK\x03\x04"}, UnreadableLayer),
        ({".zip": zipped({}, "x")}, NotOneLayer),
        ({".gpkg": b""}, PartMissing),
        ({".gpkg": b"SQLite format 3\0"}, UnreadableLayer),
    ],
    ids=["empty", "no table", "no shapes", "cut zip", "empty zip", "empty package", "cut package"],
)
def test_what_cannot_be_read_is_said(
    parts: dict[str, bytes | None], problem: type[Problem], saved: dict[str, bytes]
) -> None:
    with pytest.raises(problem):
        read_parts({key: part for key, part in {**saved, **parts}.items() if part is not None})


def test_a_table_that_is_cut_after_its_head_has_no_columns(saved: dict[str, bytes]) -> None:
    assert read_parts({**saved, ".dbf": b"\x03"}).columns == {}
