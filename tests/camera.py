"""Pictures as a telephone takes them: never the same twice."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

_taken = count(1)


def take_picture(folder: Path, words: str = "") -> Path:
    number = next(_taken)
    grain = np.random.default_rng(number).integers(0, 60, size=(60, 80, 3), dtype=np.uint8)
    picture = Image.fromarray(grain + np.uint8(120)).resize((800, 600))
    ImageDraw.Draw(picture).text((40, 40), f"{number} {words}", fill="white")
    path = folder / f"picture-{number}.jpg"
    picture.save(path, quality=85)
    return path
