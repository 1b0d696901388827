"""Pictures that nobody took: streets with walls, windows, crowns of trees, rubbish and grain, each by its number."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = (480, 360)


def draw_street(number: int) -> Image.Image:
    chance = np.random.default_rng([2026, number])
    width, height = SIZE
    picture = Image.new("RGB", SIZE, _colour(chance, 150, 230))
    pen = ImageDraw.Draw(picture)
    horizon = int(chance.integers(height // 3, height * 2 // 3))
    pen.rectangle((0, horizon, width, height), fill=_colour(chance, 70, 140))
    x = -int(chance.integers(0, 60))
    while x < width:
        wide, high = int(chance.integers(36, 108)), int(chance.integers(50, horizon + 20))
        _house(pen, chance, x, horizon, wide, high)
        x += wide + int(chance.integers(0, 25))
    for _ in range(int(chance.integers(3, 9))):
        _crown(pen, chance, int(chance.integers(0, width)), int(chance.integers(horizon - 70, horizon + 20)))
    for _ in range(int(chance.integers(15, 60))):
        _litter(pen, chance, horizon)
    grain = chance.normal(0, 4, (height, width, 1))
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)
    return Image.fromarray((soft + grain).clip(0, 255).astype(np.uint8))


def _colour(chance: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = chance.integers(low, high, 3)
    return int(red), int(green), int(blue)


def _house(pen: ImageDraw.ImageDraw, chance: np.random.Generator, x: int, ground: int, wide: int, high: int) -> None:
    pen.rectangle((x, ground - high, x + wide, ground), fill=_colour(chance, 90, 220))
    across, down = int(chance.integers(9, 21)), int(chance.integers(11, 24))
    for left in range(x + 6, x + wide - across, across + int(chance.integers(4, 14))):
        for top in range(ground - high + 8, ground - down, down + int(chance.integers(6, 16))):
            if chance.random() < 0.9:
                pen.rectangle((left, top, left + across * 2 // 3, top + down * 2 // 3), fill=_colour(chance, 30, 200))


def _crown(pen: ImageDraw.ImageDraw, chance: np.random.Generator, x: int, y: int) -> None:
    pen.rectangle((x - 3, y, x + 3, y + 70), fill=(80, 60, 45))
    for _ in range(40):
        dx, dy, r = chance.normal(0, 19), chance.normal(0, 16), chance.uniform(3, 10)
        green = _colour(chance, 40, 110)
        pen.ellipse((x + dx - r, y + dy - r, x + dx + r, y + dy + r), fill=(green[0], green[1] + 50, green[2]))


def _litter(pen: ImageDraw.ImageDraw, chance: np.random.Generator, horizon: int) -> None:
    x, y = chance.uniform(0, SIZE[0]), chance.uniform(horizon, SIZE[1])
    corners = [(x + chance.normal(0, 9), y + chance.normal(0, 5)) for _ in range(int(chance.integers(3, 7)))]
    pen.polygon(corners, fill=_colour(chance, 20, 250))
