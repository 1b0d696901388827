"""Desk shifts (席位班次): who sat at a desk at a moment. A clock that runs out in a pool is charged to that person."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem


class ShiftFacts(msgspec.Struct, frozen=True, order=True):
    """One shift, in epoch seconds; its end does not belong to it."""

    organisation_id: int
    role: Role
    starts_at: int
    ends_at: int
    user_id: int
    post_id: int
    id: int = 0


class EmptyShift(Problem):
    code = "people.shifts.empty"
    status = 422
    title = "班次的结束时间必须晚于开始时间。"
    title_en = "A shift must end after it starts."


class WrongPost(Problem):
    code = "people.shifts.wrong-post"
    status = 422
    title = "值班人员须在该机构担任与席位一致的岗位。"
    title_en = "Who is on shift must hold a post of that desk in that organisation."


class Shifts:
    """All held shifts, found by binary search."""

    def __init__(self, shifts: Iterable[ShiftFacts]) -> None:
        self._desks: dict[tuple[int, Role], list[ShiftFacts]] = defaultdict(list)
        for shift in sorted(shifts):
            self._desks[shift.organisation_id, shift.role].append(shift)
        self._starts = {desk: [shift.starts_at for shift in rows] for desk, rows in self._desks.items()}
        self._longest = {
            desk: max(shift.ends_at - shift.starts_at for shift in rows) for desk, rows in self._desks.items()
        }

    def on_shift(self, organisation_ids: Iterable[int], role: Role, moment: int) -> ShiftFacts | None:
        """Who sat at the first manned desk of these organisations. Where shifts overlap, the later start counts."""
        for organisation_id in organisation_ids:
            desk = organisation_id, role
            starts = self._starts.get(desk)
            if starts is None:
                continue
            rows, earliest = self._desks[desk], moment - self._longest[desk]
            index = bisect_right(starts, moment) - 1
            while index >= 0 and starts[index] > earliest:
                if rows[index].ends_at > moment:
                    return rows[index]
                index -= 1
        return None
