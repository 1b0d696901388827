from __future__ import annotations

from gezhi.supervision.rules.register_number import ORDER, register_number
from tests.cases.world import MONDAY_MORNING


def test_numbers_are_made_to_be_read_aloud() -> None:
    assert register_number(ORDER, at=MONDAY_MORNING, serial=12) == "DB20260302-0012"
    assert register_number(ORDER, at=MONDAY_MORNING, serial=123_456) == "DB20260302-123456"
