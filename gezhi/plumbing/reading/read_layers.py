"""导入图层: shapes that somebody sends, with their columns: Shapefile, bare or zipped, and GeoPackage.

Text of a Shapefile is in the encoding that its .cpg names, else strictly UTF-8, else strictly GB 18030; GDAL would
take it for Latin letters and say nothing.
"""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from gezhi.kernel.contents import Layer
from gezhi.kernel.problems import Problem
from gezhi.plumbing.reading.apart import TooCostly, apart

SHAPEFILE, TABLE, GEOPACKAGE, ZIPPED = ".shp", ".dbf", ".gpkg", ".zip"
BESIDE = (".shx", ".prj")
MOST_UNPACKED = 2**30
ENCODINGS = ("utf-8", "gb18030")
BYTES_AS_TEXT = "ISO-8859-1"


class UnreadableLayer(Problem):
    code = "plumbing.read-layers.unreadable"
    status = 422
    title = "无法读取图层（{reason}）。"
    title_en = "The layer cannot be read ({reason})."


class NotOneLayer(Problem):
    code = "plumbing.read-layers.not-one"
    status = 422
    title = "应恰好含一个图层，现有 {count} 个：{names}。"
    title_en = "There must be exactly one layer, but there are {count}: {names}."


class PartMissing(Problem):
    code = "plumbing.read-layers.part-missing"
    status = 422
    title = "缺少 {part} 文件，或该文件是空的。"
    title_en = "The file {part} is missing or empty."


class UnknownEncoding(Problem):
    code = "plumbing.read-layers.encoding"
    status = 422
    title = "属性表的文字既不是 .cpg 所说的编码，也不是 UTF-8 或 GB18030。"
    title_en = "The text of the table is neither in the encoding of its .cpg nor in UTF-8 or GB18030."


def read_layer(parts: Mapping[str, bytes]) -> Layer:
    """The one layer in these files by suffix: .gpkg, .zip, or the parts of a Shapefile."""
    return apart(read_parts, dict(parts))


def read_parts(parts: Mapping[str, bytes]) -> Layer:
    """As `read_layer`, in this process."""
    if ZIPPED in parts:
        parts = _unzipped(parts[ZIPPED])
    needed = (GEOPACKAGE,) if GEOPACKAGE in parts else (SHAPEFILE, TABLE)
    for part in needed:
        if not parts.get(part):
            raise PartMissing(field="file", part=part)
    with TemporaryDirectory() as folder:
        for part in (*needed, *BESIDE):
            if parts.get(part):
                Path(folder, f"layer{part}").write_bytes(parts[part])
        try:
            return _read(Path(folder, f"layer{needed[0]}"), _named_encoding(parts))
        except (RuntimeError, ValueError) as bad:
            raise UnreadableLayer(field="file", reason=str(bad).replace(f"{folder}/layer", "").split(";")[0]) from bad


def _unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of the one Shapefile in a zip."""
    try:
        with _opened(content) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise TooCostly(field="file")
            names = [name for name in packed.namelist() if not PurePosixPath(name).name.startswith((".", "__"))]
            found = [name for name in names if PurePosixPath(name).suffix.lower() == SHAPEFILE]
            if len(found) != 1:
                told = "、".join(PurePosixPath(name).stem for name in found) or "–"
                raise NotOneLayer(field="file", count=len(found), names=told)
            whole = PurePosixPath(found[0]).with_suffix("")
            own = [name for name in names if PurePosixPath(name).with_suffix("") == whole]
            return {PurePosixPath(name).suffix.lower(): packed.read(name) for name in own}
    except (BadZipFile, RuntimeError, zlib.error) as bad:
        raise UnreadableLayer(field="file", reason=str(bad)) from bad


def _opened(content: bytes) -> ZipFile:
    """Names in a zip are in GBK where Windows packed it, whatever the mark of UTF-8 says."""
    for encoding in ENCODINGS:
        try:
            return ZipFile(io.BytesIO(content), metadata_encoding=encoding)
        except UnicodeDecodeError:
            continue
    return ZipFile(io.BytesIO(content))


def _named_encoding(parts: Mapping[str, bytes]) -> str:
    """What the .cpg names, if it is an encoding that there is."""
    named = parts.get(".cpg", b"").decode("ascii", "ignore").strip().lower()
    named = {"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "65001": "utf-8"}.get(named, named)
    try:
        return codecs.lookup(named).name if named else ""
    except LookupError:
        return ""


def _read(path: Path, named: str) -> Layer:
    import pyogrio  # noqa: PLC0415 - GDAL is large, and no process but the child has it in memory

    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})  # an index, which is made anew where it is missing
    bare = path.suffix == SHAPEFILE
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if len(layers) != 1:
        raise NotOneLayer(field="file", count=len(layers), names="、".join(layers) or "–")
    given = {"encoding": BYTES_AS_TEXT} if bare else {}
    about, _, shapes, columns = pyogrio.raw.read(path, layer=layers[0], force_2d=True, **given)
    names, values = list(about["fields"]), [column.tolist() for column in columns]
    if bare:
        names, values = _decoded(names, values, named)
    return Layer(layers[0], about["crs"] or "", dict(zip(names, values, strict=True)), list(shapes))


def _decoded(names: list[str], columns: list[list[Any]], named: str) -> tuple[list[str], list[list[Any]]]:
    """Names and values that were read as Latin letters, in the first encoding in which all of them are text."""
    for encoding in dict.fromkeys((named, *ENCODINGS) if named else ENCODINGS):
        try:
            decoded = [[_text(value, encoding) for value in column] for column in columns]
            return [_text(name, encoding) for name in names], decoded
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding(field="file")


def _text(value: Any, encoding: str) -> Any:
    """A text may end inside a character, where the width of its column cut it off."""
    if not isinstance(value, str) or value.isascii():
        return value
    return codecs.getincrementaldecoder(encoding)().decode(value.encode(BYTES_AS_TEXT))
