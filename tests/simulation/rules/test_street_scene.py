from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from gezhi.simulation import queries
from gezhi.simulation.rules.scene_subjects import SUBJECTS
from gezhi.simulation.rules.street_scene import SIZE, draw_scene, trailer

MARK = queries.read_mark()


def pixels(jpeg: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"))


def test_every_theme_has_its_drawing() -> None:
    assert {theme.picture for theme in queries.read_themes()} <= set(SUBJECTS)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_before_and_after_are_the_same_street_and_not_the_same_picture(subject: str) -> None:
    before, after = (draw_scene(subject, 1, solved=solved, mark=MARK) for solved in (False, True))
    assert before == draw_scene(subject, 1, solved=False, mark=MARK)
    assert before != after
    changed = (np.abs(pixels(before).astype(int) - pixels(after)) > 30).any(axis=2)
    assert 0.0005 < changed.mean() < 0.35


def test_the_corner_says_that_it_is_a_demonstration() -> None:
    corner = pixels(draw_scene("road", 0, solved=True, mark=MARK))[SIZE[1] - 45 :, SIZE[0] - 75 :]
    white = (corner > 220).all(axis=2).sum()
    assert abs(int(white) - MARK.count("#")) < 150


def test_a_trailer_makes_another_file_with_the_same_drawing() -> None:
    drawing = draw_scene("lamp", 2, solved=False, mark=MARK)
    assert drawing + trailer("1/7/1") != drawing + trailer("1/7/2")
    assert np.array_equal(pixels(drawing + trailer("1/7/1")), pixels(drawing))
