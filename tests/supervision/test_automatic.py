"""督办巡查: what the job finds, orders and raises, by itself and once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.entries import OrderKind
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision import actions
from gezhi.supervision.models import Event, Watch
from gezhi.supervision.models import Order as OrderRow
from gezhi.supervision.rules.automatic import LEVELS, moment_of
from gezhi.supervision.rules.key_lists import Begins, KeyListRow, UnknownChoice
from gezhi.supervision.rules.orders import OrderState
from tests.cases.city import ROAD, ROAD_ROW, City
from tests.fixtures import StatementCount
from tests.supervision.office import DAY, HOUR, Office, assert_folds


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def just_late(office: Office) -> UUID:
    """A case whose handling ran out this minute."""
    city = office.city
    case_id = city.at(Status.HANDLING)
    clock = city.state(case_id).clock(ClockKind.HANDLING)
    assert clock is not None
    city.clock.now = clock.due + 60
    return case_id


def test_an_overdue_case_gets_its_order_only_when_the_first_level_is_reached(city: City, office: Office) -> None:
    case_id = just_late(office)
    office.round()
    assert office.orders_of(case_id) == []
    watch = Watch.objects.get(case_id=case_id)
    assert watch.next_at is not None
    city.clock.now = int(watch.next_at.timestamp()) - 1
    office.round()
    assert office.orders_of(case_id) == []
    city.clock.advance(1)
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.kind, order.level, order.state) == (OrderKind.AUTOMATIC, 1, OrderState.OPEN)
    assert order.requirement == LEVELS[1].requirement
    assert city.state(case_id).supervision == 1
    assert_folds(order)


def test_what_stays_late_rises_to_the_third_level_in_one_order(city: City, office: Office) -> None:
    case_id = just_late(office)
    levels = []
    for _ in range(240):
        office.round()
        city.clock.advance(HOUR // 3)
        levels += [order.level for order in office.orders_of(case_id)]
    (order,) = office.orders_of(case_id)
    assert sorted(set(levels)) == [1, 2, 3]
    assert levels == sorted(levels)
    assert (order.level, order.addressees, order.escalated) == (3, (office.leader.user_id,), 2)
    city.clock.advance(4 * DAY)
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.level, order.missed, order.next_at) == (3, 3, None)
    assert city.state(case_id).supervision == 3
    assert_folds(order)


def test_a_case_late_by_weeks_begins_at_the_lowest_level_and_stays_there_while_its_unit_replies(
    city: City, office: Office
) -> None:
    case_id = office.overdue()
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.level, order.addressee) == (1, "contact")
    actions.reply_to_order(order.id, "材料明日到", (), doing=office.doing(office.handler(case_id)))
    for _ in range(20):
        city.clock.advance(DAY)
        office.round()
    (order,) = office.orders_of(case_id)
    assert (order.level, order.missed, order.escalated) == (1, 0, 0)


def test_two_hours_late_is_no_reason_to_supervise(city: City, office: Office) -> None:
    """A street vendor is late by the whole limit after two hours: the floor of four work hours is not reached."""
    case_id = just_late(office)
    clock = city.state(case_id).clock(ClockKind.HANDLING)
    assert clock is not None
    short = msgspec.structs.replace(clock, unit=Unit.URGENT_HOUR, limit=2 * HOUR)
    timing = Timing(held_registers().calendars.by_name)
    for level, hours in ((1, 4), (2, 8), (3, 16)):
        at = moment_of(LEVELS[level], short, timing)
        assert at == timing.calendar(OFFICE).add(clock.due, Unit.WORK_HOUR, hours * HOUR).due


def test_an_automatic_order_that_follows_the_case_to_another_unit_begins_anew(city: City, office: Office) -> None:
    case_id = city.at(Status.DISPATCHED)
    city.clock.advance(30 * DAY)
    office.round()
    city.clock.advance(3 * DAY)
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.kind, order.level) == (OrderKind.AUTOMATIC, 2)
    city.do(case_id, commands.Recall(reason="派错单位"), office.dispatcher)
    city.do(case_id, commands.Dispatch(unit_id=city.unit("990100-parks"), reason="改派"), office.dispatcher)
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.level, after.unit_id, after.state) == (1, city.unit("990100-parks"), OrderState.OPEN)
    assert_folds(after)


def test_a_reply_that_does_not_come_raises_the_order(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    city.clock.now = order.due_at
    office.round()
    (order,) = [one for one in office.orders_of(case_id) if one.kind is OrderKind.SUPERVISOR]
    assert (order.level, order.missed, order.late, order.state) == (2, 1, True, OrderState.OPEN)
    assert order.due_at > city.clock()
    city.clock.now = order.due_at
    office.round()
    city.clock.now = next(o.due_at for o in office.orders_of(case_id) if o.id == order.id)
    office.round()
    office.round()
    (order,) = [one for one in office.orders_of(case_id) if one.id == order.id]
    assert (order.level, order.missed, order.next_at) == (3, 3, None)
    assert_folds(order)


def test_a_reply_in_time_keeps_the_order_where_it_is(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    actions.reply_to_order(order.id, "已安排", (), doing=office.doing(office.handler(case_id)))
    city.clock.now = order.due_at + HOUR
    office.round()
    (after,) = [one for one in office.orders_of(case_id) if one.id == order.id]
    assert (after.level, after.missed, after.late) == (1, 0, False)


def test_orders_lift_when_the_case_closes(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    office.order(case_id), office.order(case_id, level=2, by=office.leader)
    city.lead(case_id, Status.CLOSED)
    office.round()
    assert [order.state for order in office.orders_of(case_id)] == [OrderState.LIFTED] * 2
    assert city.state(case_id).supervision == 0
    for order in office.orders_of(case_id):
        assert_folds(order)


def test_an_order_for_a_voided_case_is_lifted_without_an_entry(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    city.do(case_id, AskVoid(reason="重复立案", reason_code="other"), office.dispatcher)
    while city.state(case_id).pending is not None:
        pending = city.state(case_id).pending
        assert pending is not None
        city.do(
            case_id,
            DecideApplication(granted=True, reason="情况属实"),
            next(a for a in city.people(Role(pending.deciding or "")) if a.user_id != office.dispatcher.user_id),
        )
    assert city.state(case_id).status is Status.VOIDED
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.id, after.state) == (order.id, OrderState.LIFTED)
    assert Event.objects.filter(subject_id=order.id).latest("seq").text == "案件已作废，自动解除。"


def test_an_order_for_a_merged_case_is_lifted_with_the_number_of_the_case_that_goes_on(
    city: City, office: Office
) -> None:
    goes_on, merged = city.at(Status.HANDLING), city.at(Status.HANDLING)
    kept, order = office.order(goes_on), office.order(merged)
    city.do(
        merged,
        commands.Merge(into=str(goes_on), reason="同一处坑洞", reason_code="other"),
        city.actor(Role.DUTY_OFFICER),
    )
    office.round()
    (after,) = office.orders_of(merged)
    assert (after.id, after.state) == (order.id, OrderState.LIFTED)
    lifting = Event.objects.filter(subject_id=order.id).latest("seq")
    assert lifting.text == f"案件已并入 {city.state(goes_on).no}，自动解除。"
    (standing,) = office.orders_of(goes_on)
    assert (standing.id, standing.state) == (kept.id, OrderState.OPEN)


def test_an_order_follows_the_case_to_its_new_unit(city: City, office: Office) -> None:
    case_id = city.at(Status.DISPATCHED)
    order = office.order(case_id)
    office.send_back(case_id, "不属于本单位")
    office.round()
    assert office.orders_of(case_id)[0].unit_id == order.unit_id
    other = city.unit("990100-parks")
    city.do(case_id, commands.Dispatch(unit_id=other, reason="改派"), office.dispatcher)
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.unit_id, after.state, after.level) == (other, OrderState.OPEN, 1)
    assert after.addressees == (city.handler_of(other).user_id,)
    assert after.due_at > order.due_at or after.due_at > city.clock()
    assert_folds(after)


def listed(office: Office, **changes: object) -> KeyListRow:
    given: dict[str, object] = {
        "id": office.city.ids(),
        "title": "迎检重点",
        "classes": ("2026-matter-06013",),
        "begins": Begins.REGISTERED,
        "level": 2,
        "requirement": "重点点位，当日处置",
        "reply": Limit(8, Unit.WORK_HOUR, "office"),
        "valid_from": day_of(office.city.clock()),
        **changes,
    }
    return KeyListRow(**given)  # type: ignore[arg-type]


def test_a_key_list_supervises_what_it_names_once(city: City, office: Office) -> None:
    litter, road = city.at(Status.HANDLING), city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW)
    kept = actions.set_key_list(listed(office), doing=office.doing(office.supervisor))
    office.round()
    office.round()
    assert office.orders_of(litter) == []
    (order,) = office.orders_of(road)
    assert (order.kind, order.level, order.list_id) == (OrderKind.KEY, 2, kept.id)
    actions.end_key_list(kept.id, "检查结束", doing=office.doing(office.supervisor))
    later = city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW, spot=city.spot(number=3))
    office.round()
    assert office.orders_of(later) == []


@pytest.mark.parametrize(
    ("named", "field", "said"),
    [
        ({"case_nos": ("4101-99999999-000000", "YT-1"), "classes": ()}, "case_nos", "4101-99999999-000000、YT-1"),
        ({"classes": ("2026-matter-06013", "2026-matter-99999")}, "classes", "2026-matter-99999"),
        ({"classes": (), "regions": ("990199",)}, "regions", "990199"),
    ],
)
def test_a_key_list_names_nothing_that_does_not_exist(
    city: City, office: Office, named: dict[str, object], field: str, said: str
) -> None:
    known = city.state(city.at(Status.HANDLING)).no
    if "case_nos" in named:
        named = {**named, "case_nos": (known, *named["case_nos"])}  # type: ignore[misc]
    with pytest.raises(UnknownChoice) as refused:
        actions.set_key_list(listed(office, **named), doing=office.doing(office.supervisor))
    assert (refused.value.field, refused.value.details["what"]) == (field, said)
    kept = actions.set_key_list(listed(office, classes=(), case_nos=(known,)), doing=office.doing(office.supervisor))
    assert kept.case_nos == [known]


def test_a_key_list_names_regions_single_cases_or_what_is_overdue(city: City, office: Office) -> None:
    here = city.at(Status.HANDLING)
    state = city.state(here)
    doing = office.doing
    for row in (
        listed(office, classes=(), regions=("990102",)),
        listed(office, classes=("2026-matter-06",), begins=Begins.OVERDUE),
        listed(office, valid_from=day_of(city.clock()) + timedelta(days=9)),
    ):
        actions.set_key_list(row, doing=doing(office.supervisor))
    office.round()
    assert office.orders_of(here) == []
    actions.set_key_list(listed(office, classes=(), case_nos=(state.no,)), doing=doing(office.supervisor))
    office.round()
    assert [order.kind for order in office.orders_of(here)] == [OrderKind.KEY]
    city.clock.advance(4 * DAY)
    office.round()
    assert sum(order.kind is OrderKind.KEY for order in office.orders_of(here)) == 2


def test_a_case_in_registration_is_listed_before_any_unit_has_it(city: City, office: Office) -> None:
    case_id = city.at(Status.REGISTERED, class_key=ROAD, row_key=ROAD_ROW)
    actions.set_key_list(listed(office), doing=office.doing(office.supervisor))
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.unit_id, order.addressees) == (None, ())
    city.clock.now = order.due_at + 5 * DAY  # nobody can reply yet: it waits
    office.round()
    (order,) = office.orders_of(case_id)
    assert (order.level, order.missed, order.late) == (2, 0, False)
    city.lead(case_id, Status.DISPATCHED)
    office.round()
    (after,) = office.orders_of(case_id)
    assert after.unit_id == office.handler(case_id).organisation_id


def test_new_rules_are_heard_at_the_next_round(city: City, office: Office) -> None:
    case_id = just_late(office)
    office.round()
    sooner = [LEVELS[1].__class__(level=1, share=1, hours=0, reply=LEVELS[1].reply, requirement="立即处置")]
    actions.put_rules_in_force(sooner, valid_from=day_of(city.clock()), clock=city.clock)
    city.clock.advance(HOUR)
    office.round()
    (order,) = office.orders_of(case_id)
    assert order.requirement == "立即处置"


def test_a_suspended_case_is_left_alone(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    until = city.clock() + 20 * DAY
    city.do(
        case_id,
        AskSuspension(reason="待汛期结束", reason_code="other", until=until, pictures=(city.picture(),)),
        office.handler(case_id),
    )
    while city.state(case_id).pending is not None:
        pending = city.state(case_id).pending
        assert pending is not None
        decider = city.actor(Role(pending.deciding or ""))
        city.do(case_id, DecideApplication(granted=True, reason="情况属实"), decider)
    assert city.state(case_id).status is Status.SUSPENDED
    city.clock.advance(10 * DAY)
    office.round()
    assert office.orders_of(case_id) == []


def test_a_round_sends_the_same_number_of_statements_for_ten_cases_as_for_three(
    city: City, office: Office, statement_count: StatementCount
) -> None:
    def overdue(count: int) -> int:
        for number in range(count):
            city.at(Status.HANDLING, spot=city.spot(number=number))
        city.clock.advance(30 * DAY)
        with statement_count() as counted:
            actions.supervise_due(clock=city.clock, ids=city.ids)
        return counted.total

    office.round()
    overdue(1)
    few = overdue(2)  # from here on the orders given before rise as well
    many = overdue(10)
    assert many == few
    assert OrderRow.objects.filter(kind="automatic").count() >= 13


def test_an_order_waits_while_no_unit_has_the_case(city: City, office: Office) -> None:
    case_id = city.at(Status.DISPATCHED)
    order = office.order(case_id)
    office.send_back(case_id, "不属于本单位")
    city.clock.now = order.due_at + DAY
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.level, after.missed, after.late, after.due_at) == (1, 0, False, order.due_at)
    other = city.unit("990100-parks")
    city.do(case_id, commands.Dispatch(unit_id=other, reason="改派"), office.dispatcher)
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.unit_id, after.level, after.missed) == (other, 1, 0)
    assert after.due_at > city.clock()


def test_a_unit_that_gets_the_case_back_after_the_date_gets_a_new_date(city: City, office: Office) -> None:
    case_id = city.at(Status.DISPATCHED)
    order = office.order(case_id)
    office.send_back(case_id, "界线待查")
    city.clock.now = order.due_at + DAY
    office.round()
    assert order.unit_id is not None
    city.do(case_id, commands.Dispatch(unit_id=order.unit_id, reason="经查属该单位"), office.dispatcher)
    office.round()
    (after,) = office.orders_of(case_id)
    assert (after.unit_id, after.level, after.missed, after.state) == (order.unit_id, 1, 0, OrderState.OPEN)
    assert after.due_at > city.clock()
    city.clock.now = after.due_at
    office.round()
    (missed,) = [one for one in office.orders_of(case_id) if one.id == order.id]
    assert (missed.level, missed.missed) == (2, 1)
    assert_folds(missed)
