"""演示照片: flat drawings of a street with a problem or with it put right; marked, so that none is taken for a photo."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from gezhi.simulation.rules.scene_pen import FINE, SKIES, WALLS, Pen
from gezhi.simulation.rules.scene_subjects import SUBJECTS

SIZE = (480, 360)
HORIZON, KERB, ROAD = 150, 214, 236


def draw_scene(subject: str, variant: int, *, solved: bool, mark: str) -> bytes:
    """One picture as JPEG: the same street for the same variant, with the problem or without it."""
    rng = np.random.default_rng([variant, sum(subject.encode())])
    canvas = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), SKIES[variant % len(SKIES)])
    pen = Pen(canvas, rng)
    _street(pen)
    SUBJECTS[subject](pen, solved=solved)
    picture = canvas.resize(SIZE, Image.Resampling.LANCZOS)
    _stamp(picture, mark.splitlines())
    out = BytesIO()
    picture.save(out, "JPEG", quality=72, optimize=True)
    return out.getvalue()


def _street(pen: Pen) -> None:
    x = -20.0
    while x < SIZE[0]:
        width, height = pen.at(70, 120), pen.at(60, 130)
        wall = pen.pick(*WALLS)
        window = (wall[0] - 34, wall[1] - 34, wall[2] - 34)
        pen.box(x, HORIZON + 40 - height, width - 4, height, wall)
        for column in range(int(width // 22)):
            for row in range(int(height // 26)):
                pen.box(x + 8 + column * 22, HORIZON + 48 - height + row * 26, 11, 14, window)
        x += width
    pen.box(0, HORIZON + 40, SIZE[0], KERB - HORIZON - 40 + 8, (206, 203, 196))
    for slab in range(0, SIZE[0], 30):
        pen.line([(slab, HORIZON + 40), (slab - 14, KERB)], (190, 187, 180), 1)
    pen.box(0, KERB, SIZE[0], ROAD - KERB, (178, 176, 172))
    pen.box(0, ROAD - 8, SIZE[0], SIZE[1] - ROAD + 8, (112, 117, 124))
    for dash in range(-10, SIZE[0], 80):
        pen.box(dash, 322, 44, 5, (226, 226, 220))


def _stamp(picture: Image.Image, rows: Sequence[str]) -> None:
    """演示 in a plate at the corner; the dots come from a preset, so that no font is needed."""
    draw = ImageDraw.Draw(picture)
    width, height = len(rows[0]), len(rows)
    left, top = SIZE[0] - width - 18, SIZE[1] - height - 16
    draw.rectangle([left - 7, top - 5, left + width + 6, top + height + 4], fill=(40, 46, 56))
    for y, row in enumerate(rows):
        for x, dot in enumerate(row):
            if dot == "#":
                picture.putpixel((left + x, top + y), (255, 255, 255))


def trailer(serial: str) -> bytes:
    """What makes the same drawing another file: bytes after its end give it a hash of its own, as a new photo has."""
    return b"\n" + serial.encode()
