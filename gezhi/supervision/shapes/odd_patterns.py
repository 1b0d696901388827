"""异常规律提示 as it goes out."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from gezhi.cases.shapes.faces import CaseOut
from gezhi.supervision.rules.odd_patterns import Of, Pattern


class PatternSpotOut(BaseModel):
    lon: float
    lat: float


class OddityOut(BaseModel):
    """`key`: what the cases behind are asked with. `expected`: how many of the basis others would have had."""

    pattern: Pattern
    subject: int
    key: str
    name: str
    body: str
    with_name: str
    spot: PatternSpotOut | None
    count: int
    basis: int
    expected: float


class PatternThresholdOut(BaseModel):
    pattern: Pattern
    basis: int
    count: int
    times: float
    minutes: int


class OddPatternsOut(BaseModel):
    """`thresholds`: from where on something is shown; `is_more`: only those that stand out most are listed."""

    of: Of
    since: datetime
    until: datetime
    items: list[OddityOut]
    is_more: bool
    thresholds: list[PatternThresholdOut]


class CasesBehindOut(BaseModel):
    items: list[CaseOut]
    next_cursor: str | None
