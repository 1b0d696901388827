"""Files of shapes as a map program saves them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, ZipInfo

import numpy as np
import pyogrio
import shapely


def drawn(
    shapes: Sequence[shapely.Geometry], columns: Mapping[str, Sequence[Any]], *, suffix: str = ".shp", **options: Any
) -> dict[str, bytes]:
    """The files by suffix that pyogrio writes."""
    with TemporaryDirectory() as folder:
        write_layer(Path(folder, f"layer{suffix}"), shapes, columns, **options)
        return {path.suffix: path.read_bytes() for path in Path(folder).iterdir()}


def write_layer(
    path: Path, shapes: Sequence[shapely.Geometry], columns: Mapping[str, Sequence[Any]], **options: Any
) -> None:
    wkb = np.array(list(shapely.to_wkb(list(shapes))), dtype=object)
    values = [np.array(column, dtype=object if isinstance(column[0], str) else None) for column in columns.values()]
    options = {"geometry_type": "Polygon", "crs": "EPSG:4490", **options}
    pyogrio.raw.write(path, wkb, values, list(columns), **options)


class NamedInGbk(ZipInfo):
    """A name in GBK without a word of it, as Windows packs."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile calls
        return self.filename.encode("gb18030"), self.flag_bits


def zipped(parts: Mapping[str, bytes], *names: str) -> bytes:
    """The Shapefile once for each of the names."""
    file = io.BytesIO()
    with ZipFile(file, "w") as packed:
        for name in names:
            for suffix, content in parts.items():
                packed.writestr(NamedInGbk(f"{name}{suffix}"), content)
    return file.getvalue()
