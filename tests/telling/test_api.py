"""告知记录 on the case page: what each reporter was told, when, and whether it went out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Sender
from gezhi.kernel.permissions import Role
from gezhi.notices.gateways import FileGateway
from gezhi.notices.jobs import send_waiting
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.telling.actions import tell_entries
from tests.cases.city import PASSWORD, SALT, City
from tests.fixtures import ApiClient, FixedClock

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return City(FixedClock(system_clock()))


@pytest.fixture
def case_id(now_city: City) -> UUID:
    """Two callers about one thing, one of whom can be reached; the file gateway has taken what was to be told."""
    case_id = now_city.begin(now_city.call(), now_city.actor(Role.ACCEPTOR))
    more = commands.AddReport(report_id=str(now_city.ids()), channel="web")
    silent = Sender(salt=SALT, description="还在", name="赵六")
    now_city.do(case_id, more, now_city.actor(Role.ACCEPTOR), sender=silent)
    tell_entries(case_id, 1, 2, ids=now_city.ids)
    return case_id


def get_told(api: ApiClient, city: City, case_id: UUID, role: Role, **where: str) -> tuple[int, list[dict[str, Any]]]:
    username = held_directory().users[city.actor(role, **where).user_id].username
    api.call("POST", "/session", {"username": username, "password": PASSWORD})
    response = api.call("GET", f"/cases/{case_id}/told")
    return response.status_code, response.json().get("items", [])


def test_each_report_is_listed_with_what_its_sender_was_told(
    api: ApiClient, now_city: City, case_id: UUID, tmp_path: Path
) -> None:
    _, (first, second) = get_told(api, now_city, case_id, Role.ACCEPTOR)
    assert (first["reachable"], second["reachable"], second["told"]) == (True, False, [])
    (waiting,) = first["told"]
    assert (waiting["kind"], waiting["state"], waiting["sent_at"]) == ("reported", "waiting", None)
    assert waiting["text"]["zh"].startswith("您反映的问题我们收到了，编号 YT-")
    assert waiting["text"]["en"].startswith("We have received your report, number YT-")
    send_waiting(FileGateway(tmp_path / "told.jsonl"), clock=now_city.clock)
    _, (first, _) = get_told(api, now_city, case_id, Role.ACCEPTOR)
    (sent,) = first["told"]
    assert (sent["state"], sent["erased"]) == ("sent", False)
    assert sent["sent_at"] is not None


@pytest.mark.parametrize(("role", "phone"), [(Role.ACCEPTOR, "13800001234"), (Role.DISPATCHER, "138******34")])
def test_who_the_reporter_is_stays_masked_for_who_may_not_know(
    api: ApiClient, now_city: City, case_id: UUID, role: Role, phone: str
) -> None:
    _, (first, _) = get_told(api, now_city, case_id, role)
    assert first["report"]["phone"] == phone


def test_a_case_outside_the_scope_is_not_found(api: ApiClient, now_city: City, case_id: UUID) -> None:
    assert get_told(api, now_city, case_id, Role.HANDLER)[0] == 404
