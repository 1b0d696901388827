"""画笔: colours and strokes of the drawn streets, in picture coordinates on a canvas twice as fine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

FINE = 2

Colour = tuple[int, int, int]
INK: Colour = (58, 64, 74)
SKIES: tuple[Colour, ...] = ((203, 224, 238), (225, 231, 236), (240, 226, 208), (190, 208, 228))
WALLS: tuple[Colour, ...] = (
    (214, 190, 166), (188, 199, 206), (222, 208, 184), (176, 186, 176), (204, 178, 172), (198, 192, 214),
)  # fmt: skip
GREEN: Colour = (104, 148, 104)
DARK_GREEN: Colour = (78, 120, 84)
GREY: Colour = (150, 154, 160)
BROWN: Colour = (138, 106, 78)
RED: Colour = (198, 84, 72)
BLUE: Colour = (84, 128, 176)
YELLOW: Colour = (232, 190, 88)
WHITE: Colour = (245, 245, 242)


class Pen:
    """Draws in picture coordinates on a canvas that is twice as fine."""

    def __init__(self, canvas: Image.Image, rng: np.random.Generator) -> None:
        self.draw = ImageDraw.Draw(canvas)
        self.rng = rng

    def at(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def pick(self, *colours: Colour) -> Colour:
        return colours[int(self.rng.integers(0, len(colours)))]

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.draw.rectangle([x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE], fill=colour)

    def oval(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.draw.ellipse([x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE], fill=colour)

    def ring(self, x: float, y: float, size: float, colour: Colour) -> None:
        self.draw.ellipse([x * FINE, y * FINE, (x + size) * FINE, (y + size) * FINE], outline=colour, width=3 * FINE)

    def shape(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, width: float = 2) -> None:
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill=colour, width=int(width * FINE))
