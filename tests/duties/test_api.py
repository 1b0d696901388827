from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.people.invented import PASSWORD

CLASS = "2013-part-0101"


@pytest.fixture
def ask(api: Any, town: SimpleNamespace) -> Callable[[str], Any]:
    api.call("POST", "/session", {"username": "an", "password": PASSWORD})
    return lambda path: api.call("GET", path)


def test_rows_are_paged_in_the_order_of_their_numbers(ask: Callable[[str], Any]) -> None:
    seen: list[tuple[str, str]] = []
    cursor: str | None = ""
    pages = 0
    while cursor is not None:
        page = ask(f"/duties?limit=2&cursor={cursor}").json()
        seen += [(row["selector"], row["area_code"]) for row in page["items"]]
        cursor = page["next_cursor"]
        pages += 1
    assert pages == 3
    assert seen == [("*", ""), ("04", ""), ("0101", "370902"), ("*", "370902003"), ("0101", "370902003001007")]


def test_a_row_is_told_with_its_names_and_its_basis(ask: Callable[[str], Any], town: SimpleNamespace) -> None:
    (row,) = ask("/duties?area_code=370902").json()["items"]
    assert (row["class"]["zh"], row["area"], row["unit"]["zh"]) == ("上水井盖", "东区", "市政养护队")
    assert (row["basis_kind"], row["basis"]) == ("minutes", "联席会议纪要")
    assert (row["valid_from"], row["valid_to"]) == ("2025-01-01", None)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (f"class_key={CLASS}", 3),
        ("class_key=2013-part-0402", 2),
        ("class_key=2013-matter-0101", 1),
        ("on=2024-12-31", 0),
        ("on=2026-03-02", 5),
    ],
)
def test_rows_are_filtered_by_class_and_day(ask: Callable[[str], Any], query: str, count: int) -> None:
    assert len(ask(f"/duties?{query}").json()["items"]) == count


def test_rows_are_filtered_by_unit(ask: Callable[[str], Any], town: SimpleNamespace) -> None:
    items = ask(f"/duties?unit_id={town.bodies['parks']}").json()["items"]
    assert [row["selector"] for row in items] == ["04", "*", "0101"]


def test_a_unit_is_suggested_for_a_code_with_reason_and_alternatives(
    ask: Callable[[str], Any], town: SimpleNamespace
) -> None:
    answer = ask(f"/duties/suggest?class_key={CLASS}&code=370902003001007").json()
    assert answer["suggestion"]["unit_id"] == town.bodies["parks"]
    assert answer["why"] == answer["suggestion"]["reason"]
    assert [other["unit"]["zh"] for other in answer["alternatives"]] == ["市政养护队", "市政工程处"]
    assert answer["codes"][0] == "370902003001007"


def test_a_unit_is_suggested_for_a_point(ask: Callable[[str], Any], town: SimpleNamespace) -> None:
    answer = ask(f"/duties/suggest?class_key={CLASS}&lon=117.05&lat=36.05").json()
    assert answer["suggestion"]["unit_id"] == town.bodies["roads-crew"]
    assert answer["codes"] == ["370902", "370900", "370000"]


def test_where_nobody_is_named_the_answer_says_so_and_names_no_default(ask: Callable[[str], Any]) -> None:
    answer = ask("/duties/suggest?class_key=2013-matter-0101&code=370902004").json()
    assert (answer["suggestion"], answer["alternatives"]) == (None, [])
    assert answer["why"]["zh"] == "责任清单中没有该类别在此区域的责任单位，应转待确权。"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("class_key=2013-part-9999&code=370902", "catalog.catalog.unknown-class"),
        ("class_key=nonsense&code=370902", "catalog.catalog.unknown-class"),
        (f"class_key={CLASS}", "duties.duty-row.place-missing"),
        (f"class_key={CLASS}&lon=36.05&lat=117.05", "plumbing.input.invalid"),
        (f"class_key={CLASS}&lon=20&lat=20", "regions.locator.outside"),
    ],
)
def test_a_question_without_class_or_place_gets_a_clear_answer(
    ask: Callable[[str], Any], query: str, code: str
) -> None:
    response = ask(f"/duties/suggest?{query}")
    assert (response.status_code, response.json()["code"]) == (422, code)


def test_a_collector_has_no_business_with_the_duty_table(api: Any, town: SimpleNamespace) -> None:
    api.call("POST", "/session", {"username": "che", "password": PASSWORD})
    assert api.call("GET", "/duties").json()["code"] == "people.policy.not-granted"
    assert api.call("GET", f"/duties/suggest?class_key={CLASS}&code=370902").status_code == 403


def test_a_list_costs_the_session_and_one_statement(
    ask: Callable[[str], Any], statement_count: Callable[[], Any]
) -> None:
    ask("/duties")
    with statement_count() as counted:
        ask("/duties")
    assert counted.total == 2
