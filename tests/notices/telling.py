"""What the tests of notices tell and send."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gezhi.notices.rules.news import About, NewMessage, NewNotice, Words
from tests.fixtures import MONDAY_MORNING

CASE = UUID(int=7)
ABOUT = About(kind="case", id=CASE, no="HC-20260302-000001", area="370902003001007")
PHONE = "13800001234"


def notice(*readers: int, number: int = 1, **changes: Any) -> NewNotice:
    given: dict[str, Any] = {
        "key": f"{CASE}:{number}",
        "readers": readers,
        "kind": "dispatched",
        "about": ABOUT,
        "title": Words("新派遣的案件，请签收", "A new case for your unit"),
        "text": Words("井盖破损 · 石桥街口", "Broken manhole cover · Stone Bridge"),
        "at": MONDAY_MORNING + number,
        **changes,
    }
    return NewNotice(**given)


def message(number: int = 1, **changes: Any) -> NewMessage:
    given: dict[str, Any] = {
        "id": UUID(int=100 + number),
        "key": f"r1:{number}",
        "recipient": UUID(int=9),
        "kind": "dispatched",
        "about": ABOUT,
        "phone": PHONE,
        "text": Words("您反映的问题已派给道路处", "Your report went to the roads office"),
        "at": MONDAY_MORNING + number,
        **changes,
    }
    return NewMessage(**given)
