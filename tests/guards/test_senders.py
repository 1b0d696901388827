"""Who reported stays hidden: a name and a phone are planted in every text of a case, then every route is read by every
role, on screen, on paper and in sheets.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.desks.models import ShiftEntry
from gezhi.kernel.permissions import Permission, Role
from gezhi.notices.models import Notice
from gezhi.people.rules.policy import GRANTS
from gezhi.plumbing.clock import system_clock
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Proposed
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.actions.ownerless import Called
from gezhi.telling.actions import tell_since
from tests.cases.city import LITTER, LITTER_ROW, SALT, City
from tests.cases.conftest import _built
from tests.cases.test_api import Browser, desk
from tests.fixtures import FixedClock
from tests.guards.test_routes import PLACE, routes
from tests.supervision.office import DAY, Office

__all__ = ["_built"]

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
PLAIN, SECRET = ("王小明", "13800001234"), ("欧阳铁柱", "13700005678")
READERS = tuple(role for role in Role if role not in {Role.SYSTEM, Role.CHANNEL})
BETWEEN = re.compile(r"[\s\-·•\u200b()（）]+")


def planted(sender: tuple[str, str]) -> str:
    """As people write it: with blanks, full-width digits, a title."""
    name, phone = sender
    wide = phone.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    return f"已电话联系{name[0]}　{name[1:]}（{phone[:3]}-{phone[3:7]} {phone[7:]}，{wide}）"


class Planted:
    """A case whose every text names its sender, and whatever registers tell of it."""

    def __init__(self, city: City, sender: tuple[str, str], *, secret: bool) -> None:
        self.city, self.office, self.said = city, Office(city), planted(sender)
        name, phone = sender
        contact = Sender(
            salt=SALT,
            description=f"我是{name}，{self.said}，井盖破损",
            name=name,
            phone=phone,
            wants_answer=True,
            keep_secret=secret,
        )
        report = city.call(channel="leader", address=f"鹭桥路口，{self.said}", class_key=LITTER, row_key=LITTER_ROW)
        self.id = city.begin(report, city.actor(Role.ACCEPTOR), sender=contact)
        self._work()
        self._registers()

    def _work(self) -> None:
        city, said = self.city, self.said
        do = city.do
        do(self.id, commands.Note(text=said), city.actor(Role.ACCEPTOR))
        city.lead(self.id, Status.REGISTERED)
        do(self.id, commands.MarkUnowned(reason=said), self.office.dispatcher)
        unit = city.unit("990100-works")
        settled = commands.SettleOwner(unit_id=unit, basis=said, reason=said, manner="meeting")
        meeting = Called(title="议题", held_on=TODAY, participants=said, place=said, case_ids=(self.id,))
        self.meeting = actions.call_meeting(meeting, doing=self.office.doing(self.office.dispatcher))
        do(self.id, settled, self.office.dispatcher)
        city.lead(self.id, Status.DISPATCHED)
        self.office.send_back(self.id, said)
        city.lead(self.id, Status.HANDLING)
        handler = self.office.handler(self.id)
        do(self.id, AskExtension(reason=said, reason_code="other", value=1, pictures=(city.picture(),)), handler)
        do(self.id, DecideApplication(granted=False, reason=said), self.office.dispatcher)
        do(self.id, commands.Remind(text=said), self.office.dispatcher)

    def _registers(self) -> None:
        office, said = self.office, self.said
        handler = office.handler(self.id)
        self.order = office.order(self.id, requirement=said)
        actions.reply_to_order(self.order.id, said, (), doing=office.doing(handler))
        wanted = Proposed(unit_id=handler.organisation_id, cause=said, demand=said, case_id=self.id)
        self.entry = actions.propose_entry(wanted, doing=office.doing(office.supervisor))
        listing = Listing(level=2, plan=said, due=self.city.clock() + 9 * DAY, unit_id=handler.organisation_id)
        self.major = actions.list_case(self.id, listing, doing=office.doing(office.supervisor))

    def handed_over(self) -> UUID:
        """A sheet of the acceptors' desk that passes the case on."""
        actor, at, handover = (
            self.city.actor(Role.ACCEPTOR),
            datetime.fromtimestamp(self.city.clock(), UTC),
            self.city.ids(),
        )
        line = {
            "id": str(self.id),
            "no": "1",
            "class_zh": "",
            "class_en": "",
            "address": self.said,
            "due": None,
            "late": False,
        }
        passed = [{"text": self.said, "case_id": str(self.id), "case_no": "1"}]
        sheet: dict[str, Any] = {
            "made": self.city.clock(), "open": 1, "overdue": 0, "taken_over": None, "done": [], "queues": [],
            "late": [line], "supervised": [line], "notes": self.said, "passed_on": passed,
        }  # fmt: skip
        ShiftEntry.objects.create(
            handover_id=handover, seq=1, kind="signed", organisation_id=actor.organisation_id, role=actor.role,
            starts_at=at - timedelta(hours=8), ends_at=at, user_id=actor.user_id, post_id=actor.post_id,
            recorded_at=at, text=self.said, command_id=self.city.ids(), sheet=sheet,
        )  # fmt: skip
        return handover


