"""Papers (打印件): a template set with data into PDF, in this process and without any fetching.

What people wrote goes in as data and is shown as it stands; no markup is ever built from it. A character that no font
has is printed as its number, and the paper says where: an empty box would lose it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import msgspec
import segno
import structlog
import typst
from django.http import HttpResponse
from PIL import Image, UnidentifiedImageError

from gezhi.kernel.words import without_direction
from gezhi.plumbing.doors import answers_file
from gezhi.plumbing.limits.heavy import setting_slot
from gezhi.plumbing.paper.fonts import fonts, lacking, named

PICTURE_SIDE = 1000
"""Pixels of the longer side: 300 to the inch at the width in which papers show a picture."""
PICTURE_QUALITY = 82
DATA = "data.json"
OTHERWISE = "其他内容"
log = structlog.get_logger(__name__)


def set_paper(template: Path, data: Mapping[str, Any], pictures: Mapping[str, Path] | None = None) -> bytes:
    """The PDF of a template (`.typ`) that reads its words from `data.json` beside it.

    `pictures` are files by the names that the data use; `data["shown"]` tells the template which of them could be
    read. Templates of the same folder may import each other.
    """
    with setting_slot(), TemporaryDirectory(prefix="gezhi-paper-") as name:
        desk = Path(name)
        for one in template.parent.glob("*.typ"):
            copyfile(one, desk / one.name)
        shown = [key for key, file in (pictures or {}).items() if _shrink(file, desk / key)]
        words = without_direction(msgspec.json.encode({**data, "shown": shown}).decode())
        (desk / DATA).write_text(_printable(words, template), "utf-8")
        made: Any = typst.compile(str(desk / template.name), root=str(desk), font_paths=fonts(), format="pdf")
    return bytes(made)


def lacks(data: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """缺字: each character that cannot be printed, and where it stands. `names`: what the fields are called on paper."""
    found: dict[str, dict[str, None]] = {}
    for field, words in _texts(data, ""):
        for char in lacking(words):
            found.setdefault(named(char), {})[names.get(field, OTHERWISE)] = None
    return [{"char": char, "fields": list(fields)} for char, fields in found.items()]


def _texts(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """Every text with the outermost field that it stands in."""
    match value:
        case str():
            yield field, value
        case Mapping():
            for name, one in value.items():
                yield from _texts(one, field or name)
        case list() | tuple():
            for one in value:
                yield from _texts(one, field)


def _printable(words: str, template: Path) -> str:
    chars = lacking(words)
    if chars:
        log.warning("paper.characters-lacking", paper=template.stem, characters=[named(char) for char in chars])
    return words.translate({ord(char): f"〔{named(char)}〕" for char in chars})


PDF = answers_file("application/pdf")


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Shown in the browser, saved under its Chinese name; never kept by a cache, for the next print may differ."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    response["Cache-Control"] = "private, no-store"
    return response


def qr_drawing(text: str) -> str:
    """A QR code as SVG, for a template to draw."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=0, xmldecl=False, svgns=True)
    return buffer.getvalue().decode()


def _shrink(file: Path, to: Path) -> bool:
    """A copy no larger than the paper shows; False where there is no picture to be read."""
    try:
        with Image.open(file, formats=["JPEG"]) as image:
            image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
            image.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
            image.convert("RGB").save(to, "JPEG", quality=PICTURE_QUALITY)
    except (OSError, ValueError, UnidentifiedImageError):
        return False
    return True
