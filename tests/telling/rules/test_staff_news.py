"""Who in the city's bodies hears of which entry."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import Resume
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Charge
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.notices.rules.news import Words
from gezhi.plumbing import outbox
from gezhi.telling.rules.audiences import (
    DISPATCHERS,
    GOVERNMENT,
    OFFICERS,
    SUPERVISORS,
    Audience,
    holders_of,
    person,
    unit,
)
from gezhi.telling.rules.plain_words import PLAIN_WORDS
from gezhi.telling.rules.spoken import Names, say_day, say_moment
from gezhi.telling.rules.staff_news import TELLS, news_of, text_of_news
from gezhi.telling.subscribers import on_case_entry
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.world import (
    ACCEPTOR,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    LEADER,
    OTHER_SUBJECT,
    PARKS,
    ROADS,
    ROADS_MAN,
    SUPERVISOR,
    SYSTEM,
    UNITS,
    Walk,
)

NAMES = Names(
    unit=lambda id_: Words(UNITS[id_].name, f"unit {id_}"),
    class_=lambda key: Words("上水井盖", f"class {key}"),
    case_no=lambda case_id: f"no. {case_id}",
)
CREWS = {CREW: UnitFact(CREW, "道路班组")}
ON_SHIFT = Charge(ClockKind.REGISTRATION, 100, Role.DUTY_OFFICER, DUTY_OFFICER.user_id)
YES = DecideApplication(granted=True, reason="属实")
NO = DecideApplication(granted=False, reason="理由不足")


def heard(walk: Walk) -> list[tuple[str, tuple[Audience, ...]]]:
    """The headlines of the last entry, each with its audiences."""
    return [(news.title.zh, news.audiences) for news in news_of(walk.entries[-1], walk.now)]


def test_every_entry_that_somebody_hears_of_is_wired_and_no_other() -> None:
    heard_kinds = set(TELLS) | set(PLAIN_WORDS)
    assert heard_kinds <= set(EntryKind)
    wired = {topic for topic, listeners in outbox._listeners.items() if on_case_entry in listeners}
    assert wired == {f"cases.{kind}" for kind in heard_kinds}


def test_a_dispatch_is_heard_by_the_leading_unit_and_its_helpers() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, PARKS)
    assert heard(walk) == [("新派遣的案件，请签收", (unit(ROADS),)), ("新派遣的协办案件", (unit(PARKS),))]
    walk.do(commands.Recall(reason="派错了"), DISPATCHER)
    assert heard(walk) == [("派遣已撤回，不必再办理", (unit(ROADS), unit(PARKS)))]


def test_an_order_to_a_crew_is_heard_by_the_crew_and_its_result_by_the_unit() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW, text="请今日完成"), ROADS_MAN, units=CREWS)
    assert heard(walk) == [("上级单位下派的案件，请签收", (unit(CREW),))]
    other = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    assert heard(other.do(commands.Revoke(reason="另有安排"), ROADS_MAN)) == [("下派已收回，不必再办理", (unit(CREW),))]
    walk.do(AskSendBack(reason="不属实", reason_code="other"), CREW_MAN)
    assert heard(walk) == [("回退申请待您审批", (unit(ROADS),))]
    walk.do(NO, ROADS_MAN)
    assert heard(walk) == [("回退申请未获同意", (unit(CREW),))]
    walk.receive(CREW_MAN).hand_over(CREW_MAN)
    assert heard(walk) == [("班组已反馈结果，请核对后反馈", (unit(ROADS),))]


def test_an_application_is_heard_by_each_decider_in_turn_and_its_outcome_by_the_asking_unit() -> None:
    walk = Walk.to(Status.HANDLING).do(AskExtension(reason="管线复杂", reason_code="other", value=2), ROADS_MAN)
    assert heard(walk) == [("延期申请待您审批", (DISPATCHERS,))]
    assert heard(walk.do(YES, DISPATCHER)) == [("延期申请待您审批", (OFFICERS,))]
    assert heard(walk.do(YES, DUTY_OFFICER)) == [("延期申请已同意", (unit(ROADS),))]


def test_a_void_is_heard_by_who_asked_and_by_the_units_that_worked_at_it() -> None:
    walk = Walk.to(Status.HANDLING).do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER)
    assert heard(walk) == [("作废申请待您审批", (OFFICERS,))]
    walk.do(YES, DUTY_OFFICER)
    assert heard(walk) == [("作废申请待您审批", (GOVERNMENT,))]
    dispatchers = Audience(role=Role.DISPATCHER, organisation=DISPATCHER.organisation_id)
    assert heard(walk.do(YES, LEADER)) == [
        ("作废申请已同意", (dispatchers,)),
        ("案件已作废，不必再办理", (unit(ROADS),)),
    ]


def test_a_suspended_case_that_wakes_is_heard_by_its_unit() -> None:
    walk = Walk.to(Status.HANDLING).suspend(days=3)
    assert heard(walk) == [("缓办申请已同意", (unit(ROADS),))]
    early = Walk.to(Status.HANDLING).suspend().do(Resume(reason="材料已到"), DISPATCHER)
    assert heard(early) == [("缓办提前结束，恢复办理", (unit(ROADS),))]
    assert heard(walk.do(commands.RunOut(), SYSTEM, after=4 * DAY)) == [("缓办到期，请恢复办理", (unit(ROADS),))]


def test_supervision_rises_from_the_unit_to_its_head_and_to_the_government() -> None:
    head = Audience(role=Role.LEADER, organisation=ROADS)
    due = Walk.to(Status.HANDLING).moment + DAY
    levels = {1: (unit(ROADS),), 2: (unit(ROADS), head), 3: (unit(ROADS), head, GOVERNMENT)}
    for level, audiences in levels.items():
        walk = Walk.to(Status.HANDLING)
        walk.do(commands.Supervise(order="o1", level=level, text="尽快办理", due=due + DAY), SUPERVISOR)
        assert heard(walk) == [(f"{'一二三'[level - 1]}级督办，请按期答复", audiences)]
        walk.do(commands.AnswerSupervision(order="o1", text="已安排"), ROADS_MAN)
        assert heard(walk) == [("督办已答复", (SUPERVISORS,))]
        walk.do(commands.LiftSupervision(order="o1", text="已办结"), SUPERVISOR)
        assert heard(walk) == [("督办已解除", (unit(ROADS),))]


def test_a_major_case_is_heard_of_from_its_listing_to_its_striking_off() -> None:
    walk = Walk.to(Status.TO_CLOSE)
    listing = commands.ListMajor(level=1, text="计划", due=walk.moment + 9 * DAY, unit_id=ROADS)
    assert heard(walk.do(listing, SUPERVISOR)) == [("列为重大案件", (unit(ROADS), DISPATCHERS))]
    assert heard(walk.do(commands.ReportMajor(text="完成一半"), DISPATCHER)) == [("重大案件有新进展", (SUPERVISORS,))]
    walk.do(commands.ChangeMajor(due=walk.moment + 19 * DAY, reason="雨季"), LEADER)
    assert heard(walk) == [("重大案件销号期限已调整", (unit(ROADS),))]
    assert heard(walk.do(commands.StrikeOff(text="同意"), LEADER)) == [("重大案件已销号，可以结案", (OFFICERS,))]


def test_a_reminder_reaches_whoever_has_the_case() -> None:
    expected = {
        Status.REPORTED: Audience(role=Role.ACCEPTOR),
        Status.VERIFYING: person(12),
        Status.ACCEPTED: OFFICERS,
        Status.REGISTERED: DISPATCHERS,
        Status.UNOWNED: DISPATCHERS,
        Status.DISPATCHED: unit(ROADS),
        Status.HANDLING: unit(ROADS),
        Status.HANDLED: DISPATCHERS,
        Status.TO_INSPECT: Audience(role=Role.ACCEPTOR),
        Status.INSPECTING: person(13),
        Status.TO_CLOSE: OFFICERS,
    }
    for status, audience in expected.items():
        walk = Walk.to(status)
        assert heard(walk.do(commands.Remind(text="请尽快"), SUPERVISOR)) == [("催办", (audience,))]


def test_a_clock_that_ran_out_is_heard_by_those_it_concerns() -> None:
    walk = Walk.to(Status.DISPATCHED).do(commands.RunOut(), SYSTEM, after=5 * DAY)
    assert heard(walk) == [
        ("签收已超时（2026年3月2日10:03到期）", (unit(ROADS), DISPATCHERS)),
        ("处置已超时（2026年3月2日15:03到期）", (unit(ROADS), DISPATCHERS)),
    ]
    text = text_of_news(walk.entries[-1], walk.now, NAMES)
    assert "15:03" not in text.zh

    walk = Walk.to(Status.INSPECTING).do(commands.RunOut(), SYSTEM, after=2 * HOUR)
    assert heard(walk) == [("核查已超时（2026年3月2日10:36到期）", (person(13),))]
    walk = Walk.to(Status.ACCEPTED).do(commands.RunOut(), SYSTEM, after=2 * HOUR, charges=(ON_SHIFT,))
    assert heard(walk) == [("立案已超时（2026年3月2日09:16到期），记在您当班期间", (person(DUTY_OFFICER.user_id),))]
    walk = Walk.to(Status.HANDLING).do(AskVoid(reason="重复", reason_code="other"), ROADS_MAN)
    walk.do(commands.RunOut(), SYSTEM, after=5 * DAY)
    assert ("审批已超时（2026年3月3日09:05到期）", (OFFICERS,)) in heard(walk)


def test_what_comes_back_to_a_unit_is_heard_by_the_unit() -> None:
    walk = Walk.to(Status.HANDLED).do(commands.AskMore(reason="照片不清"), DISPATCHER)
    assert heard(walk) == [("要求补正，请补充后重新反馈", (unit(ROADS),))]
    failed = Walk.to(Status.INSPECTING).inspect(passed=False)
    assert heard(failed) == [("核查未通过，将返工", (unit(ROADS),))]
    closed = Walk.to(Status.CLOSED).do(commands.Reopen(reason="回访未解决", reason_code="other"), SUPERVISOR)
    assert heard(closed) == [("已结案件重新处置", (unit(ROADS),))]
    amended = Walk.to(Status.HANDLING).do(
        commands.Amend(class_key=OTHER_SUBJECT.class_key, reason="类别有误"), DUTY_OFFICER, subject=OTHER_SUBJECT
    )
    assert heard(amended) == [("案卷已更正，请留意时限", (unit(ROADS),))]


def test_a_field_task_is_heard_by_its_collector_and_by_the_one_who_loses_it() -> None:
    assert heard(Walk.to(Status.VERIFYING)) == [("新的核实任务", (person(12),))]
    walk = Walk.to(Status.INSPECTING)
    assert heard(walk) == [("新的核查任务", (person(13),))]
    walk.do(commands.RerouteTask(collector_id=12, reason="就近"), ACCEPTOR)
    assert heard(walk) == [("任务已改派他人，不必再去", (person(13),)), ("改派给您的任务", (person(12),))]


def test_the_dispatchers_hear_that_an_owner_is_settled() -> None:
    settled = commands.SettleOwner(unit_id=ROADS, basis="会议纪要", reason="已明确", manner="meeting")
    assert heard(Walk.to(Status.UNOWNED).do(settled, LEADER)) == [("责任单位已确定，请派遣", (DISPATCHERS,))]


def test_a_collector_hears_what_became_of_the_own_report_and_what_was_missed() -> None:
    assert heard(Walk.to(Status.REFUSED)) == [("您上报的问题不予受理", (person(11),))]
    assert heard(Walk.to(Status.REJECTED)) == [("您上报的问题不予立案", (person(11),))]
    assert heard(Walk.to(Status.MERGED)) == [("您上报的问题已并案", (person(11),))]
    missed = Walk.to(Status.HANDLING).do(
        commands.FindMissed(collector_id=12, basis="巡查轨迹", reason="巡查未报"), SUPERVISOR
    )
    assert heard(missed) == [("认定漏报", (person(12),))]
    called = Walk().call_in().do(commands.Refuse(reason="不属实", reason_code="other", answer="经核实不属实"), ACCEPTOR)
    assert heard(called) == []


def test_an_application_that_expires_undecided_is_heard_by_who_asked() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    walk.do(AskExtension(reason="管线复杂", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    walk.do(commands.RunOut(), SYSTEM, after=5 * HOUR)
    assert heard(walk) == [("延期申请逾期未批，已失效", (unit(ROADS),))]


def test_an_entry_that_needs_nobody_is_heard_by_nobody() -> None:
    assert heard(Walk.to(Status.HANDLING).do(commands.Note(text="已联系"), ROADS_MAN)) == []
    assert heard(Walk.to(Status.REGISTERED)) == []


def test_the_text_says_what_where_until_when_and_what_was_said() -> None:
    walk = Walk.to(Status.HANDLED).do(commands.AskMore(reason="照片不清"), DISPATCHER)
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    text = text_of_news(walk.entries[-1], walk.now, NAMES)
    assert text.zh == f"上水井盖 · 石桥街口 · {say_moment(handling.due).zh} 前 · 照片不清"
    assert text.en == f"class 2013-part-0101 · 石桥街口 · by {say_moment(handling.due).en} · 照片不清"
    walk = Walk.to(Status.ACCEPTED).do(commands.RunOut(), SYSTEM, after=2 * HOUR)
    assert text_of_news(walk.entries[-1], walk.now, NAMES).zh == "上水井盖 · 石桥街口"


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (1_772_413_200, ("2026年3月2日", "2 Mar 2026"), ("2026年3月2日09:00", "2 Mar 2026 09:00")),
        (1_772_467_140, ("2026年3月2日", "2 Mar 2026"), ("2026年3月2日23:59", "2 Mar 2026 23:59")),
        (1_772_467_200, ("2026年3月3日", "3 Mar 2026"), ("2026年3月3日00:00", "3 Mar 2026 00:00")),
    ],
)
def test_moments_are_said_by_the_wall_clock_of_the_city(
    moment: int, day: tuple[str, str], time: tuple[str, str]
) -> None:
    assert say_day(moment) == Words(*day)
    assert say_moment(moment) == Words(*time)


def test_a_case_that_has_ended_is_held_by_nobody() -> None:
    assert holders_of(Walk.to(Status.CLOSED).now) == ()
