"""Reads the grids of a file that somebody sent: GeoJSON, GeoPackage, or a zipped Shapefile."""

from __future__ import annotations

from typing import Final

from gezhi.founding.rules.decoding import decode
from gezhi.founding.rules.files.layers import geojson_layer
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Layer
from gezhi.kernel.problems import Problem
from gezhi.plumbing.reading.read_layers import GEOPACKAGE, read_layer
from gezhi.plumbing.reading.read_layers import ZIPPED as ZIP
from gezhi.plumbing.reading.read_sheets import ZIPPED

DATABASE: Final = b"SQLite format 3\x00"


class NoShapes(Problem):
    code = "imports.grid-files.no-shapes"
    status = 422
    title = "文件不是 GeoJSON、GeoPackage（.gpkg）或压缩为 zip 的 Shapefile；请另存为其中一种后重新上传。"
    title_en = "The file is neither GeoJSON nor GeoPackage (.gpkg) nor a zipped Shapefile; save it as one of these."


def read_shapes(content: bytes, file: str, findings: Findings) -> Layer | None:
    """The layer, or a finding that says why there is none."""
    if content.startswith(ZIPPED):
        return read_layer({ZIP: content})
    if content.startswith(DATABASE):
        return read_layer({GEOPACKAGE: content})
    text = decode(content)
    if text is None or not text.lstrip().startswith("{"):
        raise NoShapes(field="file")
    return geojson_layer(text, file, findings)
