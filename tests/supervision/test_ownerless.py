"""疑难无主: the board is all cases whose state says so; what is settled stays visible until the duty table follows."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import UUID

import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.rules import commands
from gezhi.cases.rules.difficulty import difficulty_of
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.dispatching import MannerUnknown, UnitUnfit
from gezhi.duties.actions import add_row, end_row
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.versions import forget_all
from gezhi.supervision import actions
from gezhi.supervision.actions.ownerless import Called, Decided
from gezhi.supervision.queries.ownerless import BoardFilter, count_board, list_board, list_meetings, list_settlements
from gezhi.supervision.rules.meetings import (
    AgendaTooLong,
    Decision,
    Meeting,
    NotAKeeper,
    NotOnAgenda,
)
from gezhi.supervision.rules.ownerless import MarkFirst, NotADecider, NotDifficult, Settlement, Why, history_of, why_of
from tests.cases.city import LITTER, City
from tests.supervision.office import Office, assert_folds
from tests.supervision.test_major import tell


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def unowned(office: Office, number: int = 0) -> UUID:
    city = office.city
    case_id = city.at(Status.REGISTERED, spot=city.spot(number=number))
    city.do(case_id, commands.MarkUnowned(reason="产权不明"), office.dispatcher)
    return case_id


def decided(office: Office, **changes: object) -> Decided:
    given = {
        "manner": "government",
        "unit_id": office.city.unit("990100-works"),
        "reason": "由市政设施处负责",
        "basis": "市政府专题会议纪要",
        **changes,
    }
    return Decided(**given)  # type: ignore[arg-type]


def on_board(office: Office, **wanted: Any) -> list[UUID]:
    return [row.id for row in list_board(BoardFilter(**wanted), office.leader, limit=99)]


def take_rows_away(office: Office, case_id: UUID) -> None:
    """No row of the duty table answers for the case any more."""
    city = office.city
    state, today = city.state(case_id), day_of(city.clock())
    while True:
        forget_all()
        found = find_unit(held_duty_table(), state.subject.class_key, codes=state.codes, on=today)
        if found is None:
            return
        last = today - timedelta(days=1)
        end_row(found.row_id, last_day=last, reason="合同到期", actor=office.leader, clock=city.clock)


def meet(office: Office, *case_ids: UUID) -> Meeting:
    called = Called(
        title="三月联席会议",
        held_on=day_of(office.city.clock()),
        participants="市政设施处、园林处、环卫处",
        case_ids=case_ids,
    )
    return actions.call_meeting(called, doing=office.doing(office.supervisor))


def test_the_board_holds_every_case_whose_state_says_so_and_no_other(city: City, office: Office) -> None:
    """Whatever happens to cases, in whatever order, the board and the states agree after every step."""
    cases = [city.at(Status.REGISTERED, spot=city.spot(number=number)) for number in range(4)]
    moves = ("mark", "dispatch", "back", "settle", "dispatch", "back", "dispatch", "back", "mark", "settle", "on")
    for turn, move in enumerate(islice(cycle(moves), 44)):
        case_id = cases[turn * 3 % 4]
        step(office, case_id, move)
        expected = {one for one in cases if difficulty_of(city.state(one)) is not None}
        assert set(on_board(office)) == expected
        assert count_board(BoardFilter(), office.leader)["total"] == len(expected)


def step(office: Office, case_id: UUID, move: str) -> None:
    """One move, where the case stands so that it can be made."""
    city, status = office.city, office.city.state(case_id).status
    if move == "mark" and status is Status.REGISTERED:
        city.do(case_id, commands.MarkUnowned(reason="产权不明"), office.dispatcher)
    elif move == "settle" and difficulty_of(city.state(case_id)) is not None:
        actions.settle_owner(case_id, decided(office), doing=office.doing(office.dispatcher))
    elif move == "dispatch" and status is Status.REGISTERED:
        unit = city.unit("990100-works")
        city.do(case_id, commands.Dispatch(unit_id=unit, reason="按会议意见"), office.dispatcher)
    elif move == "back" and status is Status.DISPATCHED:
        office.send_back(case_id, "不属于本单位")
    elif move == "on" and status in (Status.DISPATCHED, Status.HANDLING):
        city.do(case_id, *city.next_move(case_id))


def test_the_board_says_why_and_whose_it_was(city: City, office: Office) -> None:
    case_id = office.twice_returned()
    state, table, today = city.state(case_id), held_duty_table(), day_of(city.clock())
    assert why_of(state, table, today) == (Why.RETURNED, Why.DISAGREE)
    assert [(one.unit, one.reason) for one in history_of(state)] == [
        (office.had(case_id)[0], "不属于本单位管养范围"),
        (office.had(case_id)[1], "管养界线以外"),
    ]
    assert on_board(office, difficulty="returned_twice") == [case_id]
    lost = unowned(office, 3)
    assert why_of(city.state(lost), table, today) == (Why.DISPUTED,)
    take_rows_away(office, lost)
    assert why_of(city.state(lost), held_duty_table(), today) == (Why.NO_ROW,)


def test_the_government_decides_and_the_case_goes_back_to_the_dispatcher(city: City, office: Office) -> None:
    case_id, key = unowned(office), city.ids()
    doing = office.doing(office.leader, key)
    settled = actions.settle_owner(case_id, decided(office), doing=doing)
    assert actions.settle_owner(case_id, decided(office), doing=doing) == settled
    state = city.state(case_id)
    assert (state.status, state.settled_unit, on_board(office)) == (Status.REGISTERED, settled.unit_id, [])
    assert_folds(settled)


def test_substitute_work_names_its_cost_and_its_contractor(city: City, office: Office) -> None:
    case_id = unowned(office)
    free = decided(office, manner="substitute", contractor="西岸保洁公司")
    with pytest.raises(MannerUnknown):
        actions.settle_owner(case_id, free, doing=office.doing(office.dispatcher))
    substitute = decided(office, manner="substitute", cost=12_000, contractor="西岸保洁公司")
    settled = actions.settle_owner(case_id, substitute, doing=office.doing(office.dispatcher))
    assert (settled.cost, settled.contractor) == (12_000, "西岸保洁公司")


def test_settling_with_faults_is_refused(city: City, office: Office) -> None:
    case_id, plain = unowned(office), city.at(Status.REGISTERED, spot=city.spot(number=7))
    with pytest.raises(NotADecider):
        actions.settle_owner(case_id, decided(office), doing=office.doing(office.supervisor))
    with pytest.raises(NotDifficult):
        actions.settle_owner(plain, decided(office), doing=office.doing(office.dispatcher))
    with pytest.raises(UnitUnfit):
        actions.settle_owner(case_id, decided(office, unit_id=987_654), doing=office.doing(office.dispatcher))
    with pytest.raises(NotFound):
        actions.settle_owner(city.ids(), decided(office), doing=office.doing(office.dispatcher))
    with pytest.raises(MarkFirst):
        actions.settle_owner(office.twice_returned(), decided(office), doing=office.doing(office.leader))
    assert case_id in on_board(office)


def test_the_dispatcher_settles_a_case_that_was_returned_twice_at_once(city: City, office: Office) -> None:
    case_id = office.twice_returned()
    actions.settle_owner(case_id, decided(office), doing=office.doing(office.dispatcher))
    state = city.state(case_id)
    assert (state.status, state.marks["unowned"], state.settled_unit) == (
        Status.REGISTERED,
        1,
        city.unit("990100-works"),
    )


def test_a_joint_meeting_decides_case_by_case(city: City, office: Office) -> None:
    first, second, third = unowned(office), unowned(office, 1), unowned(office, 2)
    meeting = meet(office, first, second)
    assert [item.decision for item in meeting.agenda] == [Decision.OPEN, Decision.OPEN]
    meeting = actions.add_to_agenda(meeting.id, [third, first], doing=office.doing(office.dispatcher))
    assert [item.case_id for item in meeting.agenda] == [first, second, third]
    by_meeting = decided(office, manner="meeting", basis="")
    meeting = actions.decide_in_meeting(meeting.id, first, by_meeting, doing=office.doing(office.dispatcher))
    meeting = actions.put_off_in_meeting(
        meeting.id, second, "请规划部门补充权属资料", doing=office.doing(office.supervisor)
    )
    assert [item.decision for item in meeting.agenda] == [Decision.SETTLED, Decision.PUT_OFF, Decision.OPEN]
    assert set(on_board(office)) == {second, third}
    (settled,) = list_settlements(office.leader, waiting=False, limit=9)
    assert (settled.meeting_id, settled.basis) == (meeting.id, f"三月联席会议（{meeting.no}）")
    with pytest.raises(NotOnAgenda):
        actions.decide_in_meeting(meeting.id, first, by_meeting, doing=office.doing(office.dispatcher))
    assert list_meetings(office.leader, case_id=first, limit=9) == [meeting]
    assert_folds(meeting)


def test_a_meeting_with_faults_is_refused(city: City, office: Office) -> None:
    with pytest.raises(AgendaTooLong):
        meet(office)
    with pytest.raises(NotDifficult):
        meet(office, city.at(Status.REGISTERED))
    with pytest.raises(NotFound):
        meet(office, city.ids())
    called = Called(title="会", held_on=day_of(city.clock()), participants="各单位", case_ids=(unowned(office, 5),))
    with pytest.raises(NotAKeeper):
        actions.call_meeting(called, doing=office.doing(city.actor(Role.ACCEPTOR)))


def test_what_was_settled_stays_in_view_until_the_duty_table_names_a_unit(city: City, office: Office) -> None:
    case_id = unowned(office)
    state = city.state(case_id)
    take_rows_away(office, case_id)
    settled = actions.settle_owner(case_id, decided(office), doing=office.doing(office.dispatcher))
    assert actions.note_duty_rows(clock=city.clock, ids=city.ids) == 0
    assert list_settlements(office.leader, waiting=True, limit=9) == [settled]
    edition, kind, selector = LITTER.split("-")
    row = DutyRowData(
        edition=edition,
        kind=kind,
        selector=selector,
        area_code=state.place.county,
        unit_id=settled.unit_id,
        valid_from=day_of(city.clock()),
        basis_kind=Basis.MINUTES,
        basis="市政府专题会议纪要",
    )
    add_row(row, reason="确权后补录", actor=office.leader, clock=city.clock)
    forget_all()
    assert actions.note_duty_rows(clock=city.clock, ids=city.ids) == 1
    assert list_settlements(office.leader, waiting=True, limit=9) == []
    (done,) = list_settlements(office.leader, waiting=False, limit=9)
    assert done.row_seen_at == city.clock()
    assert_folds(done)


def test_a_settlement_on_the_case_page_is_entered_too(city: City, office: Office) -> None:
    case_id = unowned(office)
    settle = commands.SettleOwner(
        unit_id=city.unit("990100-works"), basis="会议纪要", reason="属市政设施", manner="substitute", cost=300
    )
    city.do(case_id, settle, office.dispatcher)
    tell(city, case_id)
    (settled,) = list_settlements(office.leader, waiting=False, limit=9)
    assert isinstance(settled, Settlement)
    assert (settled.case_id, settled.manner, settled.cost, settled.settled_by) == (
        case_id,
        "substitute",
        300,
        office.dispatcher.user_id,
    )
