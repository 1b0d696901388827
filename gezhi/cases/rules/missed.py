"""漏报: to whom a case that was missed is charged, and by which row of the roster."""

from __future__ import annotations

import msgspec


class Missed(msgspec.Struct, frozen=True, omit_defaults=True):
    """漏报: where it was, and by which row of the roster whose beat (a region) from when until when; without a row nobody
    is charged. `entered`: when the row was entered, where that was after the report.
    """

    area: str
    collector: int | None = None
    shift: int | None = None
    post: int | None = None
    beat: str = ""
    starts: int | None = None
    ends: int | None = None
    entered: int | None = None
    withdrawn: bool = False
