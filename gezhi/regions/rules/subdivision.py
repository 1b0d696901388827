"""Borders of streets and communities (街道、社区边界) laid along a network, for a city whose real ones are not open.

The real names and codes are given; where each of them lies is invented, and marked so. Blocks are shared out by
halving: across the longer way, along an arterial road where one is near the fair share, the nearer half to those that
stand first in the list. Shares are counted in blocks, which are small near a centre: so streets there are small, towns
at the fringe large.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec
import numpy as np

from gezhi.regions.rules.blocks import Blocks, Numbers
from gezhi.regions.rules.local_plane import Floats

EVENING = 3
"""Added to every street's number of communities, so that a street with one or two does not become a strip."""


class StreetShare(msgspec.Struct, frozen=True):
    """A street or town (街道、镇、乡) and its communities (社区、村), by code."""

    code: str
    rural: bool
    communities: tuple[str, ...]


class Shares(msgspec.Struct, frozen=True):
    """For every block the place of its street and of its community in the two lists of codes."""

    street_codes: tuple[str, ...]
    community_codes: tuple[str, ...]
    street: Numbers
    community: Numbers


class _Field(msgspec.Struct, frozen=True):
    """What the halving looks at: lattice numbers of each block and how far from a centre it lies."""

    numbers: Floats
    distance: Floats


def share_out(
    blocks: Blocks, streets: tuple[tuple[StreetShare, ...], ...], numbers: Floats, distance: Floats
) -> Shares:
    """Give every block of district k to one street of `streets[k]` and to one of that street's communities."""
    field = _Field(numbers=numbers, distance=distance)
    neighbours = _neighbours(blocks)
    listed = [street for district in streets for street in _inner_first(district)]
    street_of = np.full(len(blocks.shapes), -1)
    start = 0
    for district, shares in enumerate(streets):
        weights = [len(street.communities) + EVENING for street in _inner_first(shares)]
        own = np.flatnonzero(blocks.district == district)
        _halve(field, own, np.arange(start, start + len(shares)), weights, street_of)
        start += len(shares)
    mend_fragments(street_of, blocks.district, neighbours)
    community_of = np.full(len(blocks.shapes), -1)
    start = 0
    for number, street in enumerate(listed):
        own = np.flatnonzero(street_of == number)
        count = len(street.communities)
        _halve(field, own, np.arange(start, start + count), [1] * count, community_of)
        start += count
    mend_fragments(community_of, street_of, neighbours)
    return Shares(
        street_codes=tuple(street.code for street in listed),
        community_codes=tuple(code for street in listed for code in street.communities),
        street=street_of,
        community=community_of,
    )


def _inner_first(streets: tuple[StreetShare, ...]) -> list[StreetShare]:
    """Old urban streets carry the low codes; towns and townships lie at the fringe."""
    return sorted(streets, key=lambda street: (street.rural, street.code))


def _halve(field: _Field, blocks: Numbers, labels: Numbers, weights: list[int], result: Numbers) -> None:
    """Share blocks out to labels by weight, halving both until one label is left."""
    if len(labels) == 1:
        result[blocks] = labels[0]
        return
    total = sum(weights)
    sums = np.cumsum(weights)[:-1]
    first = int(np.argmin(np.abs(sums - total / 2))) + 1
    extent = np.ptp(field.numbers[blocks], axis=0)
    axis = int(extent[1] > extent[0])
    order = blocks[np.lexsort((field.numbers[blocks, 1 - axis], field.numbers[blocks, axis]))]
    half = len(order) // 2
    nearer = field.distance[order[:half]].mean() <= field.distance[order[half:]].mean()
    if not nearer:
        order = order[::-1]
    cut = _best_cut(field.numbers[order, axis], sums[first - 1] / total, len(labels[:first]), len(labels[first:]))
    _halve(field, order[:cut], labels[:first], weights[:first], result)
    _halve(field, order[cut:], labels[first:], weights[first:], result)


def _best_cut(along: Floats, share: float, least: int, rest: int) -> int:
    """Where to cut an ordered row: near the fair share, in a wide gap, best of all along an arterial road."""
    places = np.arange(least, len(along) - rest + 1)
    off = np.abs(places / len(along) - share) / max(min(share, 1 - share), 0.05)
    before, after = along[places - 1], along[np.minimum(places, len(along) - 1)]
    gap = np.abs(after - before)
    arterial = np.floor(before) != np.floor(after)
    return int(places[np.argmin(off - 1.5 * np.minimum(gap, 0.2) - 0.25 * arterial)])


def _neighbours(blocks: Blocks) -> list[dict[int, float]]:
    neighbours: list[dict[int, float]] = [defaultdict(float) for _ in blocks.shapes]
    borders = blocks.borders
    for a, b, length in zip(borders.left.tolist(), borders.right.tolist(), borders.lengths.tolist(), strict=True):
        if a != b:
            neighbours[a][b] += length
            neighbours[b][a] += length
    return neighbours


def mend_fragments(labels: Numbers, parents: Numbers, neighbours: list[dict[int, float]]) -> None:
    """Leave every label in one piece: smaller pieces go to the neighbour under the same parent with most border."""
    for _ in range(6):
        moved = False
        for piece in _smaller_pieces(labels, neighbours):
            common: Counter[int] = Counter()
            for block in piece:
                for other, length in neighbours[block].items():
                    if parents[other] == parents[block] and labels[other] != labels[block]:
                        common[int(labels[other])] += length  # type: ignore[assignment]
            if common:
                labels[piece] = max(common.items(), key=lambda item: (item[1], -item[0]))[0]
                moved = True
        if not moved:
            return


def _smaller_pieces(labels: Numbers, neighbours: list[dict[int, float]]) -> list[list[int]]:
    """All connected pieces of all labels but the largest of each."""
    pieces: dict[int, list[list[int]]] = defaultdict(list)
    names = labels.tolist()
    seen = [False] * len(names)
    for start in range(len(names)):
        if seen[start]:
            continue
        seen[start] = True
        piece = [start]
        for block in piece:
            for other in neighbours[block]:
                if not seen[other] and names[other] == names[start]:
                    seen[other] = True
                    piece.append(other)
        pieces[names[start]].append(piece)
    return [piece for found in pieces.values() for piece in sorted(found, key=len)[:-1]]
