from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.compare_rows import Planner
from gezhi.founding.rules.changes.plan import KindPlan, KindTotals, Side
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Applied, Standing
from gezhi.founding.rules.findings import Findings

ON = date(2027, 1, 1)
BEGAN = date(2026, 1, 1)
LEVELS, PEOPLE, DUTIES = PLANNED["area_levels"], PLANNED["people"], PLANNED["duties"]


def level(word: str = "A", **days: date) -> Row:
    return Row(2, {"area": "330782001", "level": word, "from": days.get("first"), "to": days.get("last")})


def stands(word: str = "A", first: date = BEGAN, last: date | None = None, entity: int = 7) -> Standing:
    values = {"area": "330782001", "level": word, "from": first, "to": last}
    return Standing(key="330782001", values=values, first=first, last=last, entity=entity)


def said(word: str = "A", *, entity: int = 7, withdrawn: bool = False, **more: str) -> Applied:
    return Applied(key="330782001", values={"level": word, **more}, entity=entity, withdrawn=withdrawn)


def compared(
    rows: list[Row],
    standing: list[Standing],
    applied: list[Applied],
    *,
    take: Side | None = None,
    complete: bool = False,
    kind: Any = LEVELS,
) -> tuple[KindPlan, list[str]]:
    findings = Findings()
    plan = Planner(kind, standing, applied, on=ON, findings=findings, take=take).plan(rows, complete=complete)
    return plan, [one.code for one in findings.report().findings]


CASES = [
    ("nobody told it before", [level()], [], [], ["add 2027-01-01 level=A"], []),
    ("the same in all three", [level()], [stands()], [said()], [], []),
    ("changed in the file alone", [level("B")], [stands()], [said()], ["change 2027-01-01 level=B"], []),
    ("changed in the register alone", [level()], [stands("C")], [said()], [], ["change.kept"]),
    ("changed on both sides, otherwise", [level("B")], [stands("C")], [said()], [], ["change.asked"]),
    ("changed on both sides, alike", [level("B")], [stands("B")], [said()], [], []),
    ("told for the first time, otherwise", [level("B")], [stands()], [], ["change 2027-01-01 level=B"], []),
    ("told for the first time, alike", [level()], [stands()], [], [], []),
    ("an empty cell", [level("")], [stands()], [said()], [], []),
    ("a last day", [level(last=ON)], [stands()], [said()], ["end 2027-01-01 to=2027-01-01"], []),
    ("a later last day", [level(last=ON)], [stands(last=date(2027, 6, 1))], [], ["end 2027-01-01 to=2027-01-01"], []),
    ("ended in the register", [level()], [stands(last=BEGAN)], [said()], [], ["change.kept"]),
    ("ended by the file", [level(last=BEGAN)], [stands(last=BEGAN)], [said(to="2026-01-01")], [], []),
    ("ended, and told anew", [level("B")], [stands(last=BEGAN)], [said()], ["add 2027-01-01 level=B"], []),
    ("a day that begins later", [level("B", first=date(2027, 5, 1))], [stands()], [], ["add 2027-05-01 level=B"], []),
    ("a day that stands", [level("A", first=BEGAN)], [stands()], [], [], []),
    ("not before it has stood a day", [level("B")], [stands(first=ON)], [said()], ["change 2027-01-02 level=B"], []),
]


@pytest.mark.parametrize(
    ("rows", "standing", "applied", "expected", "codes"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_a_row_is_compared_with_what_stands_and_with_what_was_last_said(
    rows: list[Row], standing: list[Standing], applied: list[Applied], expected: list[str], codes: list[str]
) -> None:
    plan, found = compared(rows, standing, applied)
    told = [f"{row.act} {row.on} " + " ".join(f"{cell.column}={cell.new}" for cell in row.cells) for row in plan.rows]
    assert (told, found) == (expected, codes)


@pytest.mark.parametrize(("take", "expected"), [(Side.FILE, ["change"]), (Side.SYSTEM, [])])
def test_what_was_changed_on_both_sides_follows_the_answer(take: Side, expected: list[str]) -> None:
    plan, codes = compared([level("B")], [stands("C")], [said()], take=take)
    assert ([row.act.value for row in plan.rows], codes) == (expected, [])
    assert plan.told == (said("B"),)


def test_what_a_complete_file_lacks_ends_the_day_before_and_only_where_a_file_had_it() -> None:
    other = Row(2, {"area": "330782002", "level": "A", "from": None, "to": None})
    browser = stands(entity=8)
    plan, _ = compared([other], [stands(), browser], [said()], complete=True)
    ended = [(row.act.value, row.entity, str(row.on)) for row in plan.rows]
    assert ended == [("add", 0, "2027-01-01"), ("end", 7, "2026-12-31")]
    assert plan.totals == KindTotals(adds=1, ends=1, only_here=1)
    assert plan.told[1] == said(withdrawn=True)
    assert compared([other], [stands()], [said()])[0].totals.ends == 0
    assert compared([], [stands()], [said()], complete=True)[0].rows == ()


def test_a_row_that_gets_a_first_day_in_the_file_is_still_the_same_row() -> None:
    plan, codes = compared([level(first=BEGAN)], [stands()], [said()], complete=True)
    assert (plan.rows, codes) == ((), [])


def person(posts: str, entity: int = 3, last: date | None = None) -> Standing:
    values = {"username": "li", "name": "李", "posts": tuple(posts.split()), "phone": "", "language": "zh", "to": last}
    return Standing(key="li", values=values, first=BEGAN, last=last, entity=entity)


def told_person(posts: str, name: str = "李") -> Row:
    return Row(
        2,
        {
            "username": "li",
            "name": name,
            "posts": tuple(posts.split()),
            "phone": "",
            "language": "",
            "to": None,
            "from": None,
        },
    )


def said_person(posts: str, *, withdrawn: bool = False) -> Applied:
    return Applied(key="li", values={"name": "李", "posts": posts}, entity=3, withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("wanted", "here", "before", "expected"),
    [
        ("a c", "a b", "a", "a b c"),
        ("c", "a b", "a", "b c"),
        ("a", "b a", "a", None),
        ("b a", "a b", None, None),
        ("a", "a b", None, None),
        ("", "a b", "a", None),
    ],
)
def test_of_a_cell_that_holds_several_each_is_compared_by_itself(
    wanted: str, here: str, before: str | None, expected: str | None
) -> None:
    applied = [] if before is None else [said_person(before)]
    plan, _ = compared([told_person(wanted)], [person(here)], applied, kind=PEOPLE)
    assert [row.cells[0].new for row in plan.rows] == ([] if expected is None else [expected])


def test_a_key_that_has_ended_is_not_used_again_and_what_no_file_may_change_is_refused() -> None:
    gone = person("a", last=BEGAN)
    assert compared([told_person("a")], [gone], [said_person("a", withdrawn=True)], kind=PEOPLE)[1] == ["key.ended"]
    assert compared([told_person("b")], [gone], [], kind=PEOPLE)[1] == ["key.ended"]


def test_ten_thousand_rows_are_planned_with_exact_totals() -> None:
    standing = [stands(entity=number) for number in range(1)]
    rows = [Row(number, {"area": f"{number:09}", "level": "A", "from": None, "to": None}) for number in range(10_000)]
    plan, _ = compared(rows, standing, [])
    assert plan.totals == KindTotals(adds=10_000, only_here=1)
    assert len(plan.told) == 10_000
