"""Rules of an uploaded picture (附件): what is taken, what is served, what the camera wrote into it.

The original is evidence: hashed and kept as it came. Served is a copy without EXIF, no larger than a screen needs.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import struct
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.ExifTags import GPS, IFD, Base

from gezhi.kernel.problems import Problem
from gezhi.plumbing.same_pictures.likeness import Look, look_of

FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
TRIED = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "BMP", "TIFF")
LARGEST_PIXELS = 25_000_000
TURNED = {5, 6, 7, 8}
"""Orientations in which the camera was held upright: width and height are exchanged when the picture is turned."""
COPY_SIDE, SHORT_SIDE = 2048, 1100
"""The most of a copy. A JPEG is decoded at the half or the quarter whose short side is no less than the second, which
is five times as fast as whole.
"""
THUMB_SIDE = 360
EDITORS = re.compile(
    r"Photoshop|Lightroom|GIMP|Snapseed|PicsArt|Pixelmator|Affinity Photo|Paint\.NET|Krita|Canva|PhotoScape|FastStone|"
    r"ACDSee|Picasa|VSCO|Meitu|美图|XiuXiu|醒图|Xingtu|黄油相机|天天P图|Polarr|Facetune|Darkroom|Luminar|Capture One|"
    r"PhotoDirector|BeautyPlus|B612|Photopea|Paint Shop|CorelDRAW",
    re.IGNORECASE,
)
MB = 2**20
BROKEN = (
    *(
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        RuntimeError,
        OverflowError,
        ZeroDivisionError,
    ),
    *(IndexError, KeyError, TypeError, struct.error, Image.DecompressionBombError),
)
"""What the readers of the formats raise when they meet something that is no picture of theirs."""

register_heif_opener()


class NotAPicture(Problem):
    code = "plumbing.pictures.not-a-picture"
    status = 415
    title = "文件不是可识别的图片，请上传 JPEG、PNG、WebP、HEIC、AVIF、GIF、BMP 或 TIFF 格式的照片。"
    title_en = "The file is no picture that can be read; please send a JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP or TIFF."


class TooLarge(Problem):
    code = "plumbing.pictures.too-large"
    status = 413
    title = "照片文件过大：最多 {limit_mb} MB，请压缩后重新上传。"
    title_en = "The picture file is too large: at most {limit_mb} MB; please make it smaller and send it again."


class TooManyPixels(Problem):
    code = "plumbing.pictures.too-many-pixels"
    status = 413
    title = "照片尺寸过大（{width}×{height}）：最多 {limit} 万像素，请缩小后重新上传。"
    title_en = "The picture has too many pixels ({width}×{height}): at most {limit} times 10,000; please scale it down."


class TooCostly(Problem):
    code = "plumbing.pictures.too-costly"
    status = 413
    title = "照片过于复杂，无法在限定的时间和内存内处理，请重新拍摄，或另存为 JPEG 后上传。"
    title_en = "The picture takes too much time or memory to read; please take it again, or save it as JPEG first."


class UnknownPicture(Problem):
    code = "plumbing.pictures.unknown"
    status = 422
    title = "照片不存在或已被清理，请重新上传：{sha256}"
    title_en = "The picture does not exist or was swept away; please upload it again: {sha256}"


class Checked(NamedTuple):
    """A picture that was found good."""

    sha256: str
    width: int
    height: int
    mime: str
    taken_at: datetime | None
    taken_lon: float | None
    taken_lat: float | None
    edited_with: str
    copy: bytes
    thumb: bytes
    look: Look


def check_picture(original: bytes, *, zone: tzinfo, limit_bytes: int) -> Checked:
    """Read it to the last pixel, or say what is wrong. `zone`: of a camera's clock that names none.

    May take seconds and hundreds of megabytes: for what strangers send see `decoding/pool.py`.
    """
    if len(original) > limit_bytes:
        raise TooLarge(field="file", limit_mb=limit_bytes // MB)
    try:
        return _decode(original, zone)
    except BROKEN as bad:
        raise NotAPicture(field="file") from bad


def _decode(original: bytes, zone: tzinfo) -> Checked:
    with Image.open(io.BytesIO(original), formats=TRIED) as image:
        width, height = image.size
        mime = FORMATS[image.format or ""]
        if width * height > LARGEST_PIXELS:
            raise TooManyPixels(field="file", width=width, height=height, limit=LARGEST_PIXELS // 10_000)
        exif = image.getexif()
        taken_at, (lon, lat) = _taken_at(exif, zone), _taken_where(exif)
        if exif.get(Base.Orientation) in TURNED:
            width, height = height, width
        edited_with = _edited_with(exif, image.info)
        image.draft("RGB", (SHORT_SIDE, SHORT_SIDE))
        shown = ImageOps.exif_transpose(image).convert("RGB")
    shown.thumbnail((COPY_SIDE, COPY_SIDE))
    copy = _as_jpeg(shown, quality=85)
    shown.thumbnail((THUMB_SIDE, THUMB_SIDE))
    sha256 = hashlib.sha256(original).hexdigest()
    thumb, look = _as_jpeg(shown, quality=78), look_of(shown)
    return Checked(sha256, width, height, mime, taken_at, lon, lat, edited_with, copy, thumb, look)


def _as_jpeg(image: Image.Image, *, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.info.clear()  # nothing of the original's metadata may travel along
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _taken_at(exif: Image.Exif, zone: tzinfo) -> datetime | None:
    """The camera's clock; wrong or missing fields are no reason to refuse a picture."""
    fields = exif.get_ifd(IFD.Exif)
    text = str(fields.get(Base.DateTimeOriginal) or exif.get(Base.DateTime) or "").strip("\0 ")
    try:
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        return None
    return moment.replace(tzinfo=_offset(str(fields.get(Base.OffsetTimeOriginal) or "")) or zone)


def _edited_with(exif: Image.Exif, info: dict[Any, Any]) -> str:
    """The program that has changed the picture since it was taken, by the marks that such programs leave.

    Telephones name their own system in the same field, so only names of editors count.
    """
    xmp = info.get("xmp") or b""
    written = " ".join(
        str(exif.get(field) or "") for field in (Base.Software, Base.ProcessingSoftware, Base.HostComputer)
    )
    marks = f"{written} {xmp.decode('utf-8', 'ignore') if isinstance(xmp, bytes) else xmp}"
    editor = EDITORS.search(marks)
    if editor is not None:
        return editor[0][:64]
    return "Photoshop" if "photoshop" in info else ""


def _offset(text: str) -> tzinfo | None:
    try:
        hours, minutes = text.strip("\0 ").split(":")
        sign = -1 if hours.startswith("-") else 1
        return timezone(timedelta(hours=int(hours), minutes=sign * int(minutes)))
    except ValueError:
        return None


def _taken_where(exif: Image.Exif) -> tuple[float | None, float | None]:
    fields = exif.get_ifd(IFD.GPSInfo)
    lat = _degrees(fields.get(GPS.GPSLatitude), fields.get(GPS.GPSLatitudeRef) == "S", 90)
    lon = _degrees(fields.get(GPS.GPSLongitude), fields.get(GPS.GPSLongitudeRef) == "W", 180)
    if lon is None or lat is None or (lon == 0 and lat == 0):  # telephones write 0/0 while they know no position
        return None, None
    return lon, lat


def _degrees(parts: Any, negative: bool, most: int) -> float | None:  # noqa: FBT001
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or value > most:
        return None
    return -value if negative else value
