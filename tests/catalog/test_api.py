from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.kernel.permissions import Actor, Permission, Role, Scope

ACTOR = Actor(user_id=1, post_id=1, role=Role.ACCEPTOR, organisation_id=1, scope=Scope())
Installed = Callable[..., None]


@pytest.fixture(autouse=True)
def asked() -> Iterator[list[Permission]]:
    """The permissions that were asked for; all are granted."""
    from gezhi.plumbing import doors

    permissions: list[Permission] = []

    def authority(request: HttpRequest, permission: Permission) -> Actor:
        permissions.append(permission)
        return ACTOR

    before = doors._authority
    doors.set_authority(authority)
    yield permissions
    doors.set_authority(before)


def test_classes_of_the_edition_in_force_are_searched(api: Any, installed: Installed, asked: list[Permission]) -> None:
    installed("2013", "2026")
    answer = api.call("GET", "/catalog/classes?q=路灯&kind=part").json()
    assert [item["key"] for item in answer["items"]] == ["2013-part-0137", "2013-part-0106"]
    assert answer["items"][0] == {
        "key": "2013-part-0137",
        "edition": "2013",
        "kind": "part",
        "code": "0137",
        "name": {"zh": "路灯", "en": "Street light"},
        "major_code": "01",
        "major_name": {"zh": "公用设施", "en": "Public utilities"},
        "local": False,
        "confidence": "sourced",
    }
    assert answer["next_cursor"] is None
    assert asked == [Permission.CATALOG_READ]


def test_another_edition_can_be_searched_by_name(api: Any, installed: Installed) -> None:
    installed("2013", "2026")
    answer = api.call("GET", "/catalog/classes?q=共享单车&edition=2026").json()
    assert [item["key"] for item in answer["items"]] == ["2026-matter-09011"]


def test_pages_follow_each_other_without_loss(api: Any, installed: Installed) -> None:
    installed("2013")
    keys: list[str] = []
    cursor: str | None = ""
    pages = 0
    while cursor is not None:
        answer = api.call("GET", f"/catalog/classes?limit=80{f'&cursor={cursor}' if cursor else ''}").json()
        keys += [item["key"] for item in answer["items"]]
        cursor, pages = answer["next_cursor"], pages + 1
    assert (len(keys), len(set(keys)), pages) == (196, 196, 3)


def test_a_class_comes_with_its_rows_limits_and_checklist(api: Any, installed: Installed) -> None:
    from gezhi.catalog import actions

    installed("2013")
    actions.put_level_limit_in_force("2013-part-0101-2", "A", Limit(2, Unit.WORK_HOUR), valid_from=date(2026, 1, 1))
    answer = api.call("GET", "/catalog/classes/2013-part-0101").json()
    assert answer["name"]["zh"] == "上水井盖"
    assert [one["key"] for one in answer["rows"]] == [f"2013-part-0101-{seq}" for seq in (1, 2, 3, 4)]
    assert answer["rows"][1] == {
        "key": "2013-part-0101-2",
        "condition": {"zh": "破损，面积逾 25 平方厘米", "en": "broken, over 25 cm²"},
        "limit": {"value": 4, "unit": "work_hour"},
        "calendar": "office",
        "level_limits": {"A": {"value": 2, "unit": "work_hour"}},
        "limit_words": {"zh": "4工作时", "en": "4 work hours"},
        "level_words": {"A": {"zh": "2工作时", "en": "2 work hours"}},
        "defects": [{"key": "BROKEN", "zh": "破损", "en": "broken"}],
        "closing": [
            {"key": "REPLACE", "zh": "已更换", "en": "replaced"},
            {"key": "REPAIR", "zh": "已修复", "en": "repaired"},
        ],
        "gap": False,
        "local": False,
        "confidence": "sourced",
        "season": "",
        "valid_from": None,
        "valid_to": None,
    }


def test_a_class_without_a_row_shows_its_default(api: Any, installed: Installed) -> None:
    installed("2013")
    (default,) = api.call("GET", "/catalog/classes/2013-part-0105").json()["rows"]
    assert (default["key"], default["gap"], default["local"]) == ("2013-part-0105-0", True, True)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/catalog/classes/2013-part-9999", 422, "catalog.catalog.unknown-class"),
        ("/catalog/classes/0101", 422, "catalog.class-key.malformed"),
        ("/catalog/classes?kind=event", 422, "plumbing.input.invalid"),
        ("/catalog/classes?edition=2007", 422, "catalog.editions.unknown"),
        ("/catalog/classes?cursor=zz", 400, "plumbing.doors.bad-cursor"),
    ],
)
def test_a_wrong_question_gets_a_clear_answer(
    api: Any, installed: Installed, path: str, status: int, code: str
) -> None:
    installed("2013")
    response = api.call("GET", path)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_without_an_edition_in_force_the_answer_says_so(api: Any, db: None) -> None:
    response = api.call("GET", "/catalog/classes")
    assert (response.status_code, response.json()["code"]) == (409, "catalog.editions.none-in-force")


def test_gaps_are_listed(api: Any, installed: Installed) -> None:
    installed("2013")
    answer = api.call("GET", "/catalog/gaps?limit=500").json()
    assert len(answer["items"]) == 64
    assert answer["items"][0]["name"]["zh"] == "电力井盖"
