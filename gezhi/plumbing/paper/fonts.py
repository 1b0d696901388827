"""字库: the fonts that papers are set in, and the characters that none of them has.

They come with packages, so that a machine without a Chinese font prints the same page; what stands in `fonts` of
GEZHI_HOME is used beside them, for rare characters of names and places (GB 18030 level 3).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import manimgx_fonts  # type: ignore[import-untyped]
import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

UNDRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
VARIANTS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""Which form of the character before is meant."""


def fonts() -> typst.Fonts:
    """Noto for Chinese, other scripts, signs and emoji, and what the city has added; nothing else of this machine."""
    return _fonts(*_own())


def lacking(words: str) -> list[str]:
    """The characters of the words that would be printed as an empty box."""
    covered = _covered(*_own())
    return sorted(char for char in set(words) if ord(char) not in covered and _is_drawn(char))


def named(char: str) -> str:
    """What stands for a character that cannot be printed: U+20BB7."""
    return f"U+{ord(char):04X}"


def _own() -> tuple[Path, int]:
    """The city's folder, and when something was last laid into it."""
    folder = Path(settings.GEZHI_HOME) / "fonts"
    return folder, folder.stat().st_mtime_ns if folder.is_dir() else 0


@lru_cache(maxsize=1)
def _fonts(own: Path, _: int) -> typst.Fonts:
    shipped = [Path(one.__file__ or "").parent for one in (pylopdf_fonts_zh_cn, manimgx_fonts)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*shipped, own])


@lru_cache(maxsize=1)
def _covered(own: Path, changed: int) -> frozenset[int]:
    files = {Path(font.path) for font in _fonts(own, changed).fonts() if font.path is not None}
    return frozenset(VARIANTS).union(*(_codes_of(file) for file in files))


def _codes_of(file: Path) -> set[int]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(str(file), lazy=True) as faces:
            return {code for face in faces for code in face.getBestCmap()}
    with TTFont(file, lazy=True) as face:
        return set(face.getBestCmap())


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char) not in UNDRAWN
