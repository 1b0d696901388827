"""数据更新 on the real database: the board, surveys, keepers and their reminders."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from gezhi.kernel.permissions import Role
from gezhi.notices.models import Notice
from gezhi.people.queries import day_of
from gezhi.upkeep.actions import remind_keepers
from gezhi.upkeep.models import UpkeepEntry
from gezhi.upkeep.queries import Register, list_registers
from gezhi.upkeep.rules.datasets import Dataset
from tests.cases.city import City
from tests.cases.conftest import _built
from tests.cases.test_api import Browser, desk, now_city, refused
from tests.fixtures import StatementCount

__all__ = ["_built", "now_city"]


@pytest.fixture
def keeper(now_city: City) -> Browser:
    return desk(now_city, Role.ADMINISTRATOR)


def register(dataset: Dataset, today: date) -> Register:
    return next(row for row in list_registers(today=today) if row.dataset is dataset)


def sent(path: str, browser: Browser, body: dict[str, Any]) -> dict[str, Any]:
    answer = browser.send(path, body)
    assert answer.status_code == 200, answer.content
    return {row["dataset"]: row for row in answer.json()["items"]}


def test_the_board_tells_of_every_register_at_the_same_statements(
    now_city: City, keeper: Browser, statement_count: StatementCount
) -> None:
    board = {row["dataset"]: row for row in keeper.call("GET", "/upkeep").json()["items"]}
    assert list(board) == [one.value for one in Dataset]
    assert board["unit-grids"]["currency"] == "never"  # generated ones are no survey
    assert board["duties"]["currency"] in {"current", "soon", "overdue"}
    assert (board["base-map"]["months"], board["calendars"]["by_year"]) == (24, True)
    with statement_count() as counted:
        list_registers(today=day_of(now_city.clock()))
    assert counted.total <= 12


def test_a_survey_makes_a_register_current_from_its_day(now_city: City, keeper: Browser) -> None:
    today = day_of(now_city.clock())
    board = sent(
        "/upkeep/unit-grids/surveys", keeper, {"on": today.isoformat(), "changed": False, "text": "逐格比对，无变化"}
    )
    assert (board["unit-grids"]["currency"], board["unit-grids"]["last_surveyed"]) == ("current", today.isoformat())
    (record,) = keeper.call("GET", "/upkeep/unit-grids/records").json()["items"]
    assert (record["text"], record["changed"], record["on"]) == ("逐格比对，无变化", False, today.isoformat())
    tomorrow = date.fromordinal(today.toordinal() + 1).isoformat()
    bad = {"on": tomorrow, "changed": False, "text": "无变化"}
    assert refused(keeper.send("/upkeep/unit-grids/surveys", bad)) == (422, "upkeep.currency.survey-to-come")
    blank = {"on": today.isoformat(), "changed": False, "text": "　"}
    assert refused(keeper.send("/upkeep/unit-grids/surveys", blank))[0] == 422
    year = {"on": today.isoformat(), "changed": False, "text": "无变化"}
    assert refused(keeper.send("/upkeep/calendars/surveys", year)) == (422, "upkeep.currency.not-surveyed")
    assert UpkeepEntry.objects.count() == 1


def test_what_is_sent_again_is_recorded_once_and_stays(now_city: City, keeper: Browser) -> None:
    body = {"on": day_of(now_city.clock()).isoformat(), "changed": True, "text": "新增两处"}
    key = {"Idempotency-Key": str(uuid4())}
    assert [keeper.send("/upkeep/duties/surveys", body, **key).status_code for _ in range(2)] == [200, 200]
    assert UpkeepEntry.objects.count() == 1
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM upkeep_entry")


def test_who_keeps_a_register_is_reminded_once_a_month_while_it_is_due(now_city: City, keeper: Browser) -> None:
    officer = now_city.actor(Role.SUPERVISOR)
    board = sent("/upkeep/unit-grids/keepers", keeper, {"user_id": officer.user_id})
    assert board["unit-grids"]["keeper"]["id"] == officer.user_id
    assert (
        refused(keeper.send("/upkeep/unit-grids/keepers", {"user_id": 999_999}))[1] == "upkeep.currency.unknown-keeper"
    )
    assert remind_keepers(clock=now_city.clock) > 0
    assert remind_keepers(clock=now_city.clock) == 0
    told = Notice.objects.filter(kind="upkeep")
    mine = told.filter(user_id=officer.user_id)
    assert list(mine.values_list("title_zh", flat=True)) == ["请更新单元网格"]
    assert now_city.actor(Role.ADMINISTRATOR).user_id in set(told.values_list("user_id", flat=True))
    assert register(Dataset.UNIT_GRIDS, day_of(now_city.clock())).keeper is not None


def test_only_administrators_see_the_board(now_city: City) -> None:
    for role in (Role.DISPATCHER, Role.SUPERVISOR):
        assert desk(now_city, role).call("GET", "/upkeep").status_code == 403
