"""督导问责: proposed by rule once, confirmed by another person, put right, closed with its effect."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import NotFound
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Conclusion, Proposed
from gezhi.supervision.models import AccountabilityEntry
from gezhi.supervision.queries.accountability import EntryFilter, list_entries, list_rates
from gezhi.supervision.rules.accountability import (
    AccountabilityKind,
    AccountabilityRecord,
    BadMeasure,
    EntryState,
    NotYourEntry,
    OwnProposal,
    ProposedAlready,
    ResultAwaited,
    TooManyPoints,
    UnitUnknown,
    WrongState,
)
from gezhi.supervision.rules.accountability_rules import ROWS, AccountabilityRow, MonthRate
from gezhi.supervision.rules.terms import DueInThePast
from tests.cases.city import City
from tests.supervision.office import DAY, Office, assert_folds


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def propose(office: Office) -> list[AccountabilityRecord]:
    while actions.propose_accountability(clock=office.city.clock, ids=office.city.ids):
        pass
    return list_entries(EntryFilter(), office.leader, limit=50)


def by_hand(office: Office, **changes: object) -> AccountabilityRecord:
    case_id = office.city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    given: dict[str, object] = {
        "unit_id": unit,
        "cause": "屡次敷衍",
        "demand": "限期整改",
        "case_id": case_id,
        **changes,
    }
    return actions.propose_entry(Proposed(**given), doing=office.doing(office.supervisor))  # type: ignore[arg-type]


def confirmed(office: Office) -> AccountabilityRecord:
    return actions.confirm_entry(by_hand(office).id, "", None, doing=office.doing(office.leader))


def test_a_case_at_the_third_level_is_proposed_once(city: City, office: Office) -> None:
    case_id = office.overdue()
    for _ in range(3):  # no reply comes
        office.round()
        city.clock.advance(5 * DAY)
    (entry,) = propose(office)
    assert (entry.kind, entry.case_id, entry.state) == (AccountabilityKind.OVERDUE, case_id, EntryState.PROPOSED)
    assert (entry.unit_id, entry.demand) == (
        office.handler(case_id).organisation_id,
        ROWS[AccountabilityKind.OVERDUE].demand,
    )
    assert len(propose(office)) == 1
    assert_folds(entry)


def raised_by_hand(office: Office) -> UUID:
    """A case in good time: an order that a supervisor raised to the third level, with two more orders beside it."""
    case_id = office.city.at(Status.HANDLING)
    order = office.order(case_id)
    for _ in range(2):
        actions.escalate_order(order.id, "领导关注", doing=office.doing(office.supervisor))
    office.order(case_id), office.order(case_id)
    return case_id


def test_nobody_is_accused_of_delay_while_no_clock_has_run_out(city: City, office: Office) -> None:
    case_id = raised_by_hand(office)
    for _ in range(4):
        again = commands.AddReport(report_id=str(city.ids()), channel="hotline")
        city.do(case_id, again, city.actor(Role.ACCEPTOR))
    assert city.state(case_id).supervision == 3
    assert propose(office) == []
    city.clock.advance(30 * DAY)
    assert {entry.kind for entry in propose(office)} == {
        AccountabilityKind.OVERDUE, AccountabilityKind.REPEATS, AccountabilityKind.ORDERS,
    }  # fmt: skip


def test_a_unit_does_not_answer_for_what_was_ordered_of_another(city: City, office: Office) -> None:
    case_id = city.at(Status.DISPATCHED)
    first = office.handler(case_id).organisation_id
    for _ in range(3):
        lifted = office.order(case_id, level=3)
        actions.lift_order(lifted.id, "另派", doing=office.doing(office.supervisor))
    city.do(case_id, commands.Recall(reason="派错单位"), office.dispatcher)
    city.do(case_id, commands.Dispatch(unit_id=city.unit("990100-parks"), reason="改派"), office.dispatcher)
    city.clock.advance(30 * DAY)
    assert first != office.handler(case_id).organisation_id
    assert propose(office) == []


def test_repeats_and_reopening_are_proposed(city: City, office: Office) -> None:
    often = city.at(Status.HANDLING)
    for _ in range(4):
        again = commands.AddReport(report_id=str(city.ids()), channel="hotline")
        city.do(often, again, city.actor(Role.ACCEPTOR))
    city.clock.advance(25 * DAY)
    reopened = city.at(Status.CLOSED, spot=city.spot(number=4))
    city.do(reopened, commands.Reopen(reason="回访不满意", reason_code="other"), office.supervisor)
    found = {(entry.kind, entry.case_id) for entry in propose(office)}
    assert found == {(AccountabilityKind.REPEATS, often), (AccountabilityKind.REOPENED, reopened)}


def test_several_orders_are_proposed(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    for _ in range(3):
        office.order(case_id)
    city.clock.advance(10 * DAY)
    assert [entry.kind for entry in propose(office)] == [AccountabilityKind.ORDERS]


def test_an_overdue_complaint_is_proposed_where_the_city_says_so(city: City, office: Office) -> None:
    case_id = city.begin(city.call(), city.actor(Role.ACCEPTOR))
    rows = [AccountabilityRow(kind=AccountabilityKind.COMPLAINT, threshold=1, demand="限期办结")]
    actions.put_rules_in_force(rows, valid_from=day_of(city.clock()), clock=city.clock)
    city.do(case_id, commands.RequireVerification(collector_id=None), city.actor(Role.ACCEPTOR))
    city.lead(case_id, Status.HANDLING)
    city.clock.advance(5 * DAY)
    from gezhi.cases.actions import raise_due_clocks

    raise_due_clocks(clock=city.clock, ids=city.ids)
    assert [entry.kind for entry in propose(office)] == [AccountabilityKind.COMPLAINT]


def test_an_entry_goes_from_proposal_to_closing(city: City, office: Office) -> None:
    entry = confirmed(office)
    assert (entry.state, entry.due_at is not None, entry.demand) == (EntryState.CORRECTING, True, "限期整改")
    assert entry.case_id is not None
    handler = office.handler(entry.case_id)
    entry = actions.report_result(entry.id, "已清理并约谈班组", (), doing=office.doing(handler))
    entry = actions.return_result(entry.id, "仍有残留", None, doing=office.doing(office.supervisor))
    assert (entry.state, entry.returned) == (EntryState.CORRECTING, 1)
    assert entry.due_at is not None
    city.clock.now = entry.due_at + 60
    entry = actions.report_result(entry.id, "复查已清理", (city.picture(),), doing=office.doing(handler))
    assert (entry.state, entry.late) == (EntryState.REPORTED, True)
    outcome = Conclusion(measure="interview", measure_text="约谈负责人", points=250, effect="扣当月考核 2.5 分")
    entry = actions.close_entry(entry.id, "整改到位", outcome, doing=office.doing(office.leader))
    assert (entry.state, entry.measure, entry.points) == (EntryState.CLOSED, "interview", 250)
    assert_folds(entry)
    with pytest.raises(WrongState):
        actions.dismiss_entry(entry.id, "撤销", doing=office.doing(office.leader))


def test_who_proposes_does_not_confirm(city: City, office: Office) -> None:
    entry = by_hand(office)
    with pytest.raises(OwnProposal):
        actions.confirm_entry(entry.id, "", None, doing=office.doing(office.supervisor))
    with pytest.raises(DueInThePast):
        actions.confirm_entry(entry.id, "", city.clock(), doing=office.doing(office.leader))
    dismissed = actions.dismiss_entry(entry.id, "情有可原", doing=office.doing(office.leader))
    assert dismissed.state is EntryState.DISMISSED
    assert_folds(dismissed)


def test_only_the_unit_reports_and_only_a_known_measure_closes(city: City, office: Office) -> None:
    entry = confirmed(office)
    with pytest.raises(NotFound):
        actions.report_result(entry.id, "代报", (), doing=office.doing(city.actor(Role.HANDLER, unit="990100-parks")))
    with pytest.raises(NotYourEntry):
        actions.report_result(entry.id, "代报", (), doing=office.doing(office.supervisor))
    assert entry.case_id is not None
    with pytest.raises(ResultAwaited):
        actions.close_entry(entry.id, "办结", Conclusion(measure="none"), doing=office.doing(office.leader))
    actions.report_result(entry.id, "已清理", (), doing=office.doing(office.handler(entry.case_id)))
    with pytest.raises(BadMeasure):
        actions.close_entry(entry.id, "办结", Conclusion(measure="flogging"), doing=office.doing(office.leader))
    rows = [msgspec.structs.replace(ROWS[AccountabilityKind.OVERDUE], most_points=200)]
    actions.put_rules_in_force(rows, valid_from=day_of(city.clock()), clock=city.clock)
    with pytest.raises(TooManyPoints):
        actions.close_entry(
            entry.id, "办结", Conclusion(measure="deduct", points=201), doing=office.doing(office.leader)
        )
    closed = actions.close_entry(
        entry.id, "办结", Conclusion(measure="deduct", points=200), doing=office.doing(office.leader)
    )
    assert (closed.state, closed.points) == (EntryState.CLOSED, 200)


def test_a_proposal_by_hand_names_a_unit_that_exists_and_is_made_once(city: City, office: Office) -> None:
    with pytest.raises(UnitUnknown):
        by_hand(office, unit_id=987_654)
    entry = by_hand(office)
    assert entry.case_id is not None
    same = Proposed(unit_id=entry.unit_id, cause="又一次", demand="整改", case_id=entry.case_id)
    with pytest.raises(ProposedAlready):
        actions.propose_entry(same, doing=office.doing(office.leader))
    alone = Proposed(unit_id=entry.unit_id, cause="全年拖延", demand="整改")
    made = actions.propose_entry(alone, doing=office.doing(office.supervisor))
    assert (made.case_id, made.area_code) == (None, "9901")


def test_a_lasting_low_rate_of_a_unit_is_proposed_once_for_its_last_month(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    city.clock.advance(5 * DAY)  # too late
    city.lead(case_id, Status.TO_CLOSE)
    city.do(case_id, commands.Close(kind="late", answer="已处理"), city.actor(Role.DUTY_OFFICER))
    in_time = city.at(Status.CLOSED, spot=city.spot(number=5))
    assert office.had(in_time) == [unit]
    month = f"{day_of(city.clock()):%Y-%m}"
    assert list_rates(0, city.clock() + DAY) == [MonthRate(unit, month, 2, 1)]
    rows = [
        AccountabilityRow(kind=AccountabilityKind.LOW_RATE, threshold=800, months=1, base=2, demand="分析原因"),
    ]
    actions.put_rules_in_force(rows, valid_from=date(2026, 3, 1), clock=city.clock)
    assert actions.propose_low_rates(clock=city.clock, ids=city.ids) == 0  # the month is not over
    city.clock.advance(31 * DAY)
    assert actions.propose_low_rates(clock=city.clock, ids=city.ids) == 1
    assert actions.propose_low_rates(clock=city.clock, ids=city.ids) == 0
    row = AccountabilityEntry.objects.get(kind=AccountabilityKind.LOW_RATE)
    assert (row.unit_id, row.month) == (unit, month)
    assert "2026-03 为 50.0%（1/2）" in row.cause
