"""The cases of the golden log: each goes one way through the life-cycle, and together they hold every kind of entry."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.deciding import WithdrawApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension, Resume
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.entries import Charge, Versions
from gezhi.cases.rules.facts import UnitFact, UnitShare
from gezhi.cases.rules.state import ReportRef
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.channels import ChannelGroup
from tests.calendars.invented import SATURDAYS, compiled
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.world import (
    ACCEPTOR,
    CALENDARS,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    GAP,
    HOUR,
    LEADER,
    OTHER_SUBJECT,
    PARKS,
    PARKS_MAN,
    PLACE,
    POLICY,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    ROSTERED,
    SUBJECT,
    SUPERVISOR,
    SYSTEM,
    Walk,
    collector,
    spot,
)

AWKWARD: Final = "引号“”\"' 反斜\\杠 换行\n制表\t é 😀 \u2028 \x7f <&>"
"""A text whose JSON two writers would not spell alike: what is hashed is what is stored, never what it means."""
CREWS: Final = {CREW: UnitFact(CREW, "道路班组")}
NOT_ALWAYS: Final = msgspec.structs.replace(POLICY, inspection_always=False)
SATURDAY_WORKED: Final = Timing({**CALENDARS, "office": msgspec.structs.replace(compiled(SATURDAYS), name="office")})
FRIDAY_AFTERNOON: Final = 4 * DAY + 6 * HOUR  # after the Monday morning on which every walk begins
MANY_GRANTED: Final = UnitShare(granted=9, given=100)


class Golden(Walk):
    """A walk with a case id, command ids and pictures of its own; its registers change once on its way."""

    def __init__(self, number: int, **changes: Any) -> None:
        super().__init__(**changes)
        self.number, self.case_id = number, str(UUID(int=number))
        self._fresh = (sha256(f"{number}/{shot}".encode()).hexdigest() for shot in range(1_000))

    def command_id(self, seq: int) -> str:
        return str(UUID(int=self.number * 1_000 + seq))

    @property
    def versions(self) -> Versions:  # type: ignore[override]
        later = 86_400_000_000 if len(self.entries) > 5 else 0
        entered = 1_772_300_000_000_000
        return Versions(
            catalog=entered + 1,
            calendars=entered + 2,
            duties=entered + 3 + later,
            levels=entered + 4,
            policy=entered + 5,
            ground=entered + 6,
            people=entered + 7 + later,
        )

    def facts(self, actor: Any, **changes: Any) -> Any:
        number, words = f"TW-20260302-{self.number:06d}", sha256(f"{self.number}/words".encode()).hexdigest()
        return super().facts(actor, **{"number": number, "words": words, **changes})


Way = Callable[[Golden], Any]


def _at_unit(walk: Golden) -> Walk:
    return walk.report().accept().register().dispatch().receive()


def _to_close(walk: Golden) -> Walk:
    return _at_unit(walk).hand_over().confirm().send_inspection().inspect()


def the_straight_way(walk: Golden) -> None:
    walk.report(happened=walk.moment - 7_205)
    walk.do(commands.Note(text=AWKWARD), ACCEPTOR)
    walk.accept().register().dispatch().receive().hand_over().confirm().send_inspection().inspect().close()


def handled_on_the_spot(walk: Golden) -> None:
    before, after = (walk.picture(),), (walk.picture(),)
    command = commands.SelfHandle(
        report_id="r1", channel="collector", lon=PLACE.lon, lat=PLACE.lat, pictures=before, after=after
    )
    walk.do(command, collector(11), place=PLACE, subject=SUBJECT)


def a_call_is_verified(walk: Golden) -> None:
    walk.call_in().verifying().do(commands.RerouteTask(collector_id=13, reason="换班"), ACCEPTOR)
    walk.verified().accept().register().dispatch()


def found_untrue_and_refused(walk: Golden) -> None:
    walk.call_in().verifying().verified(real=False)
    walk.do(commands.Refuse(reason="现场没有", reason_code="other", answer="经核实现场没有此问题"), ACCEPTOR)


def merged_away(walk: Golden) -> None:
    walk.report().do(
        commands.Merge(into=str(UUID(int=6)), reason="重复", reason_code="other"),
        ACCEPTOR,
        merge_target=Walk().report().now,
    )


def takes_up_the_reports_of_another(walk: Golden) -> None:
    walk.report()
    moved = ReportRef("r9", "hotline", walk.moment - HOUR, ChannelGroup.PUBLIC, complaint=True, reachable=True)
    walk.do(commands.AddReport(report_id="r9", channel="hotline", moved=moved), ACCEPTOR)
    walk.do(commands.AddReport(report_id="r2", channel="web", pictures=(walk.picture(),), reachable=True), ACCEPTOR)


def rejected(walk: Golden) -> None:
    walk.report().accept().do(
        commands.Reject(reason="不符合立案条件", reason_code="other", answer="不予立案"), DUTY_OFFICER
    )


def given_back_twice(walk: Golden) -> None:
    walk.report().accept().do(commands.GiveBack(reason="类别不对", reason_code="other"), DUTY_OFFICER)
    walk.accept().register().do(commands.GiveBack(reason="位置不清", reason_code="other"), DISPATCHER)


def owner_settled_by_a_meeting(walk: Golden) -> None:
    walk.report().accept().register().do(commands.MarkUnowned(reason="没有责任单位"), DISPATCHER)
    settle = commands.SettleOwner(unit_id=PARKS, basis="第 3 次联席会议纪要", reason="权属在园林处", manner="meeting")
    walk.do(settle, LEADER, after=3 * HOUR).dispatch(PARKS)


def owner_settled_by_substitute_work(walk: Golden) -> None:
    walk.report().accept().register().do(commands.MarkUnowned(reason="无主"), DISPATCHER)
    settle = commands.SettleOwner(unit_id=ROADS, basis="政府批示", reason="代整治", manner="substitute", cost=12_000)
    walk.do(settle, LEADER)


def recalled_while_an_extension_waits(walk: Golden) -> None:
    _at_unit(walk).do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN)
    walk.do(commands.Recall(reason="派错单位"), DISPATCHER).dispatch(PARKS)


def undone_at_once_and_given_to_another(walk: Golden) -> None:
    walk.report().accept().register().dispatch(ROADS, POWER, after=HOUR)
    walk.do(commands.Recall(reason="派遣后立即撤销"), DISPATCHER, after=9).dispatch(PARKS)


def sent_back_and_dispatched_again(walk: Golden) -> None:
    _at_unit(walk).do(AskSendBack(reason="不是本单位的职责", reason_code="other"), ROADS_MAN)
    walk.decide().dispatch(PARKS, POWER).receive(PARKS_MAN).receive(POWER_MAN)


def send_back_refused_as_shirking(walk: Golden) -> None:
    _at_unit(walk).do(AskSendBack(reason="人手不足", reason_code="other"), ROADS_MAN).decide(
        granted=False, shirking=True
    )


def too_many_send_backs_take_one_more_step(walk: Golden) -> None:
    _at_unit(walk).do(AskSendBack(reason="职责不符", reason_code="other"), ROADS_MAN, share=MANY_GRANTED).granted()


def given_down_to_a_crew(walk: Golden) -> None:
    _at_unit(walk).do(commands.Assign(unit_id=CREW, text="请今日完成"), ROADS_MAN, units=CREWS)
    walk.receive(CREW_MAN).hand_over(CREW_MAN).do(commands.HandOver(text="已复查"), ROADS_MAN)


def taken_back_from_a_crew(walk: Golden) -> None:
    _at_unit(walk).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    walk.do(commands.Revoke(reason="改由本单位办"), ROADS_MAN)


def a_crew_sends_back_to_its_unit(walk: Golden) -> None:
    _at_unit(walk).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    walk.do(AskSendBack(reason="设备不够", reason_code="other"), CREW_MAN).decide()


def more_time_granted_then_refused(walk: Golden) -> None:
    ask = AskExtension(reason="地下管线复杂", reason_code="other", value=1)
    _at_unit(walk).do(ask, ROADS_MAN).granted()
    walk.do(ask, ROADS_MAN).decide(granted=False)


def suspended_and_resumed_early(walk: Golden) -> None:
    _at_unit(walk)
    walk.suspend().do(Resume(reason="条件已具备"), ROADS_MAN, after=DAY)


def suspended_until_it_wakes(walk: Golden) -> None:
    _at_unit(walk)
    walk.suspend(days=2).do(commands.RunOut(), SYSTEM, after=3 * DAY)


def suspension_refused(walk: Golden) -> None:
    ask = AskSuspension(reason="待汛后", reason_code="other", until=walk.moment + 5 * DAY, pictures=(walk.picture(),))
    _at_unit(walk).do(ask, ROADS_MAN).decide(granted=False)


def voided(walk: Golden) -> None:
    walk.call_in().verifying().verified().accept().register()
    walk.do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER).granted(answer="已作废")


def void_refused(walk: Golden) -> None:
    walk.report().accept().register().do(AskVoid(reason="已不存在", reason_code="other"), DISPATCHER).decide(
        granted=False
    )


def closed_late_and_the_appeal_granted(walk: Golden) -> None:
    _at_unit(walk).do(
        commands.RunOut(), SYSTEM, after=2 * DAY, charges=(Charge(ClockKind.HANDLING, ROADS, Role.HANDLER),)
    )
    walk.hand_over().confirm().send_inspection().inspect().close("late")
    walk.do(Appeal(reason="材料短缺", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN).granted()


def the_appeal_refused_and_the_case_reopened(walk: Golden) -> None:
    _to_close(walk).close("special")
    walk.do(Appeal(reason="有异议", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN).decide(granted=False)
    walk.do(commands.Reopen(reason="回访未办结", reason_code="other"), SUPERVISOR, after=DAY).dispatch()


def asked_and_withdrawn(walk: Golden) -> None:
    _at_unit(walk).do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN)
    walk.do(WithdrawApplication(reason="不需要了"), ROADS_MAN)


def undecided_and_expired(walk: Golden) -> None:
    walk.matrix = OTHER_MATRIX
    ask = AskExtension(reason="工程量大", reason_code="other", value=1, pictures=(walk.picture(),))
    _at_unit(walk).do(ask, ROADS_MAN).do(commands.RunOut(), SYSTEM, after=5 * HOUR)


def supervised(walk: Golden) -> None:
    _at_unit(walk)
    for number, level in (("DB-1", 1), ("DB-2", 3)):
        order = commands.Supervise(order=number, level=level, text="限期办结", due=walk.moment + 2 * DAY)
        walk.do(order, SUPERVISOR)
    walk.do(commands.AnswerSupervision(order="DB-1", text="正在处理"), ROADS_MAN)
    walk.do(commands.LiftSupervision(order="DB-2", text="已办结", remaining=1), SUPERVISOR)


def a_major_case(walk: Golden) -> None:
    _at_unit(walk)
    listed = commands.ListMajor(level=2, text="分三步整治", due=walk.moment + 30 * DAY, unit_id=ROADS)
    walk.do(listed, SUPERVISOR).do(commands.ReportMajor(text="已完成一半"), ROADS_MAN)
    walk.do(commands.ChangeMajor(due=walk.moment + 60 * DAY, reason="雨季"), LEADER)
    walk.hand_over().confirm().send_inspection().inspect().do(commands.StrikeOff(text="已核查销号"), SUPERVISOR).close()


def more_is_asked_for(walk: Golden) -> None:
    _at_unit(walk).hand_over().do(commands.AskMore(reason="照片看不清"), DISPATCHER).hand_over()


def inspection_fails_and_closing_is_declined(walk: Golden) -> None:
    _at_unit(walk).hand_over().confirm().send_inspection().inspect(passed=False)
    walk.dispatch().receive().hand_over().confirm().send_inspection(None).inspect()
    walk.do(commands.DeclineClosing(reason="核查照片与现场不符", reason_code="other"), DUTY_OFFICER)


def confirmed_without_inspection(walk: Golden) -> None:
    walk.policy = NOT_ALWAYS
    _at_unit(walk).hand_over()
    walk.do(commands.Confirm(inspection_required=False, reason="照片清楚"), DISPATCHER).close()


def class_and_place_amended(walk: Golden) -> None:
    walk.report().accept()
    amend = commands.Amend(class_key=OTHER_SUBJECT.class_key, reason="类别有误", **spot(30))
    moved = msgspec.structs.replace(PLACE, lat=spot(30)["lat"], address="石桥街口北侧", level="B")
    walk.do(amend, ACCEPTOR, place=moved, subject=OTHER_SUBJECT)


def a_gap_is_filled(walk: Golden) -> None:
    walk.report(subject=GAP).accept(GAP)
    filled = commands.Register(limit=2, unit="work_day", closing=("REPAIR",), reason="参照同类")
    walk.do(filled, DUTY_OFFICER).dispatch()


def nobody_hurries(walk: Golden) -> None:
    walk.report().do(
        commands.RunOut(), SYSTEM, after=HOUR, charges=(Charge(ClockKind.ACCEPTANCE, 100, Role.DUTY_OFFICER, 31),)
    )
    walk.do(commands.Remind(text="请加快"), SUPERVISOR)
    late = msgspec.structs.replace(ROSTERED[11], entered=walk.moment)
    shown = commands.FindMissed(collector_id=11, basis="巡查轨迹", reason="当日巡查未报", pictures=(walk.picture(),))
    walk.do(shown, SUPERVISOR, rostered={11: late})
    walk.do(commands.WithdrawMissed(reason="当日换班，排班有误"), DUTY_OFFICER)
    walk.do(commands.FindMissed(basis="无排班可查", reason="当日巡查未报"), SUPERVISOR, rostered={})


def the_calendar_changes(walk: Golden) -> None:
    walk.moment += FRIDAY_AFTERNOON
    _at_unit(walk).do(commands.Recompute(reason="工作日历已调整"), SYSTEM, timing=SATURDAY_WORKED)


def closed_by_notice(walk: Golden) -> None:
    _to_close(walk).close("notice", answer="已告知权属单位")


def told_by_telephone(walk: Golden) -> None:
    walk.call_in().verifying().verified(real=False)
    contact = commands.CorrectContact(report_id="r1", reason="号码听错", reachable=True, by_call=True)
    walk.do(contact, ACCEPTOR, words=sha256(b"corrected").hexdigest())
    walk.do(commands.Refuse(reason="现场没有", reason_code="other", answer="经核实现场没有此问题"), ACCEPTOR)
    walk.do(commands.TellByCall(report_ids=("r1",), text="已电话告知本人"), DUTY_OFFICER)


def gone_on_with_by_the_successor(walk: Golden) -> None:
    _at_unit(walk).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    succeed = commands.Succeed(
        old_unit_id=ROADS, successor_id=PARKS, basis="机构承接：道路处自2026-03-03起由园林处承接"
    )
    walk.do(succeed, SYSTEM)


def to_be_done_again_by_the_successor(walk: Golden) -> None:
    _at_unit(walk).hand_over().confirm().send_inspection().inspect(passed=False)
    succeed = commands.Succeed(
        old_unit_id=ROADS, successor_id=PARKS, basis="机构承接：道路处自2026-03-03起由园林处承接"
    )
    walk.do(succeed, SYSTEM)
    walk.dispatch(PARKS)


def joined_by_the_helper_that_goes_on_with_it(walk: Golden) -> None:
    walk.report().accept().register().dispatch(ROADS, POWER).receive().hand_over()
    succeed = commands.Succeed(
        old_unit_id=ROADS, successor_id=POWER, basis="机构承接：道路处自2026-03-03起由供电公司承接"
    )
    walk.do(succeed, SYSTEM).hand_over(POWER_MAN)


WAYS: Final[tuple[Way, ...]] = tuple(
    way
    for name, way in list(globals().items())
    if callable(way) and getattr(way, "__module__", "") == __name__ and not name.startswith("_") and name != "Golden"
)


def walk_all() -> list[Golden]:
    """Every case, walked to where it is left."""
    walks = [Golden(number) for number in range(1, len(WAYS) + 1)]
    for way, walk in zip(WAYS, walks, strict=True):
        way(walk)
    return walks
