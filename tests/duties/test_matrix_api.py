"""The table as a matrix, rows proposed and decided together, and what contradicts itself, through the doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.duties.test_proposals_api import calls, leader, sent, today
from tests.fixtures import FixedClock
from tests.people.invented import START

__all__ = ["calls", "leader"]
Call = Callable[..., Any]
STONE, WILLOW = "370902003", "370902004"


def matrix(calls: Call, **query: Any) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in {"level": "street", **query}.items())
    answer = calls("bao", "GET", f"/duties/matrix?{asked}")
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def line_of(told: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in told["lines"] if one["code"] == code)


def add(town: SimpleNamespace, selector: str, area: str, unit: str, start: date = START) -> None:
    from gezhi.duties.actions import install_duty_rows
    from gezhi.duties.rules.duty_row import DutyRowData

    row = DutyRowData(
        edition="2013", kind="part", selector=selector, area_code=area, unit_id=town.bodies[unit], valid_from=start
    )
    install_duty_rows([row], clock=FixedClock())


def test_the_matrix_shows_major_classes_and_the_minor_ones_of_one(calls: Call, town: SimpleNamespace) -> None:
    told = matrix(calls)
    assert [(one["code"], one["name"], one["within"]) for one in told["areas"]] == [
        (STONE, "石桥街道", "东区"),
        (WILLOW, "柳园街道", "东区"),
    ]
    assert (told["first"], told["area_count"], told["edition"]) == (0, 2, "2013")
    assert [one["code"] for one in told["lines"]][:4] == ["01", "02", "03", "04"]
    assert line_of(told, "01")["major"]
    green = line_of(told, "04")["cells"][0]
    assert (green["unit_id"], green["units"], green["own"]) == (town.bodies["parks"], 1, False)
    minors = matrix(calls, major="01", level="county")
    assert {one["code"][:2] for one in minors["lines"]} == {"01"}
    assert line_of(told, "01")["minors"] == len(minors["lines"])
    cover = line_of(minors, "0101")
    assert (cover["cells"][0]["unit_id"], cover["cells"][0]["own"]) == (town.bodies["roads-crew"], True)
    assert not line_of(minors, "0102")["cells"][0]["own"]
    assert [one["zh"] for one in minors["units"]] == ["市政工程处", "市政养护队"]


def test_holes_and_conflicts_are_marked_counted_and_listed(calls: Call, town: SimpleNamespace) -> None:
    add(town, "0101", STONE, "roads")
    add(town, "0101", STONE, "parks", START + timedelta(days=1))
    told = matrix(calls, kind="part", major="01")
    assert line_of(told, "0101")["cells"][0] == {
        "unit_id": town.bodies["parks"], "units": 1, "row_id": line_of(told, "0101")["cells"][0]["row_id"],
        "own": True, "holes": 0, "split": 0, "conflicts": 1, "changed": 0, "before": None, "pending": False,
    }  # fmt: skip
    assert told["totals"] == {"holes": 0, "conflicts": 1, "changed": 0}
    matters = matrix(calls, kind="matter")
    assert [cell["holes"] > 0 for cell in line_of(matters, "01")["cells"]] == [False, True]
    (conflict,) = calls("bao", "GET", "/duties/conflicts").json()["items"]
    assert (conflict["class"]["key"], conflict["area"]) == ("2013-part-0101", "石桥街道")
    assert [row["unit"]["zh"] for row in conflict["rows"]] == ["园林处", "市政工程处"]
    assert calls("bao", "GET", f"/duties/conflicts?on={START}").json()["items"] == []


def test_two_days_are_compared_and_the_days_of_change_are_offered(calls: Call, town: SimpleNamespace) -> None:
    add(town, "0101", WILLOW, "parks", today())
    yesterday = today() - timedelta(days=1)
    told = matrix(calls, major="01", against=yesterday)
    cell = line_of(told, "0101")["cells"][1]
    assert (cell["changed"], cell["before"], cell["unit_id"]) == (1, town.bodies["roads-crew"], town.bodies["parks"])
    assert told["totals"]["changed"] == 1
    assert told["days"] == [str(today()), str(START)]
    assert matrix(calls, against=yesterday)["totals"]["changed"] == 1


@pytest.mark.parametrize(
    ("query", "areas", "codes"),
    [
        ({"most": 1}, [STONE], None),
        ({"most": 1, "first": 1}, [WILLOW], None),
        ({"most": 1, "at": WILLOW}, [WILLOW], None),
        ({"most": 1, "at": "370903001", "first": 1}, [WILLOW], None),
        ({"within": WILLOW}, [WILLOW], None),
        ({"within": "370900"}, [STONE, WILLOW], None),
        ({"class_key": "2013-part-0402"}, [STONE, WILLOW], ["04"]),
        ({"level": "community"}, ["370902003001"], None),
    ],
)
def test_a_window_is_narrowed_by_area_and_class(
    calls: Call, query: dict[str, Any], areas: list[str], codes: list[str] | None
) -> None:
    told = matrix(calls, **query)
    assert [one["code"] for one in told["areas"]] == areas
    if codes is not None:
        assert [one["code"] for one in told["lines"]] == codes


def test_a_unit_sees_the_classes_and_areas_that_its_rows_reach(calls: Call, town: SimpleNamespace) -> None:
    parks = matrix(calls, unit_id=town.bodies["parks"])
    assert [(one["code"], one["minors"]) for one in parks["lines"]] == [
        ("01", 1),
        ("04", line_of(parks, "04")["minors"]),
    ]
    assert [one["code"] for one in matrix(calls, unit_id=town.bodies["parks"], major="01")["lines"]] == ["0101"]
    matters = matrix(calls, kind="matter", unit_id=town.bodies["parks"])
    assert [one["code"] for one in matters["areas"]] == [STONE, WILLOW]
    add(town, "0101", WILLOW, "far")
    assert [one["code"] for one in matrix(calls, unit_id=town.bodies["far"])["areas"]] == [WILLOW]


def test_a_matrix_costs_the_session_and_two_statements(
    calls: Call, api: Any, statement_count: Callable[[], Any]
) -> None:
    matrix(calls)
    with statement_count() as counted:
        api.call("GET", "/duties/matrix?level=street")
    assert counted.total == 3


def several(town: SimpleNamespace, *slots: tuple[str, str], **changes: Any) -> dict[str, Any]:
    body = sent(town, **changes)
    rows = [{"class_key": key, "area_code": area, "unit_id": town.bodies["parks"]} for key, area in slots]
    kept = ("valid_from", "basis_kind", "basis", "reason", "overlap")
    return {"rows": rows, **{name: body[name] for name in kept if name in body}}


SLOTS = (("2013-part-0102", STONE), ("2013-part-0102", WILLOW))


def test_rows_filled_in_together_are_proposed_decided_together_and_answer(calls: Call, town: SimpleNamespace) -> None:
    key = {"Idempotency-Key": "fill"}
    answers = [calls("bao", "POST", "/duties/proposals/several", several(town, *SLOTS), **key) for _ in range(2)]
    assert [(one.status_code, one.json()) for one in answers] == [(201, {"count": 2})] * 2
    waiting = calls("lin", "GET", "/duties/proposals?state=pending").json()
    assert waiting["pending"] == 2
    pending = line_of(matrix(calls, major="01"), "0102")["cells"]
    assert [(cell["pending"], cell["own"]) for cell in pending] == [(True, False)] * 2
    decision = {"ids": [one["id"] for one in waiting["items"]], "granted": True, "text": "同意"}
    refused = calls("bao", "POST", "/duties/proposals/decisions", decision)
    assert refused.status_code == 403
    assert calls("lin", "POST", "/duties/proposals/decisions", decision).json() == {"count": 2}
    cells = line_of(matrix(calls, major="01"), "0102")["cells"]
    assert [(cell["unit_id"], cell["own"], cell["pending"]) for cell in cells] == [
        (town.bodies["parks"], True, False)
    ] * 2


def test_one_that_is_refused_keeps_all_of_them_back_and_is_named(calls: Call, town: SimpleNamespace) -> None:
    answer = calls("bao", "POST", "/duties/proposals/several", several(town, *SLOTS, ("2013-part-9901", STONE)))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "duties.several.one-refused")
    assert (told["details"]["number"], told["details"]["why"]) == (3, "duties.duty-row.unknown")
    assert calls("bao", "GET", "/duties/proposals").json()["items"] == []
    calls("bao", "POST", "/duties/proposals/several", several(town, *SLOTS))
    ids = [one["id"] for one in calls("lin", "GET", "/duties/proposals").json()["items"]]
    calls("lin", "POST", f"/duties/proposals/{ids[1]}/decision", {"granted": False, "text": "不妥"})
    again = calls("lin", "POST", "/duties/proposals/decisions", {"ids": ids, "granted": True, "text": "同意"}).json()
    assert (again["details"]["number"], again["details"]["why"]) == (2, "duties.proposal.already-decided")
    assert [one["state"] for one in calls("lin", "GET", "/duties/proposals").json()["items"]] == ["pending", "refused"]
