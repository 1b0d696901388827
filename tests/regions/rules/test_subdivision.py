import numpy as np
import pytest

from gezhi.regions.rules.subdivision import mend_fragments

STRIP = [{1: 10.0}, {0: 10.0, 2: 10.0}, {1: 10.0, 3: 4.0}, {2: 4.0, 4: 10.0}, {3: 10.0}]
"""Five blocks in a row; the border between the third and the fourth is the shortest."""
FORK = [{1: 2.0, 2: 9.0}, {0: 2.0, 2: 1.0}, {0: 9.0, 1: 1.0}, {4: 3.0}, {3: 3.0}]
"""The first block lies between the second and the third, and has more border with the third."""
EVEN = [{1: 9.0, 2: 9.0}, {0: 9.0}, {0: 9.0}, {4: 3.0}, {3: 3.0}]


@pytest.mark.parametrize(
    ("labels", "parents", "neighbours", "mended"),
    [
        ([7, 7, 7, 8, 8], [0] * 5, STRIP, [7, 7, 7, 8, 8]),
        ([7, 7, 8, 7, 8], [0] * 5, STRIP, [7, 7, 7, 8, 8]),
        ([8, 7, 8, 8, 8], [0] * 5, STRIP, [7, 7, 8, 8, 8]),
        ([7, 8, 9, 7, 7], [0] * 5, STRIP, [8, 8, 9, 7, 7]),
        ([7, 8, 8, 7, 7], [0, 1, 1, 1, 1], STRIP, [7, 8, 8, 7, 7]),
        ([1, 5, 6, 1, 1], [0] * 5, FORK, [6, 5, 6, 1, 1]),
        ([1, 6, 5, 1, 1], [0] * 5, EVEN, [5, 6, 5, 1, 1]),
        ([1, 5, 6, 1, 1], [0, 0, 1, 0, 0], FORK, [5, 5, 6, 1, 1]),
    ],
    ids=[
        "whole already",
        "the later of two equal pieces is the whole, each fragment goes where it touches",
        "a fragment at the end goes to its only neighbour",
        "the smaller piece goes, the larger stays",
        "nothing crosses to another parent",
        "the longest border decides",
        "of two equal borders the one with the smaller label",
        "a longer border with another parent does not count",
    ],
)
def test_every_label_ends_in_one_piece_under_its_parent(
    labels: list[int], parents: list[int], neighbours: list[dict[int, float]], mended: list[int]
) -> None:
    given = np.array(labels)
    mend_fragments(given, np.array(parents), neighbours)
    assert given.tolist() == mended
