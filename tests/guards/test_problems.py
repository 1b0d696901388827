"""Every expected problem has a code of its own and can be read by everybody."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

from gezhi.kernel.problems import Problem
from tests.guards.pages.problem_page import all_problems

CODE = re.compile(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*){1,3}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def places_of(title: str) -> set[str]:
    """The names in braces; a place may have a filling in each language (`role_name` or `role_zh`, `role_en`)."""
    names = (name for _, name, _, _ in Formatter().parse(title) if name)
    return {re.sub("_(zh|en|name)$", "", name) for name in names}


def test_no_code_is_given_twice() -> None:
    counted = Counter(one.code for one in all_problems())
    assert [code for code, times in counted.items() if times > 1] == []


def faults_of(problem: type[Problem]) -> list[str]:
    checks = {
        "the code is not dotted words in small letters": CODE.fullmatch(problem.code),
        "the code does not start with the capability": problem.code.split(".")[0] == problem.__module__.split(".")[1],
        "the Chinese title is no Chinese sentence": CHINESE.search(problem.title) and problem.title[-1] in "。！？}",
        "the English title is missing or Chinese": problem.title_en and not CHINESE.search(problem.title_en),
        "the places of both titles differ": places_of(problem.title) == places_of(problem.title_en),
        "the status is no refusal": 400 <= problem.status < 600,
    }
    return [f"{problem.code}: {fault}" for fault, holds in checks.items() if not holds]


def test_a_problem_names_its_capability_and_speaks_both_languages() -> None:
    assert [fault for problem in all_problems() for fault in faults_of(problem)] == []


def test_there_are_problems_to_look_at() -> None:
    assert {"kernel", "plumbing", "people"} <= {problem.code.split(".")[0] for problem in all_problems()}
