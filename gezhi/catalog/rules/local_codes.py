"""扩展类编号: a city may add classes of its own, never renumber national ones.

New majors from 21 up; new minors inside a national major from 99 downward (2026: from 999 downward [U]); minors inside
a local major from 01 up.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gezhi.catalog.rules.class_key import MAJOR_DIGITS
from gezhi.kernel.problems import Problem

FIRST_LOCAL_MAJOR: Final = 21


class NoCodeLeft(Problem):
    code = "catalog.local-codes.none-left"
    status = 409
    title = "该范围内的扩展编号已用完，无法再增加类别。"
    title_en = "No local number is left in this range: no class can be added."


def is_local_major(major_code: str) -> bool:
    return int(major_code) >= FIRST_LOCAL_MAJOR


def next_major_code(taken: Collection[str]) -> str:
    """The number of the next local major (扩展大类): the first free from 21 up."""
    return _first_free(range(FIRST_LOCAL_MAJOR, 10**MAJOR_DIGITS), taken, MAJOR_DIGITS)


def next_minor_code(major_code: str, taken: Collection[str], *, digits: int) -> str:
    """The number of the next local minor (扩展小类) of a major, national or local."""
    highest = 10**digits - 1
    numbers = range(1, highest + 1) if is_local_major(major_code) else range(highest, 0, -1)
    return _first_free(numbers, taken, digits)


def _first_free(numbers: range, taken: Collection[str], digits: int) -> str:
    codes = (f"{number:0{digits}}" for number in numbers)
    code = next((code for code in codes if code not in taken), None)
    if code is None:
        raise NoCodeLeft
    return code
