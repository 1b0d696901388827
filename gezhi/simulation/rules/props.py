"""道具: what the actors of one case have at hand when they give a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.simulation.rules.texts import Words


class Props(msgspec.Struct, frozen=True, kw_only=True):
    """`picture(solved)` takes a new one; units and collectors are ids."""

    case: int
    words: Words
    picture: Callable[[bool], str]
    class_key: str
    row_key: str | None
    class_name: str
    unit_name: str = ""
    unit: int | None = None
    other_unit: int | None = None
    fallback_unit: int | None = None
    crew: int | None = None
    collectors: Sequence[int] = ()
    rostered: Sequence[int] = ()
    twin: str = ""
    matrix: Mapping[ApplicationKind, ApprovalRow] = MATRIX
