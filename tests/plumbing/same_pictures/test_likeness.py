"""Whether two pictures were made from one: by copies of drawn streets, and by streets that only resemble each other."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from gezhi.plumbing.same_pictures.likeness import LEAST_SHARED, compare, look_of
from tests.evidence.copies import HARDER, WAYS
from tests.evidence.streets import draw_street

Way = Callable[[Image.Image, Random], bytes]
STREETS = [draw_street(number) for number in range(3)]


def copy_of(picture: Image.Image, way: Way) -> Image.Image:
    return Image.open(io.BytesIO(way(picture, Random(4)))).convert("RGB")


def shared(later: Image.Image, earlier: Image.Image) -> int:
    return len(set(look_of(later).sought) & set(look_of(earlier).kept))


@pytest.mark.parametrize("way", {**WAYS, **HARDER}.values(), ids=[*WAYS, *HARDER])
def test_a_copy_is_known_again_whatever_was_done_to_it(way: Way) -> None:
    for street in STREETS:
        copy = copy_of(street, way)
        assert shared(copy, street) >= LEAST_SHARED
        assert compare(copy, street) is not None


def test_other_streets_are_others() -> None:
    for at, street in enumerate(STREETS):
        for other in STREETS[at + 1 :]:
            assert shared(street, other) < LEAST_SHARED
            assert compare(street, other) is None


def test_where_something_was_put_right_the_picture_has_changed_and_by_words_upon_it_it_has_not() -> None:
    street = STREETS[0]
    mended = street.copy()
    ImageDraw.Draw(mended).ellipse((200, 260, 260, 300), fill=(240, 240, 60))
    put_right, written = compare(mended, street), compare(copy_of(street, HARDER["written upon"]), street)
    assert put_right is not None
    assert put_right.changed > 0.0007
    assert written is not None
    assert written.changed < 0.0007


def test_the_same_street_from_a_step_aside_is_another_picture() -> None:
    """What is flat in a picture bends when the camera moves: by a twentieth of its height at one side here."""
    street = STREETS[1]
    width, height = street.size
    bend = _bend(width, height, 0.05)
    aside = street.transform(street.size, Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC)
    assert compare(aside, street) is None


def _bend(width: int, height: int, part: float) -> list[float]:
    """Coefficients that lead the corners of the new picture to those of the old one, the right side drawn together."""
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    old = [(0, 0), (width, part * height), (width, (1 - part) * height), (0, height)]
    rows = []
    for (x, y), (u, v) in zip(corners, old, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows, float), np.array(old, float).reshape(-1))
    return [float(one) for one in solved]


def test_a_picture_without_spots_is_known_by_its_light_and_dark_and_a_blank_one_by_nothing() -> None:
    dusk = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    again = copy_of(dusk, WAYS["saved again"]).resize((480, 360))
    assert shared(again, dusk) >= 1
    assert compare(again, dusk) == (1.0, 0.0)
    dawn = dusk.rotate(180)
    assert compare(dawn, dusk) is None
    blank = Image.new("RGB", (640, 480), "gray")
    assert look_of(blank) == ((), ())
    assert compare(blank, blank) is None
