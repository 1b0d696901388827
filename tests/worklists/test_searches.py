"""检索: what people type into the boxes, as they type it, finds what they mean among the first three."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.models import SenderOpening
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Sender
from gezhi.catalog.queries import find_class_keys
from gezhi.documents import queries as documents
from gezhi.documents.actions import Setting, install_documents
from gezhi.kernel.permissions import Role
from gezhi.kernel.searching import initials
from gezhi.people.queries import PeopleFilter, held_directory, list_organisations, list_people
from gezhi.plumbing.clock import system_clock
from gezhi.regions.queries import search_places
from gezhi.worklists.queries.meaning import meanings_of
from gezhi.worklists.queries.worklist import Filters, list_cases
from tests.cases.city import EAST, LITTER, LITTER_ROW, ROAD, ROAD_ROW, SALT, City, living_city
from tests.cases.test_api import desk

FIRST = 3
SEARCHES = list(csv.DictReader((Path(__file__).parent / "searches.csv").read_text("utf-8").splitlines()))
PLACES = {
    "tables": "鹭桥路口",
    "asphalt": "云汀大道18号院门前",
    "half_width": "书院门７号",
    "crossing": "淮河路与京广路交叉口向北50米",
    "handled": "石板巷口",
    "lake": "码头广场灯柱",
    "percent": "优惠100%招牌下",
    "underscore": "配电箱a_b旁c\\d处",
}
WORDS = {
    "tables": "门口有一堆旧桌椅没人收",
    "asphalt": "沥青洒了一地，路面塌陷",
    "lake": "灯柱旁道路破损",  # its class is another
}


class Searched:
    """Cases, each of which is meant by some searches, among others that are not; and the boxes."""

    def __init__(self, city: City) -> None:
        self.city, self.cases = city, dict[str, UUID]()
        self.asks = city.actor(Role.ACCEPTOR)
        for name, place in PLACES.items():
            self.cases[name] = self._begun(name, place)
        for at in range(8):
            city.begin(city.reported(address=f"米市社区{at + 3}号楼下"), city.collector("990102001"))
        city.do(self.cases["handled"], commands.Accept(class_key=LITTER, row_key=LITTER_ROW), self.asks)
        city.do(self.cases["handled"], commands.Register(), city.actor(Role.DUTY_OFFICER))
        unit = city.unit("990100-cleaning-west")
        city.do(self.cases["handled"], commands.Dispatch(unit_id=unit, reason="就近"), city.actor(Role.DISPATCHER))
        install_documents(self._setting(), ids=city.ids)

    @property
    def on(self) -> date:
        return day_of(self.city.clock())

    def _begun(self, name: str, place: str) -> UUID:
        row = (ROAD, ROAD_ROW) if name == "asphalt" else (LITTER, LITTER_ROW)
        spot = self.city.spot(EAST) if name == "lake" else self.city.spot()
        words = WORDS.get(name, "路边不整洁")
        sender = Sender(salt=SALT, description=words, name="王小明", phone="13800001234", wants_answer=True)
        if name == "handled":
            return self.city.begin(self.city.reported(spot, address=place), self.city.collector(), sender=sender)
        called = self.city.call(spot, address=place, class_key=row[0], row_key=row[1], pictures=(self.city.picture(),))
        return self.city.begin(called, self.asks, sender=sender)

    def _setting(self) -> Setting:
        return Setting(
            city="云汀市",
            editions=("2026",),
            area="9901",
            valid_from=date(2026, 1, 5),
            draft_from=date(2026, 12, 1),
            approved_at=self.city.clock(),
            author=self.city.actor(Role.SUPERVISOR),
            approver=self.city.actor(Role.LEADER),
        )

    def typed(self, text: str) -> str:
        collector = held_directory().users[self.city.collector().user_id].name
        text = (
            text.replace("{collector}", collector)
            .replace("{collector_initials}", initials(collector))
            .replace("{collector_blank}", f"{collector[0]} {collector[1:]}")
        )
        for name, case_id in self.cases.items():
            no = self.city.state(case_id).no
            digits = no.replace("-", "")
            writings = {
                "no": no,
                "digits": digits,
                "serial": no[-6:],
                "wide": "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in no[-6:]),
                "wide_hyphens": no.replace("-", "－"),
                "blanks": no.replace("-", " "),
                "tail": digits[-10:],
            }
            for writing, value in writings.items():
                text = text.replace(f"{{{name}.{writing}}}", value)
        return text

    def cases_found(self, text: str) -> Sequence[object]:
        filters = Filters(meant=meanings_of(text, self.asks, on=self.on))
        rows = list_cases(filters, self.asks, now=self.city.clock(), sort="newest", after=None, limit=FIRST)
        names = {case_id: name for name, case_id in self.cases.items()}
        return [names.get(row.id) for row in rows]

    def found(self, box: str, text: str) -> Sequence[object]:
        viewer = documents.viewer_of(self.asks)
        boxes: dict[str, Callable[[], Sequence[object]]] = {
            "cases": lambda: self.cases_found(text),
            "classes": lambda: find_class_keys(text, on=self.on),
            "units": lambda: [one.name for one in list_organisations(text=text, on=self.on, limit=FIRST)],
            "people": lambda: [one.name for one in list_people(PeopleFilter(text=text), on=self.on, limit=FIRST)],
            "places": lambda: [one.name for one in search_places(text, on=self.on, limit=FIRST)],
            "documents": lambda: [
                one.document.title
                for one in documents.list_documents(
                    documents.DocumentFilter(text=text), viewer, on=self.on, limit=FIRST
                )
            ],
            "clauses": lambda: [
                part
                for hit in documents.search_clauses(text, viewer, on=self.on, limit=FIRST)
                for part in (hit.clause.label, hit.clause.version.document.title)
            ],
        }
        most = FIRST * 2 if box == "clauses" else FIRST
        return boxes[box]()[:most]


def test_whatever_is_typed_is_found_among_the_first_three(city: City) -> None:
    searched = Searched(city)
    missed = [
        f"{one['box']} {text!r}: {found}"
        for one in SEARCHES
        if searched.typed(one["meant"])
        not in (found := searched.found(one["box"], text := searched.typed(one["typed"])))
    ]
    assert not missed, "\n".join(missed)
    assert len(SEARCHES) >= 60


def test_a_wildcard_of_the_database_is_a_sign_like_any_other(city: City) -> None:
    searched = Searched(city)
    for sign, meant in (("%", {"percent"}), ("_", {"underscore"}), ("\\", {"underscore"}), ("\u200b%", {"percent"})):
        assert set(searched.cases_found(sign)) == meant
    assert searched.found("units", "%") == []


def test_what_a_citizen_gives_away_in_a_description_is_found_by_nobody(city: City) -> None:
    searched = Searched(city)
    sender = Sender(salt=SALT, description="我叫李大强，电话13955556666，门前积水", name="", phone="", keep_secret=True)
    case_id = city.begin(city.call(address="芦花村口"), searched.asks, sender=sender)
    dispatcher = city.actor(Role.DISPATCHER)

    def found(text: str) -> bool:
        filters = Filters(meant=meanings_of(text, dispatcher, on=searched.on))
        rows = list_cases(filters, dispatcher, now=city.clock(), sort="newest", after=None, limit=50)
        return case_id in {row.id for row in rows}

    assert found("积水")
    assert [text for text in ("李大强", "大强", "13955556666", "5555", "139 5555") if found(text)] == []


TODAY = day_of(system_clock())


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def test_a_caller_is_found_by_the_number_by_whoever_may_read_it_and_each_look_is_on_record(now_city: City) -> None:
    case_id = now_city.begin(now_city.call(class_key=LITTER, row_key=LITTER_ROW), now_city.actor(Role.ACCEPTOR))
    seat, other = desk(now_city, Role.ACCEPTOR), desk(now_city, Role.DISPATCHER)
    for typed in ("13800001234", "138 0000 1234", "%2B86138-0000-1234", "１３８００００１２３４"):
        assert [one["id"] for one in seat.call("GET", f"/cases?q={typed}").json()["items"]] == [str(case_id)]
        assert other.call("GET", f"/cases?q={typed}").json()["items"] == []
    (look,) = SenderOpening.objects.all()
    assert (look.case_id, look.reason, look.words) == (case_id, "search", "138******34")
    assert seat.call("GET", "/cases?q=13900000000").json()["items"] == []
    assert sorted(row.case_no for row in SenderOpening.objects.all()) == ["", now_city.state(case_id).no]


def test_a_search_by_number_opens_no_sender(now_city: City) -> None:
    sender = Sender(salt=SALT, description="垃圾", name="李四", phone="13900005678", keep_secret=True)
    report = now_city.call(channel="leader", class_key=LITTER, row_key=LITTER_ROW)
    case_id = now_city.begin(report, now_city.actor(Role.ACCEPTOR), sender=sender)
    seat = desk(now_city, Role.ACCEPTOR)
    assert len(seat.call("GET", "/cases?q=13900005678").json()["items"]) == 1
    (shown,) = seat.call("GET", f"/cases/{case_id}").json()["reports"]
    assert (shown["sender"], shown["phone"]) == ("李**", "139******78")
