"""Region codes (区划代码) as prefixes: a code covers every code that begins with its significant digits.

GB/T 2260 and GB/T 10114: province 2, city 4, county 6, street 9, community 12, unit grid 15 digits; the short ones are
filled up with zeros.
"""

from __future__ import annotations

from collections.abc import Iterable

WHOLE_NODE = ""
_LEVELS = ((12, "000", 9), (9, "000", 6), (6, "00", 4), (4, "00", 2))


def region_prefix(code: str) -> str:
    """The significant digits: 410100 → 4101, 410105003000 → 410105003; the empty code is the whole node."""
    for length, filler, shorter in _LEVELS:
        if len(code) == length and code.endswith(filler):
            code = code[:shorter]
    return code


def is_whole(node: str, regions: Iterable[str]) -> bool:
    """Whether somebody with these regions answers for all that an installation serves."""
    return any(region_prefix(node).startswith(region) for region in regions)


def covers(region_code: str, place_code: str) -> bool:
    """Whether a place lies in a region. Surprising: the empty place lies nowhere but in the whole node."""
    return place_code.startswith(region_prefix(region_code))
