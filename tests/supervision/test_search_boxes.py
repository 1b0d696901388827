"""检索框: every box finds what its label promises, in any writing, and no other row, which lies beside the meant one."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

import pytest

from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.searching import initials
from gezhi.people.queries import held_directory
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Proposed
from gezhi.supervision.actions.major import Listing
from tests.cases.city import EAST, ROAD, ROAD_ROW, SALT, City, living_city
from tests.cases.test_senders import WHY
from tests.guards.source import ROOT
from tests.supervision.office import DAY, Office
from tests.supervision.test_access_matrix import _whoever_is_named, asked

pytestmark = pytest.mark.django_db
__all__ = ["_whoever_is_named"]
TEXT: Final = "沿街招牌限期于１２日前拆除100%，编号a_b"
OTHER_TEXT: Final = "路灯不亮"
WORK_LIST: Final = "tests/worklists/test_searches.py"
BOXES: Final[dict[str, str]] = {
    "/api/v1/accountability": __name__,
    "/api/v1/ledgers/{kind}": __name__,
    "/api/v1/major": __name__,
    "/api/v1/ownerless": __name__,
    "/api/v1/sender-openings": __name__,
    "/api/v1/supervision/orders": __name__,
    "/api/v1/duties": "tests/duties/test_proposals_api.py",
    "/api/v1/cases": WORK_LIST,
    "/api/v1/cases/changes": WORK_LIST,
    "/api/v1/cases/map": WORK_LIST,
    "/api/v1/catalog/classes": WORK_LIST,
    "/api/v1/catalog/editions/{edition}/mapping": "tests/catalog/rules/test_mapping.py",
    "/api/v1/dispatching": WORK_LIST,
    "/api/v1/documents": WORK_LIST,
    "/api/v1/documents/search": WORK_LIST,
    "/api/v1/organisations": WORK_LIST,
    "/api/v1/people": WORK_LIST,
    "/api/v1/places": WORK_LIST,
    "/api/v1/roster": "tests/people/test_roster.py",
    "/api/v1/posts": "tests/people/test_care.py",
    "/api/v1/cases/merge-targets": "tests/desks/test_reporting.py",
}


def test_every_box_of_the_interface_has_its_searches() -> None:
    paths = json.loads((ROOT / "openapi.json").read_text("utf-8"))["paths"]
    boxes = {
        path
        for path, item in paths.items()
        for operation in item.values()
        if any(one["name"] == "q" for one in operation.get("parameters", ())) and not path.endswith(".xlsx")
    }
    assert boxes == set(BOXES)


def test_no_query_compares_texts_in_a_way_of_its_own() -> None:
    ways = ("__icontains", "__istartswith", "__iexact", "__contains=text", "ILIKE", "__search", "__iregex")
    found = {
        f"{path.relative_to(ROOT)}: {way}"
        for path in (ROOT / "gezhi").rglob("*.py")
        if "migrations" not in path.parts
        for way in ways
        if way in path.read_text("utf-8")
    }
    assert found == {"gezhi/kernel/searching.py: ILIKE"}


class Shelf:
    """Two rows in a register: of litter at the western cleaning company, and of a road in the east."""

    def __init__(self, city: City) -> None:
        self.office, self.city = Office(city), city
        self.case_id = city.at(Status.HANDLING)
        road = city.reported(city.spot(EAST), class_key=ROAD, row_key=ROAD_ROW, address="鹭桥路口")
        self.other = city.lead(city.begin(road), Status.HANDLING)
        self.no, self.place = city.state(self.case_id).no, city.state(self.case_id).place
        self.unit = held_directory().organisations[self.office.handler(self.case_id).organisation_id].name
        self.row_no, self.others_nos = "", [city.state(self.other).no]

    def both(self, make: Callable[[Any, str], Any]) -> None:
        made = make(self.case_id, TEXT)
        other = make(self.other, OTHER_TEXT)
        self.row_no = getattr(made, "no", "")
        self.others_nos.append(getattr(other, "no", ""))

    def is_shared(self, text: str) -> bool:
        """Whether it ends as a number of the other row does: cases and registers are counted each by themselves."""
        return unicodedata.normalize("NFKC", text)[-4:] in {no[-4:] for no in self.others_nos}

    def order(self) -> None:
        self.both(lambda case_id, text: self.office.order(case_id, requirement=text))

    def entry(self) -> None:
        def propose(case_id: Any, text: str) -> Any:
            doing = self.office.doing(self.office.supervisor)
            unit = self.office.handler(case_id).organisation_id
            return actions.propose_entry(
                Proposed(unit_id=unit, cause=text, demand="整改", case_id=case_id), doing=doing
            )

        self.both(propose)

    def major(self) -> None:
        def listed(case_id: Any, text: str) -> Any:
            unit = self.office.handler(case_id).organisation_id
            listing = Listing(level=1, plan=text, due=self.city.clock() + 9 * DAY, unit_id=unit)
            return actions.list_case(case_id, listing, doing=self.office.doing(self.office.supervisor))

        self.both(listed)

    def application(self) -> None:
        def ask(case_id: Any, text: str) -> None:
            command = AskExtension(reason=text, reason_code="other", value=1, pictures=(self.city.picture(),))
            self.city.do(case_id, command, self.office.handler(case_id))

        self.both(ask)

    def lost(self) -> None:
        self.case_id = self.office.twice_returned()
        self.no, self.place = self.city.state(self.case_id).no, self.city.state(self.case_id).place
        self.unit = held_directory().organisations[self.office.had(self.case_id)[0]].name


def wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def writings_of(no: str) -> set[str]:
    return {
        no,
        no.lower(),
        wide(no),
        no.replace("-", ""),
        no.replace("-", " "),
        no.replace("-", "－"),
        no.rsplit("-", maxsplit=1)[-1],
    }


def of_text(shelf: Shelf) -> set[str]:
    unit = shelf.unit[:2]
    return {
        "沿街招牌",
        "招牌 拆除",
        "12日",
        "１２日",
        "100%",
        "a_b",
        f"招牌 {unit}",
        f"招牌　{shelf.no[-6:]}",
        "%，编号",
    }


def of_unit(shelf: Shelf) -> set[str]:
    return {
        shelf.unit,
        f"{shelf.unit[:2]} {shelf.unit[2:]}",
        initials(shelf.unit)[:4],
        initials(shelf.unit)[:4].upper(),
    }


MAKE: Final[dict[str, Callable[[Shelf], None]]] = {
    "/supervision/orders": Shelf.order,
    "/accountability": Shelf.entry,
    "/major": Shelf.major,
    "/ledgers/extension": Shelf.application,
}


@pytest.fixture
def city(_built: None, db: None) -> City:
    return living_city()


@pytest.mark.parametrize("path", MAKE)
def test_a_register_finds_numbers_texts_classes_and_units_as_they_are_typed(city: City, path: str) -> None:
    shelf = Shelf(city)
    MAKE[path](shelf)
    typed = {*writings_of(shelf.no), *of_text(shelf), *of_unit(shelf), "暴露垃圾", "bllj"}
    typed |= writings_of(shelf.row_no) if shelf.row_no else set()
    typed = {text for text in typed if not shelf.is_shared(text)}
    found = {text: cases_found(city, path, text) for text in sorted(typed)}
    assert {text: ids for text, ids in found.items() if ids != [str(shelf.case_id)]} == {}
    assert len(cases_found(city, path, " ")) == 2
    assert cases_found(city, path, "_ 路灯") == cases_found(city, path, "招牌 路灯") == []


def test_the_board_of_cases_without_owner_finds_number_place_class_and_former_unit(city: City) -> None:
    shelf = Shelf(city)
    shelf.lost()
    found = {
        text: cases_found(city, "/ownerless", text)
        for text in sorted({*writings_of(shelf.no), *of_unit(shelf), shelf.place.address, "bllj"})
    }
    assert {text: ids for text, ids in found.items() if ids != [str(shelf.case_id)]} == {}
    assert cases_found(city, "/ownerless", "%") == cases_found(city, "/ownerless", "_") == []


def test_the_records_of_looks_at_senders_are_found_by_number_and_by_who_looked(city: City) -> None:
    sender = Sender(salt=SALT, description="请保密", name="李四", phone="13900005678", keep_secret=True)
    seats = [city.actor(Role.ACCEPTOR), city.actor(Role.DUTY_OFFICER)]
    cases = [city.begin(city.call(channel="leader"), city.actor(Role.ACCEPTOR), sender=sender) for _ in seats]
    for seat, case_id in zip(seats, cases, strict=True):
        (report,) = asked(seat, f"/cases/{case_id}").json()["reports"]
        assert asked(seat, f"/cases/{case_id}/reports/{report['id']}/opening", WHY).status_code == 200
    name = held_directory().users[seats[0].user_id].name
    auditor = city.actor(Role.ADMINISTRATOR)
    found = {
        text: [row["case_id"] for row in asked(auditor, f"/sender-openings?q={quote(text)}").json()["items"]]
        for text in (*writings_of(city.state(cases[0]).no), name, f"{name[0]} {name[1:]}", initials(name))
    }
    assert {text: ids for text, ids in found.items() if ids != [str(cases[0])]} == {}
    assert asked(auditor, "/sender-openings?q=%25").json()["items"] == []


def cases_found(city: City, path: str, text: str) -> list[str]:
    answer = asked(city.actor(Role.LEADER), f"{path}?limit=50&q={quote(text)}")
    rows = answer.json()["items"]
    return [row["case"]["id"] if "case" in row else row["case_id"] for row in rows]
