"""How a sender can be reached: read when it is entered, and kept in one writing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from gezhi.cases.models import SentReport
from gezhi.cases.queries.case_page import list_entries
from gezhi.kernel.permissions import Role
from tests.cases.city import City, living_city
from tests.cases.test_api import desk, phoned, report_of


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


@pytest.mark.parametrize(
    ("typed", "kept", "reachable"),
    [
        ("１３８００００１２３４", "13800001234", True),
        ("+86 138-0000-1234", "13800001234", True),
        ("（0371）67180000转8012", "0371-67180000转8012", False),
    ],
)
def test_a_phone_is_kept_as_one_number_and_only_a_mobile_is_texted(
    now_city: City, typed: str, kept: str, reachable: bool
) -> None:
    taken = desk(now_city, Role.ACCEPTOR).send("/cases", report_of(now_city, **phoned(typed))).json()
    assert SentReport.objects.get(case_id=taken["id"]).phone == kept
    (entry,) = list_entries(UUID(taken["id"]))
    assert entry.step.report is not None
    assert entry.step.report.reachable is reachable


def test_a_seat_is_told_at_once_what_a_number_is(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)

    def told(phone: str) -> tuple[Any, Any, bool]:
        answer = seat.send("/cases/words", {"description": "路灯不亮", "phone": phone}).json()
        return answer["number"], answer["reach"], answer["unread"] is not None

    assert told("138 0000 1234") == ("13800001234", "text", False)
    assert told("0371-67180000转8012") == ("0371-67180000转8012", "call", False)
    assert told("不详") == (None, None, True)
    assert told("") == (None, None, False)
