"""Leaving (离岗): before somebody or a body goes, what would be left behind is asked for.

Cases and duties stand above people, so `assembly` plugs in who answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gezhi.people.rules.care.plan import CountDuties, FindOpenWork
from gezhi.people.rules.leaving import OpenWork


def _no_work(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:  # noqa: ARG001
    return OpenWork()


def _no_duties(unit_id: int, after: date) -> int:  # noqa: ARG001
    return 0


_find: FindOpenWork = _no_work
_count: CountDuties = _no_duties


def set_open_work(find: FindOpenWork) -> None:
    """Plug in who knows the open work (`assembly` does it once)."""
    global _find  # noqa: PLW0603
    _find = find


def set_duty_count(count: CountDuties) -> None:
    """Plug in who knows the duty table (`assembly` does it once)."""
    global _count  # noqa: PLW0603
    _count = count


def find_open_work(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:
    return _find(collector_id, unit_ids)


def count_duties(unit_id: int, after: date) -> int:
    return _count(unit_id, after)
