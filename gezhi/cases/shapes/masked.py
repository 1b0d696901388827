"""隐去举报人: a finished shape about a case, with its senders' names and numbers hidden in every text of it.

Done to the whole shape, so that a field that is added tomorrow hides them too. Names out of registers stay.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from gezhi.cases.shapes.schemas import ActorOut, RegionNamesOut
from gezhi.catalog.shapes import ClassOut, StandardOut
from gezhi.kernel.masking import Masking
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import PictureOut, WordOut

T = TypeVar("T")
OF_REGISTERS = (ActorOut, ClassOut, PictureOut, RegionNamesOut, StandardOut, UnitOut, WordOut)


def masked(shape: T, masking: Masking) -> T:
    """The same shape where nothing is hidden from this reader."""
    return _masked(shape, masking) if masking.hides else shape


def _masked(value: Any, masking: Masking) -> Any:
    match value:
        case Enum():
            return value
        case str():
            return masking.said(value)
        case BaseModel() if not isinstance(value, OF_REGISTERS):
            changed = {name: _masked(one, masking) for name, one in value.__dict__.items()}
            return value.model_copy(update=changed)
        case dict():
            return {name: _masked(one, masking) for name, one in value.items()}
        case list() | tuple():
            return type(value)(_masked(one, masking) for one in value)
        case _:
            return value
