"""城市文件夹: the files of a folder on disk, as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gezhi.kernel.problems import Problem

MOST_BYTES = 500_000_000
BELOW = "ground"


class FolderTooLarge(Problem):
    code = "founding.gateways.folder-too-large"
    status = 413
    title = "文件夹共 {size_mb} MB，超过 500 MB，未读取；请只放城市文件夹需要的文件。"
    title_en = "The folder holds {size_mb} MB, more than 500 MB, and was not read; leave in it only a city's files."


def read_folder(folder: Path) -> dict[str, bytes]:
    """The content of every file by name, those of `ground/` with that before it; hidden ones are left out."""
    found = [path for place in (folder, folder / BELOW) if place.is_dir() for path in sorted(place.iterdir())]
    files = [path for path in found if path.is_file() and not path.name.startswith((".", "~$"))]
    size = sum(path.stat().st_size for path in files)
    if size > MOST_BYTES:
        raise FolderTooLarge(size_mb=size // 1_000_000)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


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
