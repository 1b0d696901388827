"""What a reporter who can be reached hears, in plain words."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.kernel.permissions import Actor
from gezhi.kernel.words import WordsTooLong
from gezhi.notices.rules.news import Words
from gezhi.telling.rules.plain_words import Reply, replies_to
from gezhi.telling.rules.spoken import Names, say_until
from tests.cases.world import (
    ACCEPTOR,
    CASE_ID,
    CHANNEL,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    LEADER,
    OTHER_ID,
    ROADS_MAN,
    SUPERVISOR,
    UNITS,
    Walk,
)

NAMES = Names(
    unit=lambda id_: Words(UNITS[id_].name, "the roads office"),
    class_=lambda _: Words("", ""),
    case_no=lambda _: "TW-20260301-000009",
)
NO = "TW-20260302-000001"


def replies(walk: Walk) -> tuple[Reply, ...]:
    return replies_to(walk.entries[-1], walk.now, NAMES)


def said(walk: Walk) -> list[str]:
    return [reply.words.zh for reply in replies(walk)]


def accepted() -> Walk:
    return Walk().call_in().verifying().verified().accept()


def handling() -> Walk:
    return accepted().register().dispatch().receive()


def ended(walk: Walk, command: Command, actor: Actor) -> list[str]:
    return said(walk.do(command, actor))


def test_a_report_is_received_with_its_number() -> None:
    (reply,) = replies(Walk().call_in())
    assert reply.words == Words(
        f"您反映的问题我们收到了，编号 {NO}，会尽快核实处理，结果会告诉您。",
        f"We have received your report, number {NO}. We look into it and will tell you the outcome.",
    )
    assert (reply.report, reply.key) == ("r1", "r1:received")


def test_who_cannot_be_reached_is_told_nothing() -> None:
    assert replies(Walk().call_in(reachable=False)) == ()
    assert replies(Walk.to(Status.CLOSED)) == ()


def test_steps_inside_the_house_are_nothing_to_tell() -> None:
    assert replies(Walk().call_in().verifying()) == ()
    assert replies(accepted().register()) == ()
    assert replies(handling().hand_over()) == ()


def test_an_accepted_report_is_told() -> None:
    (reply,) = replies(accepted())
    assert reply.words.zh == f"您反映的问题（{NO}）已经受理，正在安排单位处理。"
    assert reply.key == f"r1:{CASE_ID}:4"


def test_a_refusal_says_why_in_the_words_that_were_written_for_the_sender() -> None:
    refuse = commands.Refuse(reason="非城管事项", reason_code="other", answer="该问题由物业负责，请联系物业。")
    assert ended(Walk().call_in(), refuse, ACCEPTOR) == [
        f"您反映的问题（{NO}）没有受理：该问题由物业负责，请联系物业。"
    ]
    reject = commands.Reject(reason="已整改", reason_code="other", answer="现场已经清理干净")
    assert ended(accepted(), reject, DUTY_OFFICER) == [f"您反映的问题（{NO}）没有立案：现场已经清理干净。"]


def test_a_dispatch_names_the_unit_and_the_day() -> None:
    walk = accepted().register().dispatch()
    (reply,) = replies(walk)
    assert reply.words == Words(
        f"您反映的问题（{NO}）已派给道路处，最迟2026年3月2日15:05处理。",
        f"Your report {NO} was given to the roads office; it is to be dealt with by 2 Mar 2026 15:05.",
    )
    walk.do(commands.Recall(reason="派错了"), DISPATCHER).dispatch()
    assert said(walk) == [f"您反映的问题（{NO}）已重新派给道路处，最迟2026年3月2日15:06处理。"]


def test_a_deadline_says_its_year_and_its_hour_where_it_is_a_matter_of_hours() -> None:
    now = 1_772_413_200
    assert say_until(now + 2 * 3_600, now=now) == Words("2026年3月2日11:00", "2 Mar 2026 11:00")
    assert say_until(now + 30 * DAY, now=now) == Words("2026年4月1日", "1 Apr 2026")
    assert say_until(now + 1_700 * DAY, now=now).zh.startswith("2030年")


def test_an_extension_is_told_with_the_new_deadline() -> None:
    walk = handling().do(AskExtension(reason="等待配件", reason_code="other", value=1), ROADS_MAN)
    walk.do(DecideApplication(granted=True, reason="同意"), DISPATCHER)
    (told,) = said(walk.do(DecideApplication(granted=True, reason="同意"), DUTY_OFFICER))
    assert told.startswith(f"您反映的问题（{NO}）处理时间延长，最迟2026年3月2日")


def test_what_staff_wrote_is_cut_to_the_length_of_a_text_and_stands_on_one_line() -> None:
    walk = (
        Walk()
        .call_in()
        .do(commands.Refuse(reason="不属实", reason_code="other", answer="经查不属实。\n谢谢😡"), ACCEPTOR)
    )
    assert said(walk) == [f"您反映的问题（{NO}）没有受理：经查不属实。 谢谢😡。"]
    walk = handling()
    ask = AskSuspension(
        reason="管" * 900, reason_code="other", until=walk.moment + 10 * DAY, pictures=(walk.picture(),)
    )
    walk.do(ask, ROADS_MAN).do(DecideApplication(granted=True, reason="同意"), DISPATCHER)
    (told,) = said(walk.do(DecideApplication(granted=True, reason="同意"), LEADER))
    assert f"{'管' * 299}…" in told
    assert len(told) < 400


def test_an_answer_longer_than_a_text_is_refused_with_how_much_there_is_room_for() -> None:
    with pytest.raises(WordsTooLong) as refused:
        Walk().call_in().do(commands.Refuse(reason="不属实", reason_code="other", answer="字" * 301), ACCEPTOR)
    assert (refused.value.field, refused.value.details["most"], refused.value.details["count"]) == ("answer", 300, 301)


def test_a_suspension_says_why_and_until_when() -> None:
    walk = handling()
    ask = AskSuspension(
        reason="等待管线迁移。", reason_code="other", until=walk.moment + 10 * DAY, pictures=(walk.picture(),)
    )
    walk.do(ask, ROADS_MAN)
    assert said(walk) == []
    yes = DecideApplication(granted=True, reason="同意")
    assert said(walk.do(yes, DISPATCHER)) == []
    assert said(walk.do(yes, LEADER)) == [
        f"您反映的问题（{NO}）暂缓处理，到2026年3月12日为止，原因：等待管线迁移。到期后会继续办理。"
    ]


def test_a_voided_case_ends_with_an_answer() -> None:
    walk = handling().do(AskVoid(reason="重复", reason_code="other"), ROADS_MAN)
    walk.do(DecideApplication(granted=True, reason="同意"), DUTY_OFFICER)
    last = DecideApplication(granted=True, reason="同意", answer="该处已列入整体改造")
    assert ended(walk, last, LEADER) == [f"您反映的问题（{NO}）已终止办理：该处已列入整体改造。"]


def test_a_closed_case_ends_with_an_answer_and_begins_anew_with_a_word() -> None:
    walk = handling().hand_over().confirm().send_inspection().inspect().close(answer="井盖已更换，请看照片")
    assert said(walk) == [f"您反映的问题（{NO}）已办结：井盖已更换，请看照片。"]
    walk.do(commands.Reopen(reason="回访未解决", reason_code="other"), SUPERVISOR)
    assert said(walk) == [f"您反映的问题（{NO}）重新处理，结果会告诉您。"]


def test_a_further_reporter_hears_that_work_is_under_way_and_then_the_outcome_with_the_others() -> None:
    walk = handling()
    walk.do(commands.AddReport(report_id="r2", channel="web", reachable=True), CHANNEL)
    assert [(reply.report, reply.key) for reply in replies(walk)] == [("r2", "r2:received")]
    assert said(walk) == [f"您反映的问题已有人反映，正在办理，编号 {NO}，结果会告诉您。"]
    walk.hand_over().confirm().send_inspection().inspect().close()
    assert [reply.report for reply in replies(walk)] == ["r1", "r2"]


def test_a_merged_report_hears_under_which_number_it_goes_on_and_not_that_it_was_received_again() -> None:
    walk = Walk().call_in()
    walk.do(
        commands.Merge(into=OTHER_ID, reason="重复", reason_code="other"), ACCEPTOR, merge_target=Walk().report().now
    )
    assert said(walk) == [f"您反映的问题（{NO}）与 TW-20260301-000009 是同一件事，已合并办理，结果会告诉您。"]
    moved = ReportRef(id="r1", channel="hotline", at=1, reachable=True)
    target = Walk().report().do(commands.AddReport(report_id="r1", channel="hotline", moved=moved), ACCEPTOR)
    assert [reply.key for reply in replies(target)] == ["r1:received"]
