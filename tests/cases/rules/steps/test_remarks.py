from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.remarks import BadOrder, NotSupervised, RemindedAlready
from tests.cases.world import DAY, HOUR, LEADER, MINUTE, ROADS_MAN, SUPERVISOR, Walk


@pytest.mark.parametrize(
    ("level", "seconds", "field"),
    [(0, DAY, "level"), (4, DAY, "level"), (0, 0, "level"), (1, 0, "due"), (3, -1, "due")],
)
def test_an_order_has_a_level_of_one_to_three_and_time_for_the_reply(level: int, seconds: int, field: str) -> None:
    walk = Walk.to(Status.HANDLING)
    order = commands.Supervise(order="d1", level=level, text="限期办结", due=walk.moment + 60 + seconds)
    with pytest.raises(BadOrder) as caught:
        walk.do(order, SUPERVISOR, after=60)
    assert caught.value.field == field


def test_a_case_that_is_not_supervised_has_nothing_to_answer_and_nothing_to_lift() -> None:
    walk = Walk.to(Status.HANDLING)
    with pytest.raises(NotSupervised):
        walk.do(commands.AnswerSupervision(order="d1", text="正在处置"), ROADS_MAN)
    with pytest.raises(NotSupervised):
        walk.do(commands.LiftSupervision(order="d1", text="已办结"), SUPERVISOR)


def test_who_has_just_reminded_waits_an_hour() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Remind(text="请加快"), SUPERVISOR)
    with pytest.raises(RemindedAlready) as caught:
        walk.do(commands.Remind(text="请加快"), SUPERVISOR, after=HOUR - 90)
    assert caught.value.details["minutes"] == 2
    walk.do(commands.Remind(text="请加快"), LEADER)
    walk.do(commands.Remind(text="请加快"), SUPERVISOR, after=HOUR - MINUTE)
    assert walk.now.marks["reminded"] == 3
