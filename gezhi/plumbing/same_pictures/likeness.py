"""照片比对 (likeness): whether two pictures were made from one and the same.

A picture saved again, converted, scaled, cropped by a quarter of a side, mirrored, turned or written upon keeps most of
its spots (SIFT: corners and blobs with what surrounds them). Each of the strongest spots becomes a number, its key; two
pictures that share keys may be one, and only these are laid over each other and compared. The keys of a picture without
such spots (a blank wall) say how light and dark lie in it as a whole.

Two photos of one street are not the same picture, not even from the same angle: nobody holds a camera twice so that one
lies over the other by a straight mapping, spot by spot.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

cv2.setNumThreads(1)  # the pictures are many and small: shared out among threads one takes longer

Array = npt.NDArray[Any]

SIDE = 256  # all is seen at this size
STRONGEST, DETAILS = 64, 300  # spots that become keys; spots that are laid over each other
SMALLEST_SPOT = 3  # finer ones do not outlive scaling
KEY_BITS, LEAST_SURE = 28, 2
PLAIN_BELOW, PLAIN_BITS = 24, 16  # with fewer spots the picture as a whole has a key, too
PLAIN_KEY = 1 << KEY_BITS
LEAST_SHARED = 2  # keys that two pictures share by chance: one now and then, two hardly ever

FEWEST = 6  # spots, or blocks, without which nothing can be said
BLOCK, TEXTURE, ALIKE = 16, 5.0, 0.9
LEAST_SHARE = 0.55
LEAST_LAID_OVER, LEAST_LEFT = 0.6, 0.35  # of the later picture; of the earlier one, of which a crop leaves a part
STEP_ASIDE = 1.5  # pixels by which what is flat bends when the camera moves
GREY_STEP, GRID = 8, (32, 24)


class Look(NamedTuple):
    """What is remembered of a picture, and what is looked for among those remembered."""

    kept: tuple[int, ...] = ()
    sought: tuple[int, ...] = ()


class Likeness(NamedTuple):
    """The part of the picture that is the same, and the part in which something else stands there now."""

    share: float
    changed: float


class Spots(NamedTuple):
    points: Array
    sizes: Array
    surroundings: Array


_sift = cv2.SIFT.create(contrastThreshold=0.01, edgeThreshold=12)
_matcher = cv2.BFMatcher()
# Of the 128 values of a spot, 4 × 4 fields of 8 directions, those of the mirrored spot.
_MIRRORED = np.arange(128).reshape(4, 4, 8)[::-1][:, :, [0, 7, 6, 5, 4, 3, 2, 1]].reshape(-1)
# The old generator: its numbers are the same in every version of NumPy, and the keys in the database hang on them.
_SIGNS = np.random.RandomState(5).choice([-1.0, 1.0], (KEY_BITS, 128)).astype(np.float32)
_MIDDLES = np.array(
    [
        -0.27,
        -0.24,
        0.89,
        -0.27,
        1.19,
        0.08,
        0.15,
        -1.29,
        1.23,
        -0.48,
        -2.08,
        0.28,
        1.40,
        -1.06,
        -0.47,
        1.81,
        -0.59,
        -0.49,
        -0.10,
        -1.78,
        0.12,
        0.07,
        1.27,
        -0.05,
        -0.15,
        0.82,
        -1.41,
        1.01,
    ],
    np.float32,
)
"""Where half of the spots of photos lie above and half below, for each bit."""


def look_of(picture: Image.Image) -> Look:
    grey = _seen(picture)
    spots = _spots(grey)
    strong = spots.surroundings[spots.sizes >= SMALLEST_SPOT][:STRONGEST]
    kept = [_keys(strong)]
    sought = [_keys(strong, probed=True), _keys(strong[:, _MIRRORED], probed=True)]
    if len(strong) < PLAIN_BELOW and grey.std() >= TEXTURE:
        kept.append(_plain_keys(grey))
        sought += [_plain_keys(grey, probed=True), _plain_keys(grey[:, ::-1], probed=True)]
    return Look(_sorted(kept), _sorted(sought))


def compare(later: Image.Image, earlier: Image.Image) -> Likeness | None:
    """How the later picture is the earlier one; None where it is another."""
    one, other = _seen(later), _seen(earlier)
    if any(_is_equal(turned, other) for turned in (one, one[:, ::-1])):
        return Likeness(1.0, 0.0)
    here, there = _spots(one), _spots(other)
    plain, flipped = _pairs(here, there), _pairs(here._replace(surroundings=here.surroundings[:, _MIRRORED]), there)
    if len(flipped) > len(plain):
        width = one.shape[1]
        one = np.ascontiguousarray(one[:, ::-1])
        here = here._replace(points=np.array([width - 1, 0], np.float32) + here.points * np.array([-1, 1], np.float32))
        plain = flipped
    mapping = (
        _mapping(here.points[plain[:, 0]], there.points[plain[:, 1]], other.shape) if len(plain) >= FEWEST else None
    )
    return None if mapping is None else _laid_over(one, other, mapping)


def _seen(picture: Image.Image) -> Array:
    scale = SIDE / max(picture.size)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    return np.asarray(picture.convert("L").resize(size, way))


def _spots(grey: Array) -> Spots:
    """The strongest first. A spot that looks in two directions alike is found once for each: one is enough."""
    by_place: dict[tuple[int, int, int], Any] = {}
    for spot in sorted(_sift.detect(grey, None), key=lambda one: -one.response):
        by_place.setdefault((round(spot.pt[0]), round(spot.pt[1]), round(spot.size)), spot)
    spots = list(by_place.values())[:DETAILS]
    if not spots:
        return Spots(np.zeros((0, 2), np.float32), np.zeros(0, np.float32), np.zeros((0, 128), np.float32))
    kept, surroundings = _sift.compute(grey, spots)
    points = np.array([spot.pt for spot in kept], np.float32)
    return Spots(points, np.array([spot.size for spot in kept], np.float32), surroundings)


def _keys(surroundings: Array, *, probed: bool = False) -> Array:
    """Each bit is a side of a cut through what spots look like; `probed`: also with the least sure bits turned."""
    level = np.sqrt(surroundings / np.maximum(surroundings.sum(1, keepdims=True), 1)) @ _SIGNS.T - _MIDDLES
    return _as_bits(level, LEAST_SURE if probed else 0)


def _plain_keys(grey: Array, *, probed: bool = False) -> Array:
    """The waves of light and dark across the whole; those that are hardly there count as absent."""
    waves = cv2.dct(cv2.resize(grey.astype(np.float32), (32, 32), interpolation=cv2.INTER_AREA))[:5, :5].reshape(-1)
    level = waves[1 : PLAIN_BITS // 2 + 1]
    edges = np.concatenate([level - 60, -level - 60])[None, :]
    return PLAIN_KEY + _as_bits(edges, LEAST_SURE if probed else 0)


def _as_bits(level: Array, turned: int) -> Array:
    bits: Array = 1 << np.arange(level.shape[1], dtype=np.int64)
    keys = (level > 0) @ bits
    unsure = np.argsort(np.abs(level), axis=1)[:, :turned]
    for at in range(turned):
        keys = np.concatenate([keys, keys ^ np.tile(bits[unsure[:, at]], 1 << at)])
    return keys


def _sorted(keys: list[Array]) -> tuple[int, ...]:
    return tuple(np.unique(np.concatenate(keys)).tolist())


def _is_equal(one: Array, other: Array) -> bool:
    """Nowhere farther apart than saving again brings it; of what is blank nobody can tell."""
    a, b = (
        cv2.resize(np.ascontiguousarray(grey), GRID, interpolation=cv2.INTER_AREA).astype(int) for grey in (one, other)
    )
    return bool(a.std() >= TEXTURE and np.abs(a - b).max() <= GREY_STEP)


def _pairs(here: Spots, there: Spots) -> Array:
    """Spots that look alike, and no other does."""
    if len(here.surroundings) < 2 or len(there.surroundings) < 2:  # noqa: PLR2004
        return np.zeros((0, 2), np.int64)
    matches = _matcher.knnMatch(here.surroundings, there.surroundings, k=2)
    alike = [(best.queryIdx, best.trainIdx) for best, second in matches if best.distance < 0.8 * second.distance]
    return np.array(alike, np.int64).reshape(-1, 2)


def _mapping(here: Array, there: Array, shape: tuple[int, ...]) -> Array | None:
    """How the earlier picture lies under the later one, moved, scaled and turned; None where only a camera that has
    moved explains it, or nothing does.
    """
    cv2.setRNGSeed(1)
    affine, fits = cv2.estimateAffine2D(there, here, method=cv2.RANSAC, ransacReprojThreshold=1.5, maxIters=1000)
    if affine is None or fits.sum() < FEWEST:
        return None
    most, least = np.linalg.svd(affine[:, :2])[1]
    if least < 0.3 or most > 3.5 or most > 1.4 * least:  # noqa: PLR2004
        return None
    if fits.sum() >= 30:  # noqa: PLR2004
        bent, bends = cv2.findHomography(there, here, cv2.RANSAC, 1.5)
        if bent is not None and bends.sum() > 1.15 * fits.sum():
            height, width = shape
            corners = np.array([[[width * x, height * y] for x in (0.2, 0.8) for y in (0.2, 0.8)]], np.float32)
            apart = cv2.perspectiveTransform(corners, bent) - cv2.transform(corners, affine)
            if np.abs(apart).max() > STEP_ASIDE:
                return None
    return np.asarray(affine, np.float32)


def _laid_over(one: Array, other: Array, mapping: Array) -> Likeness | None:
    scale = float(np.sqrt(abs(np.linalg.det(mapping[:, :2]))))
    under: Array = other.astype(np.float32)
    if scale < 0.9:  # noqa: PLR2004
        under = cv2.GaussianBlur(under, (0, 0), 0.5 / scale)
    size = one.shape[1], one.shape[0]
    covers: Array = cv2.warpAffine(np.ones_like(under), mapping, size, flags=cv2.INTER_NEAREST)
    under = cv2.warpAffine(under, mapping, size)
    over = float(covers.mean())
    if over < LEAST_LAID_OVER or over * one.size / (scale * scale * other.size) < LEAST_LEFT:
        return None
    upper = one.astype(np.float32)
    share = _share(cv2.GaussianBlur(upper, (0, 0), 1.2), cv2.GaussianBlur(under, (0, 0), 1.2), covers)
    return Likeness(share, _changed(upper, under, covers)) if share >= LEAST_SHARE else None


def _share(upper: Array, under: Array, covers: Array) -> float:
    """The part of the blocks with anything in them that go up and down together."""
    rows, columns = upper.shape[0] // BLOCK, upper.shape[1] // BLOCK

    def blocks(values: Array) -> Array:
        cut = values[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
        return cut.transpose(0, 2, 1, 3).reshape(rows * columns, BLOCK * BLOCK)

    covered = blocks(covers).min(1) > 0
    a, b = (values - values.mean(1, keepdims=True) for values in (blocks(upper)[covered], blocks(under)[covered]))
    textured = np.maximum(a.std(1), b.std(1)) > TEXTURE
    if textured.sum() < FEWEST:
        return 0.0
    a, b = a[textured], b[textured]
    return float(((a * b).mean(1) / (a.std(1) * b.std(1) + 1e-3) > ALIKE).mean())


def _changed(upper: Array, under: Array, covers: Array) -> float:
    """The part that is another thing now. Letters are thin and vanish when the edges of what differs are taken off."""
    inside = cv2.erode(covers, np.ones((9, 9))) > 0
    if not inside.any():
        return 0.0
    a, b = cv2.GaussianBlur(upper, (0, 0), 0.6), cv2.GaussianBlur(under, (0, 0), 0.6)
    slope, offset = np.polyfit(b[inside], a[inside], 1)
    differs = (np.abs(a - (slope * b + offset)) > 15) & inside  # noqa: PLR2004
    return float(cv2.erode(differs.astype(np.uint8), np.ones((7, 7))).sum() / inside.sum())
