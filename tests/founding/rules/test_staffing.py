from __future__ import annotations

import pytest

from tests.founding.folders import Fault, checked, clean, findings_of, is_told

PEOPLE, POSTS, DUTIES = "people.csv", "posts.csv", "duties.csv"
FAULTS = [
    Fault("person.without-post", PEOPLE, "冯宇,choucheng", "冯宇,", 10, "posts", "fengyu"),
    Fault("administrator.missing", PEOPLE, "administrator supervisor", "supervisor", None, "posts", "2026-01-01"),
    Fault("administrator.missing", PEOPLE, "何真,administrator supervisor,,zh,,", "何真,administrator,,zh,2026-01-02,",
          None, "posts", "2026-01-01"),
    Fault("administrator.missing", POSTS, "系统管理员,Administrator,,,", "系统管理员,Administrator,,,2025-12-31",
          None, "posts", "2026-01-01"),
    Fault("role.missing", PEOPLE, "zhaoyi,赵毅,dispatcher", "zhaoyi,赵毅,leader", None, "posts", "dispatcher"),
    Fault("role.missing", PEOPLE, "王可,duty-officer,,zh,,", "王可,duty-officer,,zh,2026-01-02,", None, "posts",
          "duty-officer"),
    Fault("unit.without-account", PEOPLE, "吴斌,works", "吴斌,leader", 2, "unit", "works"),
    Fault("unit.without-account", DUTIES, "sanitation", "collection", 4, "unit", "collection"),
]  # fmt: skip
ELSEWHERE = {("person.without-post", PEOPLE), ("administrator.missing", POSTS), ("unit.without-account", PEOPLE)}


@pytest.mark.parametrize("fault", [one for one in FAULTS if (one.code, one.file) not in ELSEWHERE], ids=str)
def test_whoever_is_missing_is_told(fault: Fault) -> None:
    assert is_told(fault)


def test_what_is_missing_is_told_where_it_is_missed() -> None:
    told = [
        [(one.code, one.file, one.row, one.value) for one in findings_of(fault)]
        for fault in FAULTS
        if (fault.code, fault.file) in ELSEWHERE - {("person.without-post", PEOPLE)}
    ]
    assert told == [
        [
            ("administrator.missing", PEOPLE, None, "2026-01-01"),
            ("dates.outlive-owner", PEOPLE, 2, "administrator"),
            ("dates.reversed", POSTS, 2, "2025-12-31"),
        ],
        [("unit.without-account", DUTIES, 2, "works")],
    ]


def test_a_person_without_a_post_leaves_the_unit_without_account_too() -> None:
    fault = FAULTS[0]
    told = [(one.code, one.file, one.row, one.value) for one in findings_of(fault)]
    assert told == [
        ("unit.without-account", DUTIES, 6, "choucheng"),
        ("person.without-post", PEOPLE, 10, "fengyu"),
    ]


def test_a_handler_of_a_body_above_receives_for_those_below() -> None:
    files = clean() | {
        "organisations.csv": clean()["organisations.csv"] + "crew,环卫一班,,contractor,3,sanitation,,,\n".encode(),
        "duties.csv": clean()["duties.csv"] + b"matter,01001,,crew,,,local,,\n",
    }
    assert checked(files).report.totals == {}
