"""重大案件备案: register and case change together; nobody strikes off alone."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.major_cases import ListedAlready, NotStruckOff
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.words import WordsMissing
from gezhi.plumbing.outbox import Announced
from gezhi.policy.actions import put_local_policy_in_force
from gezhi.policy.queries import held_policy
from gezhi.supervision import actions
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.models import MajorCase as Row
from gezhi.supervision.queries.major import MajorFilter, count_major, find_standing_major, list_major
from gezhi.supervision.rules.major_register import (
    ChangePending,
    LeaderHasNoPart,
    LeaderSigns,
    MajorCase,
    MajorState,
    NoChangeAsked,
    NoStrikeProposed,
    NotInspected,
    OwnRequest,
    StrikeProposedAlready,
    StruckOffAlready,
    is_inspected,
)
from gezhi.supervision.rules.terms import DueInThePast
from gezhi.supervision.subscribers import on_case_entry
from tests.cases.city import City
from tests.supervision.office import DAY, Office, assert_folds


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def listing(office: Office, case_id: UUID, **changes: object) -> Listing:
    unit = office.handler(case_id).organisation_id
    given = {"level": 2, "plan": "封闭施工，分段抢修", "due": office.city.clock() + 9 * DAY, "unit_id": unit, **changes}
    return Listing(**given)  # type: ignore[arg-type]


def listed(office: Office, case_id: UUID | None = None, *, by: Actor | None = None) -> MajorCase:
    case_id = case_id or office.city.at(Status.HANDLING)
    return actions.list_case(case_id, listing(office, case_id), doing=office.doing(by or office.supervisor))


def test_a_listed_case_cannot_close_before_two_people_have_struck_it_off(city: City, office: Office) -> None:
    major = listed(office)
    assert city.state(major.case_id).major == 2
    with pytest.raises(NotInspected):
        actions.propose_strike_off(major.id, "已修复", doing=office.doing(office.supervisor))
    city.lead(major.case_id, Status.TO_CLOSE)
    with pytest.raises(NotStruckOff):
        city.do(major.case_id, commands.Close(kind="normal", answer="已处理"), city.actor(Role.DUTY_OFFICER))
    with pytest.raises(LeaderSigns):
        actions.propose_strike_off(major.id, "已修复", doing=office.doing(office.leader))
    with pytest.raises(NoStrikeProposed):
        actions.sign_strike_off(major.id, "同意", granted=True, doing=office.doing(office.leader))
    actions.propose_strike_off(major.id, "核查通过", doing=office.doing(office.supervisor))
    with pytest.raises(StrikeProposedAlready):
        actions.propose_strike_off(major.id, "再提", doing=office.doing(office.supervisor))
    with pytest.raises(LeaderSigns):
        actions.sign_strike_off(major.id, "同意", granted=True, doing=office.doing(office.supervisor))
    major = actions.sign_strike_off(major.id, "同意销号", granted=True, doing=office.doing(office.leader))
    assert (major.state, major.strike_by, major.struck_by) == (
        MajorState.STRUCK_OFF,
        office.supervisor.user_id,
        office.leader.user_id,
    )
    assert city.state(major.case_id).major == 0
    city.lead(major.case_id, Status.CLOSED)
    assert_folds(major)
    with pytest.raises(StruckOffAlready):
        actions.report_progress(major.id, "补记", doing=office.doing(office.supervisor))


def test_one_who_is_both_supervisor_and_leader_still_signs_nothing_of_their_own(city: City, office: Office) -> None:
    major = listed(office)
    city.lead(major.case_id, Status.TO_CLOSE)
    actions.propose_strike_off(major.id, "核查通过", doing=office.doing(office.supervisor))
    both = msgspec.structs.replace(office.leader, user_id=office.supervisor.user_id)
    with pytest.raises(OwnRequest):
        actions.sign_strike_off(major.id, "同意", granted=True, doing=office.doing(both))


def test_a_case_that_waits_to_be_closed_without_an_inspection_is_not_struck_off(city: City, office: Office) -> None:
    policy = held_policy().on(day_of(city.clock()))
    lax = msgspec.structs.replace(policy, inspection_always=False)
    put_local_policy_in_force(held_policy().node, lax, valid_from=day_of(city.clock()))
    case_id = city.at(Status.HANDLED)
    city.do(case_id, commands.Confirm(inspection_required=False, reason="现场已看过"), office.dispatcher)
    assert city.state(case_id).status is Status.TO_CLOSE
    major = listed(office, case_id)
    with pytest.raises(NotInspected):
        actions.propose_strike_off(major.id, "完工", doing=office.doing(office.supervisor))
    city.do(
        case_id, commands.DeclineClosing(reason="重大案件须核查", reason_code="other"), city.actor(Role.DUTY_OFFICER)
    )
    city.lead(case_id, Status.TO_CLOSE)
    major = actions.propose_strike_off(major.id, "核查通过", doing=office.doing(office.supervisor))
    assert major.state is MajorState.STRIKING


def test_an_inspection_of_an_earlier_round_does_not_count(city: City, office: Office) -> None:
    major = listed(office, city.at(Status.TO_CLOSE))
    state = city.state(major.case_id)
    assert is_inspected(state)
    assert not is_inspected(msgspec.structs.replace(state, round=state.round + 1))
    failed = msgspec.structs.replace(state.tasks[-1], no=9, passed=False)
    assert not is_inspected(msgspec.structs.replace(state, tasks=(*state.tasks, failed)))
    taken_away = msgspec.structs.replace(failed, answered=None, passed=None, rerouted=state.acted)
    assert is_inspected(msgspec.structs.replace(state, tasks=(*state.tasks, taken_away)))


def test_a_refused_strike_off_leaves_it_on_the_register(city: City, office: Office) -> None:
    major = listed(office)
    city.lead(major.case_id, Status.TO_CLOSE)
    actions.propose_strike_off(major.id, "核查通过", doing=office.doing(office.supervisor))
    major = actions.sign_strike_off(major.id, "验收材料不全", granted=False, doing=office.doing(office.leader))
    assert (major.state, major.strike_by, city.state(major.case_id).major) == (MajorState.LISTED, None, 2)
    assert_folds(major)


def test_another_person_decides_on_a_new_due_date(city: City, office: Office) -> None:
    major, later = listed(office), city.clock() + 20 * DAY
    with pytest.raises(DueInThePast):
        actions.ask_change(major.id, "材料未到", city.clock(), doing=office.doing(office.supervisor))
    with pytest.raises(NoChangeAsked):
        actions.decide_change(major.id, "同意", granted=True, doing=office.doing(office.leader))
    asked = actions.ask_change(major.id, "材料未到", later, doing=office.doing(office.supervisor))
    assert (asked.due_at, asked.asked_due_at) == (major.due_at, later)
    with pytest.raises(ChangePending):
        actions.ask_change(major.id, "再延", later, doing=office.doing(office.leader))
    with pytest.raises(OwnRequest):
        actions.decide_change(major.id, "同意", granted=True, doing=office.doing(office.supervisor))
    done = actions.decide_change(major.id, "情况属实", granted=True, doing=office.doing(office.leader))
    assert (done.due_at, done.asked_due_at, done.changes) == (later, None, 1)
    actions.ask_change(major.id, "再延", later + DAY, doing=office.doing(office.supervisor))
    refused = actions.decide_change(major.id, "不再延期", granted=False, doing=office.doing(office.leader))
    assert (refused.due_at, refused.changes) == (later, 1)
    assert_folds(refused)


def test_progress_and_what_was_sent_above_are_kept(city: City, office: Office) -> None:
    major = listed(office)
    major = actions.report_progress(major.id, "完成围挡", doing=office.doing(office.handler(major.case_id)))
    assert (major.progress, major.progress_count) == ("完成围挡", 1)
    sent = city.clock() - DAY
    major = actions.report_above(major.id, "专报第 3 期", "省厅", sent, doing=office.doing(office.leader))
    assert (major.reported_above_at, major.reported_above_count) == (sent, 1)
    with pytest.raises(WordsMissing):
        actions.report_above(major.id, "专报", " ", sent, doing=office.doing(office.leader))
    assert_folds(major)


def test_a_case_is_listed_once_and_the_same_request_lists_it_once(city: City, office: Office) -> None:
    case_id, key = city.at(Status.HANDLING), city.ids()
    doing = office.doing(office.supervisor, key)
    first = actions.list_case(case_id, listing(office, case_id), doing=doing)
    assert actions.list_case(case_id, listing(office, case_id), doing=doing) == first
    with pytest.raises(ListedAlready):
        listed(office, case_id, by=office.leader)


def test_the_leading_unit_has_a_part_in_the_case(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    for unit in (city.unit("990100-parks"), 987_654):
        with pytest.raises(LeaderHasNoPart):
            actions.list_case(case_id, listing(office, case_id, unit_id=unit), doing=office.doing(office.supervisor))
    waiting = city.at(Status.REGISTERED, spot=city.spot(number=2))
    asked = listing(office, case_id)
    with pytest.raises(LeaderHasNoPart):
        actions.list_case(waiting, asked, doing=office.doing(office.supervisor))
    assert (city.state(case_id).major, city.state(waiting).major, Row.objects.count()) == (0, 0, 0)


def test_what_is_overdue_is_counted_and_found(city: City, office: Office) -> None:
    major = listed(office)
    city.clock.now = major.due_at + 1
    counted = count_major(MajorFilter(), office.leader, now=city.clock())
    assert counted == {"total": 1, "listed": 1, "striking": 0, "struck_off": 0, "overdue": 1}
    found = list_major(MajorFilter(overdue_at=city.clock()), office.leader, limit=9)
    assert [one.id for one in found] == [major.id]


def tell(city: City, case_id: UUID) -> None:
    """The subscriber hears every entry of a case, twice."""
    for seq in range(1, city.state(case_id).seq + 1):
        for _ in range(2):
            on_case_entry(Announced(seq, "cases.any", str(case_id), {"seq": seq}))


def test_what_the_case_page_did_enters_the_register(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    unit, due = office.handler(case_id).organisation_id, city.clock() + 9 * DAY
    city.do(case_id, commands.ListMajor(level=1, text="抢修", due=due, unit_id=unit), office.leader)
    city.do(case_id, commands.ReportMajor(text="进场"), office.supervisor)
    city.do(case_id, commands.ChangeMajor(due=due + DAY, reason="降雨"), office.leader)
    tell(city, case_id)
    major = find_standing_major(case_id)
    assert major is not None
    assert (major.level, major.plan, major.progress, major.due_at) == (1, "抢修", "进场", due + DAY)
    assert (major.listed_by, major.seq) == (office.leader.user_id, 3)
    assert_folds(major)
    actions.report_progress(major.id, "完工", doing=office.doing(office.supervisor))
    tell(city, case_id)
    assert Row.objects.get(case_id=case_id).seq == 4
    city.lead(case_id, Status.TO_CLOSE)
    city.do(case_id, commands.StrikeOff(text="验收"), office.leader)
    tell(city, case_id)
    assert Row.objects.get(case_id=case_id).state == "struck_off"
