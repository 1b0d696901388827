from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.import_checks import check_administrator, check_owners
from gezhi.founding.rules.changes.plan import Act, KindPlan, KindTotals, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import Standing
from gezhi.founding.rules.findings import Findings

BEGAN, ON, END = date(2026, 1, 1), date(2026, 12, 1), date(2026, 12, 31)


def stands(key: str, entity: int, last: date | None = None, **values: Any) -> Standing:
    return Standing(key=key, values={"to": last, **values}, first=BEGAN, last=last, entity=entity)


STANDING = {
    "organisations": [stands("centre", 1, parent=""), stands("team", 2, parent="centre")],
    "posts": [
        stands("admin", 3, organisation="centre", role="administrator"),
        stands("beat", 4, organisation="team", role="collector"),
    ],
    "people": [stands("li", 5, posts=("admin",)), stands("wu", 6, posts=("admin", "beat"))],
}


def plans(*rows: PlannedRow) -> dict[str, KindPlan]:
    kinds = {row.kind for row in rows}
    return {
        kind: KindPlan(name=kind, totals=KindTotals(), rows=tuple(row for row in rows if row.kind == kind), told=())
        for kind in kinds
    }


def ends(kind: str, key: str, entity: int, on: date = END) -> PlannedRow:
    return PlannedRow(kind=kind, key=key, act=Act.END, on=on, cells=(), number=2, entity=entity)


def changes(kind: str, key: str, entity: int, **values: Any) -> PlannedRow:
    row = Row(3, {"to": None, **values})
    return PlannedRow(kind=kind, key=key, act=Act.CHANGE, on=ON, cells=(), number=3, entity=entity, row=row)


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([ends("organisations", "team", 2)], ["beat"]),
        ([ends("organisations", "team", 2), ends("posts", "beat", 4)], ["wu"]),
        ([ends("posts", "beat", 4), changes("people", "wu", 6, posts=("admin",))], []),
        ([ends("posts", "beat", 4), ends("people", "wu", 6)], []),
        ([ends("posts", "beat", 4), ends("people", "wu", 6, date(2027, 1, 1))], ["wu"]),
        ([ends("posts", "admin", 3), ends("posts", "beat", 4)], ["li", "wu", "wu"]),
    ],
)
def test_nothing_outlasts_the_body_or_post_that_it_belongs_to(rows: list[PlannedRow], held: list[str]) -> None:
    findings = Findings()
    check_owners(STANDING, plans(*rows), findings)
    assert sorted(one.says["zh"].split("“")[2].split("”")[0] for one in findings.report().findings) == held


@pytest.mark.parametrize(
    ("rows", "able", "codes"),
    [
        ([ends("people", "li", 5)], {"li"}, ["administrator.last"]),
        ([ends("people", "li", 5)], {"li", "wu"}, []),
        ([ends("people", "li", 5)], set(), []),
        ([changes("people", "li", 5, posts=())], {"li"}, ["administrator.last"]),
        ([ends("posts", "admin", 3)], {"li", "wu"}, ["administrator.last"]),
        ([ends("organisations", "centre", 1)], {"li", "wu"}, ["administrator.last"]),
        ([ends("people", "li", 5), ends("people", "wu", 6, date(2027, 5, 1))], {"li", "wu"}, ["administrator.last"]),
    ],
)
def test_the_last_administrator_who_can_sign_in_stays(rows: list[PlannedRow], able: set[str], codes: list[str]) -> None:
    findings = Findings()
    check_administrator(STANDING, plans(*rows), frozenset(able), on=ON, findings=findings)
    assert [one.code for one in findings.report().findings] == codes