def words_of(response: Any) -> str:
    """Every word of an answer, as it is compared: folded, without what may stand between."""
    content = response.getvalue() if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind == "application/pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif "spreadsheet" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    elif kind.startswith("image/"):
        return ""
    else:
        text = content.decode()
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def named_in(text: str) -> set[str]:
    return {word for word in (*PLAIN, *SECRET) if word in text}


def filled(path: str, ids: dict[str, UUID]) -> str:
    others = {"kind": "extension"}
    return PLACE.sub(lambda place: str(ids.get(place[1], others.get(place[1], 1))), path)


def addresses(plain: Planted, secret: Planted, handover: UUID) -> Iterator[str]:
    """Every address that can be read, filled in for both cases; lists with every kind and search."""
    for method, path, _ in routes():
        if method != "GET" or path.startswith(("/session", "/calendars", "/geo", "/tiles")):
            continue
        for one in (plain, secret):
            ids = {"case_id": one.id, "order_id": one.order.id, "entry_id": one.entry.id, "major_id": one.major.id,
                   "meeting_id": one.meeting.id, "handover_id": handover}  # fmt: skip
            yield filled(path, ids)
    yield from (f"/cases?q={word}" for word in (*PLAIN, *SECRET))
    yield "/cases/map?bbox=-180,-90,180,90&zoom=18"
    yield "/cases/changes?cursor=0"


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return City(FixedClock(system_clock() - 7_200))


def test_a_sender_is_named_nowhere_to_whom_it_may_not_be_told(now_city: City) -> None:
    plain, secret = Planted(now_city, PLAIN, secret=False), Planted(now_city, SECRET, secret=True)
    handover = plain.handed_over()
    tell_since(0, clock=now_city.clock, ids=now_city.ids)
    asked = sorted(set(addresses(plain, secret, handover)))
    seen, wrong = set[str](), list[tuple[str, str, set[str]]]()
    for role in READERS:
        known = set(PLAIN) if Permission.REPORTERS_READ in GRANTS[role] else set[str]()
        people = now_city.people(role)[:1]
        if role is Role.HANDLER:
            people = [plain.office.handler(plain.id)]
        browser = Browser().sign_in(people[0])
        for path in asked:
            response = browser.call("GET", path)
            assert response.status_code < 500, (role, path)
            if response.status_code == 200:
                seen.add(path)
                named = named_in(words_of(response)) - known
                wrong += [(role.value, path, named)] if named else []
    assert wrong == []
    assert not {
        word
        for notice in Notice.objects.all()
        for word in named_in(BETWEEN.sub("", unicodedata.normalize("NFKC", notice.text_zh)))
    }
    assert len(seen) > 60
    told = words_of(desk(now_city, Role.ACCEPTOR).call("GET", f"/cases/{plain.id}"))
    assert named_in(told) == set(PLAIN)  # what was planted is there to be seen by whoever may
