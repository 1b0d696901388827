"""Ways through the life-cycle that the golden log does not hold: what only a whole step shows."""

from __future__ import annotations

from typing import Final

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.state import ReportRef
from gezhi.policy.rules.channels import ChannelGroup
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.golden.cases import CREWS, Golden, Way
from tests.cases.world import (
    ACCEPTOR,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    OTHER_SUBJECT,
    PARKS,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SYSTEM,
)

MORE_TIME: Final = AskExtension(reason="工程量大", reason_code="other", value=1)


def _with_a_helper(walk: Golden) -> Golden:
    walk.report().accept().register().dispatch(ROADS, POWER).receive().receive(POWER_MAN)
    return walk


def _at_unit(walk: Golden) -> Golden:
    walk.report().accept().register().dispatch().receive()
    return walk


def handed_over_while_its_extension_waits(walk: Golden) -> None:
    _at_unit(walk).do(MORE_TIME, ROADS_MAN)
    walk.hand_over().confirm()


def handed_over_while_its_void_waits(walk: Golden) -> None:
    _at_unit(walk).do(AskVoid(reason="重复立案", reason_code="other"), ROADS_MAN)
    walk.hand_over().confirm().send_inspection().inspect()
    walk.granted(answer="已作废")


def handed_over_while_a_seat_asks_to_void(walk: Golden) -> None:
    _at_unit(walk).do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER)
    walk.hand_over().decide(granted=False)


def handed_over_while_what_its_crew_asked_waits(walk: Golden) -> None:
    _at_unit(walk).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    walk.receive(CREW_MAN).do(MORE_TIME, CREW_MAN)
    walk.hand_over(CREW_MAN).do(commands.HandOver(text="已复查"), ROADS_MAN)


def two_units_hand_over_one_after_the_other(walk: Golden) -> None:
    _with_a_helper(walk).do(MORE_TIME, ROADS_MAN)
    walk.hand_over().hand_over(POWER_MAN).confirm()


def a_helper_is_done_first_and_the_clock_runs_on(walk: Golden) -> None:
    _with_a_helper(walk).do(MORE_TIME, ROADS_MAN)
    walk.hand_over(POWER_MAN).granted().hand_over()


def a_send_back_waits_and_expires(walk: Golden) -> None:
    walk.matrix = OTHER_MATRIX
    _at_unit(walk).do(
        AskSendBack(reason="不是本单位的职责", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN
    )
    walk.do(commands.RunOut(), SYSTEM, after=5 * DAY)


def recalled_while_a_seat_asks_to_void(walk: Golden) -> None:
    _at_unit(walk).do(AskVoid(reason="重复立案", reason_code="other"), DUTY_OFFICER)
    walk.do(commands.Recall(reason="派错单位"), DISPATCHER).dispatch(PARKS)


def amended_while_it_is_handled(walk: Golden) -> None:
    _at_unit(walk).do(MORE_TIME, ROADS_MAN).granted()
    amend = commands.Amend(class_key=OTHER_SUBJECT.class_key, row_key=OTHER_SUBJECT.row_key, reason="类别有误")
    walk.do(amend, DUTY_OFFICER, subject=OTHER_SUBJECT, after=HOUR)


def amended_to_a_limit_of_another_calendar_after_an_extension(walk: Golden) -> None:
    _at_unit(walk).do(MORE_TIME, ROADS_MAN).granted()
    amend = commands.Amend(class_key=OTHER_SUBJECT.class_key, row_key=OTHER_SUBJECT.row_key, reason="类别有误")
    urgent = msgspec.structs.replace(OTHER_SUBJECT, limit=6, unit=Unit.WORK_HOUR, calendar="seats")
    walk.do(amend, DUTY_OFFICER, subject=urgent, after=HOUR)


def dispatched_anew_to_another_unit_it_is_due_anew(walk: Golden) -> None:
    _at_unit(walk).do(AskSendBack(reason="不是本单位的职责", reason_code="other"), ROADS_MAN)
    walk.decide().dispatch(PARKS, after=DAY)


def suspended_before_it_was_received(walk: Golden) -> None:
    walk.report().accept().register().dispatch()
    until = walk.moment + 9 * DAY
    walk.do(
        AskSuspension(reason="待汛期后", reason_code="other", until=until, pictures=(walk.picture(),)), ROADS_MAN
    ).granted()
    walk.do(commands.RunOut(), SYSTEM, after=10 * DAY)


def answered_reports_are_taken_up_unanswered(walk: Golden) -> None:
    walk.report()
    group = ChannelGroup.PUBLIC
    moved = ReportRef("r9", "hotline", walk.moment - HOUR, group, complaint=True, reachable=True, answered=walk.moment)
    walk.do(commands.AddReport(report_id="r9", channel="hotline", moved=moved), ACCEPTOR)


def every_clock_runs_out(walk: Golden) -> None:
    walk.report().do(commands.RunOut(), SYSTEM, after=HOUR)
    walk.accept().do(commands.RunOut(), SYSTEM, after=HOUR)
    walk.register().do(commands.RunOut(), SYSTEM, after=HOUR)
    walk.dispatch().do(commands.RunOut(), SYSTEM, after=2 * DAY)
    walk.receive().hand_over().do(commands.RunOut(), SYSTEM, after=DAY)


MORE_WAYS: Final[tuple[Way, ...]] = (
    handed_over_while_its_extension_waits,
    handed_over_while_its_void_waits,
    handed_over_while_a_seat_asks_to_void,
    handed_over_while_what_its_crew_asked_waits,
    two_units_hand_over_one_after_the_other,
    a_helper_is_done_first_and_the_clock_runs_on,
    a_send_back_waits_and_expires,
    recalled_while_a_seat_asks_to_void,
    amended_while_it_is_handled,
    amended_to_a_limit_of_another_calendar_after_an_extension,
    answered_reports_are_taken_up_unanswered,
    dispatched_anew_to_another_unit_it_is_due_anew,
    suspended_before_it_was_received,
    every_clock_runs_out,
)
