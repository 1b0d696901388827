"""城市文件夹: the files of a folder on disk, as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gezhi.founding.rules.files.folder_files import OTHER_FORMS, Content
from gezhi.kernel.problems import Problem
from gezhi.plumbing.reading.read_layers import read_layer
from gezhi.plumbing.reading.read_sheets import read_excel

MOST_BYTES = 500_000_000
BELOW = "ground"
PARTS = (".dbf", ".shx", ".prj", ".cpg")
BESIDE = (*PARTS, ".sbn", ".sbx", ".qix", ".xml")
"""What lies beside a Shapefile and is no file of its own."""


class FolderTooLarge(Problem):
    code = "founding.gateways.folder-too-large"
    status = 413
    title = "文件夹共 {size_mb} MB，超过 500 MB，未读取；请只放城市文件夹需要的文件。"
    title_en = "The folder holds {size_mb} MB, more than 500 MB, and was not read; leave in it only a city's files."


def read_folder(folder: Path) -> dict[str, Content]:
    """The content of every file by name, those of `ground/` with that before it; hidden ones are left out."""
    found = [path for place in (folder, folder / BELOW) if place.is_dir() for path in sorted(place.iterdir())]
    files = [path for path in found if path.is_file() and not path.name.startswith((".", "~$"))]
    size = sum(path.stat().st_size for path in files)
    if size > MOST_BYTES:
        raise FolderTooLarge(size_mb=size // 1_000_000)
    return read_contents({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def read_contents(files: Mapping[str, bytes]) -> dict[str, Content]:
    """What is in these files: sheets out of those of Excel, a layer out of the files of shapes of one name."""
    named = {_in_small(name): content for name, content in files.items()}
    contents: dict[str, Content] = {}
    for name, content in named.items():
        whole, form = _split(name)
        if form in OTHER_FORMS[".csv"]:
            contents[name] = _read(read_excel, content)
        elif form in OTHER_FORMS[".geojson"]:
            parts = {part: named[whole + part] for part in (form, *PARTS) if whole + part in named}
            contents[name] = _read(read_layer, parts)
        elif form not in BESIDE:
            contents[name] = content
    return contents


def _read(read: Callable[[Any], Content], given: object) -> Content:
    try:
        return read(given)
    except Problem as problem:
        return problem


def _split(name: str) -> tuple[str, str]:
    whole, dot, suffix = name.rpartition(".")
    return whole, (dot + suffix).lower()


def _in_small(name: str) -> str:
    """Windows writes .SHP and .XLSX too."""
    return "".join(_split(name))


class FolderNotEmpty(Problem):
    code = "founding.gateways.folder-not-empty"
    status = 409
    title = "文件夹 {folder} 中已有文件，未写入；请换一个新文件夹。"
    title_en = "The folder {folder} holds files already; nothing was written. Name a new one."


def write_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """A new folder with these files. Tables begin with a mark, so that a spreadsheet reads them as UTF-8."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)
    for name, text in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8-sig" if name.endswith(".csv") else "utf-8", newline="\n")
