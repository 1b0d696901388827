from __future__ import annotations

from gezhi.kernel.problems import NotFound, Problem


class Late(Problem):
    code = "tests.late"
    title = "晚了{days}天。"
    title_en = "It is {days} days late."


def test_a_problem_is_told_in_two_languages_with_its_details() -> None:
    late = Late(days=3, field="due")
    assert (late.text(), late.text("zh"), late.text("en")) == ("晚了3天。", "晚了3天。", "It is 3 days late.")
    assert (late.field, late.details) == ("due", {"days": 3})
    assert str(late) == "tests.late: 晚了3天。"
    assert late.args == ("tests.late",)


def test_what_is_expected_is_the_fault_of_whoever_asks_unless_said_otherwise() -> None:
    assert (Late(days=1).status, Late(days=1).field) == (400, None)
    assert NotFound().status == 404
