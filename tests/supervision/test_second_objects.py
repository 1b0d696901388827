"""What an act names beside its own register: cases and units of another area are refused as if they did not exist."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Scope
from gezhi.kernel.problems import Problem
from gezhi.supervision import actions
from gezhi.supervision.actions import Doing
from gezhi.supervision.actions.accountability import Proposed
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.actions.orders import Asked
from gezhi.supervision.actions.ownerless import Called, Decided
from tests.cases.city import EAST, WEST, City
from tests.supervision.office import DAY, Office

ROOT = Path(__file__).resolve().parents[2]
EAST_SPOT, EAST_OFFICE = "990102001", "990102001-office"
Act = Callable[[Office, UUID, int, Doing], Any]

ACTS: dict[str, Act] = {
    "order a case": lambda _, case, unit, doing: actions.order_supervision(
        case, Asked(level=1, requirement="清理", unit_id=unit), doing=doing
    ),
    "list a case as major": lambda office, case, unit, doing: actions.list_case(
        case, Listing(level=1, plan="抢修", due=office.city.clock() + DAY, unit_id=unit), doing=doing
    ),
    "hold to account for a case": lambda _, case, unit, doing: actions.propose_entry(
        Proposed(unit_id=unit, cause="拖延", demand="整改", case_id=case), doing=doing
    ),
    "hold a unit to account": lambda office, _, __, doing: actions.propose_entry(
        Proposed(unit_id=office.city.unit(EAST_OFFICE), cause="拖延", demand="整改"), doing=doing
    ),
    "settle an owner": lambda _, case, unit, doing: actions.settle_owner(
        case, Decided(manner="government", unit_id=unit, reason="属地", basis="纪要"), doing=doing
    ),
    "call a meeting on it": lambda office, case, _, doing: actions.call_meeting(
        Called(title="会议", held_on=date(2026, 3, 3), participants="各方", case_ids=(case,)),
        doing=Doing(
            actor=msgspec.structs.replace(office.dispatcher, scope=doing.actor.scope),
            key=doing.key,
            clock=doing.clock,
            ids=doing.ids,
        ),
    ),
}


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.mark.parametrize("act", ACTS)
def test_a_case_or_unit_of_another_area_is_as_if_it_did_not_exist(office: Office, act: str) -> None:
    case_id = office.city.lead(office.city.begin(office.city.reported(office.city.spot(EAST_SPOT))), Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    doing = office.doing(msgspec.structs.replace(office.supervisor, scope=Scope(regions=(WEST,))))
    with pytest.raises(Problem, match=r"kernel\.not-found"):
        ACTS[act](office, case_id, unit, doing)


UNITS: dict[str, str] = {
    "order a case": "supervision.orders.unit-has-no-part",
    "list a case as major": "supervision.major-register.leader-has-no-part",
    "hold to account for a case": "supervision.accountability.unit-took-no-part",
}


@pytest.mark.parametrize("act", UNITS)
def test_a_unit_without_part_in_the_case_is_refused(office: Office, act: str) -> None:
    case_id, stranger = office.city.at(Status.HANDLING), office.city.unit(EAST_OFFICE)
    with pytest.raises(Problem) as refusal:
        ACTS[act](office, case_id, stranger, office.doing(office.supervisor))
    assert (refusal.value.code, refusal.value.field) == (UNITS[act], "unit_id")
    assert EAST in EAST_OFFICE


NAMES_SOMETHING = re.compile(
    r"(_ids?|_nos?|_keys?|_code)$"
    r"|^(ids?|cases|into|helpers|pictures|after|regions|area|classes|links|must_read|anew_of|unit|to)$"
)
HERE, CASES = "this page", "tests/cases/rules/test_second_objects.py"
CHECKED_BY: dict[str, str] = {
    "row_id": "tests/successions/rules/test_row_shares.py",
    "successor_id": "tests/people/rules/test_check_succession.py",
    "after": CASES,
    "anew_of": "tests/duties/test_proposals.py",
    "appointment_id": "tests/people/rules/care/test_people.py",
    "area": "tests/documents/test_actions.py",
    "area_code": "tests/duties/test_proposals.py",
    "case_id": HERE,
    "case_ids": HERE,
    "case_no": "words beside case_id",
    "case_nos": "a list orders only what its scope sees",
    "cases": "tests/cases/test_second_objects.py",
    "class_key": "public",
    "classes": "public",
    "collector_id": CASES,
    "deed_id": "tests/people/rules/care/test_undo.py",
    "form_no": "words of the signed form",
    "helpers": CASES,
    "id": "tests/cases/test_second_objects.py",
    "ids": "tests/papers/test_papers.py, tests/notices/test_api.py",
    "into": CASES,
    "issue_no": "the number of the document itself",
    "leave_id": "tests/people/rules/care/test_people.py",
    "links": "classes, which are public",
    "must_read": "roles, which are public",
    "organisation_id": "tests/people/rules/care/test_bodies.py",
    "parent_id": "tests/people/rules/care/test_bodies.py",
    "pictures": CASES,
    "post_id": "tests/people/test_api.py",
    "reason_code": "a word of the city's list, checked by the command",
    "region_code": "tests/people/rules/care/test_bodies.py",
    "regions": "tests/supervision/test_automatic.py",
    "row_key": "public",
    "sender_no": "words of the sender",
    "subject_key": "public",
    "to": "words",
    "unit": "of time",
    "unit_id": HERE,
    "user_id": "tests/people/test_directory_api.py",
}


def bodies() -> set[str]:
    """Names of all fields that a request may bring in its body."""
    described = json.loads((ROOT / "openapi.json").read_text())
    found: set[str] = set()
    waiting = [
        content["schema"]
        for path in described["paths"].values()
        for operation in path.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    seen: set[str] = set()
    while waiting:
        schema = waiting.pop()
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        if name and name not in seen:
            seen.add(name)
            waiting.append(described["components"]["schemas"][name])
        found |= set(schema.get("properties", ()))
        waiting += [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), *schema.get("oneOf", ())]
        waiting += [schema["items"]] if "items" in schema else []
    return found


def test_every_field_of_a_request_that_names_something_is_checked_somewhere() -> None:
    assert {name for name in bodies() if NAMES_SOMETHING.search(name)} == set(CHECKED_BY)
    pages = {page for where in CHECKED_BY.values() for page in where.split(", ") if page.startswith("tests/")}
    assert [page for page in pages if not (ROOT / page).exists()] == []
