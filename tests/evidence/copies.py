"""What is done to a picture so that it passes for another one."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps


def as_file(picture: Image.Image, form: str = "JPEG", quality: int = 75) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, quality=quality)
    return buffer.getvalue()


def saved_again(picture: Image.Image, chance: Random) -> bytes:
    return as_file(picture, quality=chance.randint(30, 70))


def cropped(picture: Image.Image, chance: Random) -> bytes:
    """A quarter of one side is cut off, or a fifth of both, shared out as it comes."""
    width, height = picture.size
    if chance.random() < 0.5:
        along, part = chance.choice(((1, 0), (0, 1))), 0.25 * chance.choice((0, 1))
        left, top = part * along[0], part * along[1]
        right, bottom = left + 1 - 0.25 * along[0], top + 1 - 0.25 * along[1]
    else:
        left, top = chance.uniform(0, 0.2), chance.uniform(0, 0.2)
        right, bottom = left + 0.8, top + 0.8
    return as_file(picture.crop((int(width * left), int(height * top), int(width * right), int(height * bottom))))


def mirrored(picture: Image.Image, _: Random) -> bytes:
    return as_file(ImageOps.mirror(picture))


def scaled(picture: Image.Image, chance: Random) -> bytes:
    part = chance.uniform(0.35, 0.8)
    return as_file(picture.resize((int(picture.width * part), int(picture.height * part))))


def converted(picture: Image.Image, chance: Random) -> bytes:
    return as_file(picture, chance.choice(("WEBP", "PNG", "AVIF")), quality=60)


def written_upon(picture: Image.Image, chance: Random) -> bytes:
    """What a camera app burns in: place, date and number."""
    picture = picture.copy()
    letters = ImageFont.load_default(max(12, picture.width // 24))
    spot = picture.width * chance.uniform(0.02, 0.3), picture.height * chance.uniform(0.05, 0.75)
    moment = f"2026-11-{chance.randint(10, 30)} 14:{chance.randint(10, 59)}:33"
    words = f"{moment}\nRenmin Road {chance.randint(1, 99)}\nNo. 12345"
    ImageDraw.Draw(picture).multiline_text(spot, words, fill=chance.choice(("white", "yellow", "red")), font=letters)
    return as_file(picture)


def turned(picture: Image.Image, chance: Random) -> bytes:
    return as_file(picture.rotate(chance.choice((90, 180, 270)), expand=True))


def brightened(picture: Image.Image, chance: Random) -> bytes:
    return as_file(ImageEnhance.Brightness(picture).enhance(chance.uniform(0.8, 1.25)))


def everything(picture: Image.Image, chance: Random) -> bytes:
    """Cropped, mirrored, made smaller and saved badly."""
    with Image.open(io.BytesIO(cropped(picture, chance))) as cut:
        flipped = ImageOps.mirror(cut)
    return as_file(flipped.resize((int(flipped.width * 0.7), int(flipped.height * 0.7))), quality=55)


WAYS: Mapping[str, Callable[[Image.Image, Random], bytes]] = {
    "saved again": saved_again, "cropped": cropped, "mirrored": mirrored, "scaled": scaled, "converted": converted,
}  # fmt: skip
HARDER: Mapping[str, Callable[[Image.Image, Random], bytes]] = {
    "written upon": written_upon, "turned": turned, "brightened": brightened, "all at once": everything,
}  # fmt: skip
