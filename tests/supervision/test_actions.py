"""督办单 on a real database: the order, its case and its events change together."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import WordsMissing, WordsTooLong
from gezhi.people.queries import held_directory
from gezhi.supervision import actions
from gezhi.supervision.actions.orders import Asked
from gezhi.supervision.models import Event
from gezhi.supervision.rules.order_steps import (
    AnsweredAlready,
    BadLevel,
    CaseEnded,
    HighestAlready,
    NotAnswered,
    NotTheOrderer,
    NotYourOrder,
    OrderLifted,
    PictureUnknown,
    TooManyPictures,
    UnitGone,
    UnitHasNoPart,
)
from gezhi.supervision.rules.orders import OrderState
from gezhi.supervision.rules.terms import DueInThePast
from tests.cases.city import City
from tests.supervision.office import DAY, HOUR, Office, assert_folds


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def test_an_order_names_the_contact_of_the_unit_and_stands_in_the_log_of_the_case(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    handler = office.handler(case_id)
    assert (order.addressee, order.addressees, order.unit_id) == (
        "contact",
        (handler.user_id,),
        handler.organisation_id,
    )
    assert order.due_at == city.clock() + 4 * HOUR + HOUR * 3 // 2  # four work hours over the noon break
    assert city.state(case_id).supervision == 1
    assert_folds(order)


def test_the_unit_replies_and_the_supervisor_accepts(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    shown = city.picture()
    order = actions.reply_to_order(order.id, "已安排两名工人", (shown,), doing=office.doing(office.handler(case_id)))
    assert (order.state, order.late, order.answer) == (OrderState.ANSWERED, False, "已安排两名工人")
    assert Event.objects.get(subject_id=order.id, kind="replied").pictures == [shown]
    order = actions.accept_reply(order.id, "", doing=office.doing(office.supervisor))
    assert order.accepted_at == city.clock()
    assert_folds(order)
    with pytest.raises(NotAnswered):
        actions.accept_reply(order.id, "", doing=office.doing(office.supervisor))


def test_a_late_reply_is_taken_and_counts_as_late(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id, due=city.clock() + HOUR)
    city.clock.advance(2 * HOUR)
    order = actions.reply_to_order(order.id, "已处理", (), doing=office.doing(office.handler(case_id)))
    assert (order.state, order.late) == (OrderState.ANSWERED, True)


def test_a_reply_is_returned_given_again_and_more_is_demanded(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order, handler = office.order(case_id), office.handler(case_id)
    actions.reply_to_order(order.id, "已处理", (), doing=office.doing(handler))
    order = actions.return_reply(order.id, "没有照片", None, doing=office.doing(office.supervisor))
    assert (order.state, order.returned) == (OrderState.RETURNED, 1)
    order = actions.reply_to_order(order.id, "补充照片", (city.picture(),), doing=office.doing(handler))
    due = city.clock() + DAY
    order = actions.order_further(order.id, "查明责任人", due, doing=office.doing(office.supervisor))
    assert (order.state, order.requirement, order.due_at) == (OrderState.OPEN, "查明责任人", due)
    assert_folds(order)


def test_a_request_sent_again_changes_nothing(city: City, office: Office) -> None:
    case_id, key = city.at(Status.HANDLING), city.ids()
    asked = Asked(level=1, requirement="请处理")
    first = actions.order_supervision(case_id, asked, doing=office.doing(office.supervisor, key))
    again = actions.order_supervision(case_id, asked, doing=office.doing(office.supervisor, key))
    assert again == first
    reply = office.doing(office.handler(case_id))
    answered = actions.reply_to_order(first.id, "已处理", (), doing=reply)
    assert actions.reply_to_order(first.id, "已处理", (), doing=reply) == answered
    assert Event.objects.filter(subject_id=first.id).count() == 2


def test_only_the_own_unit_replies(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    stranger = city.actor(Role.HANDLER, unit="990100-parks")
    with pytest.raises(NotFound):
        actions.reply_to_order(order.id, "代为答复", (), doing=office.doing(stranger))
    with pytest.raises(NotYourOrder):
        actions.reply_to_order(order.id, "代为答复", (), doing=office.doing(office.supervisor))


def test_replies_with_faults_are_refused(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order, handler = office.order(case_id), office.handler(case_id)
    with pytest.raises(WordsMissing):
        actions.reply_to_order(order.id, "  ", (), doing=office.doing(handler))
    with pytest.raises(WordsTooLong):
        actions.reply_to_order(order.id, "长" * 2001, (), doing=office.doing(handler))
    with pytest.raises(PictureUnknown):
        actions.reply_to_order(order.id, "已处理", ("f" * 64,), doing=office.doing(handler))
    with pytest.raises(TooManyPictures):
        actions.reply_to_order(order.id, "已处理", ("f" * 64,) * 10, doing=office.doing(handler))
    actions.reply_to_order(order.id, "已处理", (), doing=office.doing(handler))
    with pytest.raises(AnsweredAlready):
        actions.reply_to_order(order.id, "再答复", (), doing=office.doing(handler))


def test_orders_with_faults_are_refused(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    with pytest.raises(BadLevel):
        office.order(case_id, level=4)
    with pytest.raises(WordsMissing):
        office.order(case_id, requirement=" ")
    with pytest.raises(DueInThePast):
        office.order(case_id, due=city.clock() - 1)
    with pytest.raises(UnitHasNoPart):
        office.order(case_id, unit_id=city.unit("990100-parks"))
    with pytest.raises(UnitGone):
        office.order(case_id, unit_id=987_654)
    with pytest.raises(NotFound):
        office.order(uuid4())
    assert city.state(case_id).supervision == 0


def test_a_unit_that_was_dissolved_gets_no_order(city: City, office: Office) -> None:
    from gezhi.people.models import Organisation
    from gezhi.plumbing.versions import forget_all

    case_id = city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    yesterday = city.clock() - DAY
    from gezhi.calendars.rules.office_days import day_of

    Organisation.objects.filter(id=unit).update(valid_to=day_of(yesterday))
    forget_all()
    assert unit in held_directory().organisations
    with pytest.raises(UnitGone):
        office.order(case_id)


def test_a_case_that_has_ended_is_not_supervised(city: City, office: Office) -> None:
    case_id = city.at(Status.CLOSED)
    with pytest.raises(CaseEnded):
        office.order(case_id)


def test_an_order_rises_by_hand_to_head_and_government(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    order = actions.escalate_order(order.id, "一级督办未见成效", doing=office.doing(office.supervisor))
    assert (order.level, order.addressee, city.state(case_id).supervision) == (2, "head", 2)
    order = actions.escalate_order(order.id, "仍未解决", doing=office.doing(office.leader))
    assert (order.level, order.addressee, order.addressees) == (3, "government", (office.leader.user_id,))
    with pytest.raises(HighestAlready):
        actions.escalate_order(order.id, "再升", doing=office.doing(office.supervisor))
    assert_folds(order)


def test_who_ordered_or_a_leader_lifts(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    by_leader, mine = office.order(case_id, level=2, by=office.leader), office.order(case_id)
    with pytest.raises(NotTheOrderer):
        actions.lift_order(by_leader.id, "已解决", doing=office.doing(office.supervisor))
    lifted = actions.lift_order(by_leader.id, "已解决", doing=office.doing(office.leader))
    assert (lifted.state, city.state(case_id).supervision) == (OrderState.LIFTED, 1)
    actions.lift_order(mine.id, "已解决", doing=office.doing(office.supervisor))
    assert city.state(case_id).supervision == 0
    supervisor = office.doing(office.supervisor)
    with pytest.raises(OrderLifted):
        actions.reply_to_order(mine.id, "答复", (), doing=office.doing(office.handler(case_id)))
    with pytest.raises(OrderLifted):
        actions.order_further(mine.id, "再查", None, doing=office.doing(office.supervisor))
    with pytest.raises(OrderLifted):
        actions.remind_unit(mine.id, "请抓紧", doing=office.doing(office.supervisor))
    with pytest.raises(OrderLifted):
        actions.lift_order(mine.id, "再解除", doing=supervisor)


def test_a_reminder_is_heard_and_changes_nothing(city: City, office: Office) -> None:
    case_id = city.at(Status.HANDLING)
    order = office.order(case_id)
    after = actions.remind_unit(order.id, "请抓紧", doing=office.doing(office.supervisor))
    assert (after.seq, after.due_at, after.state) == (2, order.due_at, OrderState.OPEN)
    assert city.state(case_id).marks["reminded"] == 1


def test_events_refuse_every_change(city: City, office: Office) -> None:
    order = office.order(city.at(Status.HANDLING))
    for sql in (
        "UPDATE supervision_event SET text = 'x' WHERE subject_id = %s",
        "DELETE FROM supervision_event WHERE subject_id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [order.id])


def test_the_case_hears_each_step_in_its_log(city: City, office: Office) -> None:
    from gezhi.cases.queries.case_page import list_entries

    case_id = city.at(Status.HANDLING)
    order, handler = office.order(case_id), office.handler(case_id)
    actions.reply_to_order(order.id, "已处理", (), doing=office.doing(handler))
    actions.lift_order(order.id, "已解决", doing=office.doing(office.supervisor))
    kinds = [entry.step.kind for entry in list_entries(case_id)][-3:]
    assert kinds == ["supervised", "supervision_answered", "supervision_lifted"]
    assert all(entry.step.order == order.no for entry in list(list_entries(case_id))[-3:])
    city.do(case_id, commands.Note(text="督办后继续办理"), office.supervisor)
