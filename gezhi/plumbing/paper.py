"""Papers (打印件): a template set with data into PDF, in this process and without any fetching.

What people wrote goes in as data and is shown as it stands; no markup is ever built from it. The fonts come with a
package, so that a machine without a Chinese font prints the same page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import msgspec
import pylopdf_fonts_zh_cn
import segno
import typst
from django.http import HttpResponse
from PIL import Image, UnidentifiedImageError

from gezhi.kernel.words import without_direction
from gezhi.plumbing.doors import answers_file
from gezhi.plumbing.limits.heavy import setting_slot

PICTURE_SIDE = 1000
"""Pixels of the longer side: 300 to the inch at the width in which papers show a picture."""
PICTURE_QUALITY = 82
DATA = "data.json"


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
        (desk / DATA).write_text(words, "utf-8")
        made: Any = typst.compile(str(desk / template.name), root=str(desk), font_paths=_fonts(), format="pdf")
    return bytes(made)


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


@cache
def _fonts() -> typst.Fonts:
    """Noto Sans SC and Noto Serif SC, and nothing that this machine happens to have."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


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
