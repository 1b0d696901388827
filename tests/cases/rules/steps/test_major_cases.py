"""Major cases and supervision in the log of a case."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.major_cases import LEVELS, BadTerms, ListedAlready, NotListed, NotStruckOff
from gezhi.cases.rules.steps.remarks import BadOrder, NotSupervised
from gezhi.kernel.words import WordsMissing
from tests.cases.world import DAY, LEADER, MINUTE, ROADS, ROADS_MAN, SUPERVISOR, UNITS, Walk


def listed(status: Status = Status.HANDLING) -> Walk:
    walk = Walk.to(status)
    command = commands.ListMajor(level=2, text="先围挡，后更换", due=walk.moment + 9 * DAY, unit_id=ROADS)
    return walk.do(command, SUPERVISOR, units=UNITS)


def test_a_major_case_is_closed_only_after_it_was_struck_off() -> None:
    walk = listed(Status.TO_CLOSE)
    assert (walk.now.major, columns_of(walk.now)["major"], walk.last.unit) == (2, 2, ROADS)
    with pytest.raises(NotStruckOff):
        walk.close()
    walk.do(commands.StrikeOff(text="现场核查合格，同意销号"), LEADER)
    assert (walk.now.major, walk.last.kind) == (0, "major_struck_off")
    assert walk.close().now.status is Status.CLOSED


def test_it_is_listed_once_with_a_level_a_unit_in_force_and_a_day_ahead() -> None:
    walk = listed()
    again = commands.ListMajor(level=1, text="再列", due=walk.moment + 9 * DAY, unit_id=ROADS)
    with pytest.raises(ListedAlready):
        walk.do(again, SUPERVISOR)
    fresh = Walk.to(Status.HANDLING)
    for level, due, unit, field in (
        (0, DAY, ROADS, "level"),
        (4, DAY, ROADS, "level"),
        (1, MINUTE, ROADS, "due"),
        (1, -DAY, ROADS, "due"),
        (1, DAY, 999, "unit_id"),
    ):
        with pytest.raises(BadTerms) as refused:
            fresh.do(commands.ListMajor(level=level, text="计划", due=fresh.moment + due, unit_id=unit), SUPERVISOR)
        assert refused.value.field == field
    for level in (1, 2, 3):
        command = commands.ListMajor(level=level, text="计划", due=fresh.moment + MINUTE + 1, unit_id=ROADS)
        assert Walk.to(Status.HANDLING).do(command, SUPERVISOR).now.major == level
    with pytest.raises(WordsMissing):
        fresh.do(commands.ListMajor(level=1, text=" ", due=fresh.moment + DAY, unit_id=ROADS), SUPERVISOR)


def test_progress_and_a_later_day_are_kept_in_the_log() -> None:
    walk = listed().do(commands.ReportMajor(text="已围挡"), ROADS_MAN)
    assert (walk.last.kind, walk.last.text) == ("major_reported", "已围挡")
    due = walk.moment + 30 * DAY
    walk.do(commands.ChangeMajor(due=due, reason="需要招标"), LEADER)
    assert (walk.last.kind, walk.last.due) == ("major_changed", due)
    for due in (walk.moment - 1, walk.moment + MINUTE):
        with pytest.raises(BadTerms) as refused:
            walk.do(commands.ChangeMajor(due=due, reason="补"), LEADER, after=MINUTE)
        assert refused.value.field == "due"


def test_the_levels_have_their_names() -> None:
    assert LEVELS == {1: ("一般重大", "Major"), 2: ("较大", "Larger"), 3: ("特别重大", "Most serious")}


@pytest.mark.parametrize(
    ("command", "actor"),
    [
        (commands.ReportMajor(text="进展"), ROADS_MAN),
        (commands.ChangeMajor(due=2_000_000_000, reason="补"), LEADER),
        (commands.StrikeOff(text="销号"), LEADER),
    ],
    ids=["report", "change", "strike off"],
)
def test_what_is_not_listed_has_nothing_of_that(command: commands.Command, actor: object) -> None:
    with pytest.raises(NotListed):
        Walk.to(Status.TO_CLOSE).do(command, actor)  # type: ignore[arg-type]


def test_the_highest_level_of_supervision_stands_until_it_is_lifted() -> None:
    walk = Walk.to(Status.HANDLING)
    for level in (1, 3, 2):
        walk.do(commands.Supervise(order="d1", level=level, text="限期办结", due=walk.moment + DAY), SUPERVISOR)
    assert (walk.now.supervision, columns_of(walk.now)["supervision"], walk.now.marks["supervised"]) == (3, 3, 3)
    walk.do(commands.AnswerSupervision(order="d1", text="明日完成"), ROADS_MAN)
    assert (walk.last.kind, walk.last.order) == ("supervision_answered", "d1")
    walk.do(commands.LiftSupervision(order="d1", text="已办", remaining=1), SUPERVISOR)
    assert walk.now.supervision == 1
    walk.do(commands.LiftSupervision(order="d2", text="已办"), SUPERVISOR)
    assert walk.now.supervision == 0


def test_an_order_has_a_level_and_a_time_ahead_and_only_what_is_ordered_is_answered() -> None:
    walk = Walk.to(Status.HANDLING)
    for level, due in ((0, DAY), (4, DAY), (1, -1)):
        with pytest.raises(BadOrder):
            walk.do(commands.Supervise(order="d1", level=level, text="限期", due=walk.moment + due), SUPERVISOR)
    for command, actor in (
        (commands.AnswerSupervision(order="d1", text="答复"), ROADS_MAN),
        (commands.LiftSupervision(order="d1", text="解除"), SUPERVISOR),
    ):
        with pytest.raises(NotSupervised):
            walk.do(command, actor)
