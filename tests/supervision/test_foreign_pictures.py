"""A picture counts for whoever sent it in or sees it used: whoever knows its hash alone names nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from gezhi.cases.actions import Outcome
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.decide import HANDLERS
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps import evidence
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.models import PictureSentAgain
from gezhi.supervision import actions
from gezhi.supervision.rules import order_steps
from tests.cases.city import WEST, City
from tests.fixtures import StatementCount
from tests.supervision.office import Office

EAST_SPOT = "990102001"


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


def in_a_reply(office: Office, sender: Actor | None = None) -> str:
    """A picture that shows nothing but how an order of the other district was answered."""
    city = office.city
    case_id = city.lead(city.begin(city.reported(city.spot(EAST_SPOT))), Status.HANDLING)
    picture, order = city.picture(sender), office.order(case_id)
    actions.reply_to_order(order.id, "已清理", (picture,), doing=office.doing(office.handler(case_id)))
    return picture


def of_another(office: Office) -> str:
    return office.city.picture(office.city.actor(Role.ADMINISTRATOR))


FOREIGN: dict[str, Callable[[Office], str]] = {
    "only in a reply to an order of elsewhere": in_a_reply,
    "sent in by somebody else and not used yet": of_another,
}
Given = tuple[UUID | None, Command, Actor]


def _at(status: Status, command: Callable[[City, str], dict[str, Any]]) -> Callable[[City, str], Given]:
    """The ordinary next step there, with this picture."""

    def given(city: City, picture: str) -> Given:
        case_id = city.at(status)
        ordinary, actor = city.next_move(case_id)
        return case_id, msgspec.structs.replace(ordinary, **command(city, picture)), actor

    return given


def _verification(city: City, picture: str) -> Given:
    case_id = city.begin(city.call(), city.actor(Role.ACCEPTOR))
    city.do(case_id, commands.RequireVerification(), city.actor(Role.ACCEPTOR))
    ordinary, actor = city.next_move(case_id)
    return case_id, msgspec.structs.replace(ordinary, pictures=(picture,)), actor


def _report(city: City, picture: str) -> Given:
    return None, city.reported(pictures=(picture,)), city.collector()


def _self_handled(city: City, picture: str) -> Given:
    sent = msgspec.structs.asdict(city.reported())
    return None, commands.SelfHandle(**sent, after=(picture,)), city.collector()


def _added(city: City, picture: str) -> Given:
    command = commands.AddReport(report_id=str(city.ids()), channel="collector", pictures=(picture,))
    return city.begin(), command, city.collector()


def _asked(city: City, picture: str) -> Given:
    case_id = city.at(Status.HANDLING)
    _, handler = city.next_move(case_id)
    return case_id, AskExtension(reason="雨天", reason_code="other", value=1, pictures=(picture,)), handler


def _missed(city: City, picture: str) -> Given:
    """By a supervisor of the one district."""
    command = commands.FindMissed(basis="现场照片", reason="公众先报", pictures=(picture,))
    supervisor = msgspec.structs.replace(city.actor(Role.SUPERVISOR), scope=Scope(regions=(WEST,)))
    return city.at(Status.REGISTERED), command, supervisor


NAMED: dict[str, Callable[[City, str], Given]] = {
    "report": _report,
    "self_handle": _self_handled,
    "add_report": _added,
    "complete_verification": _verification,
    "hand_over": _at(Status.HANDLING, lambda _, picture: {"pictures": (picture,)}),
    "complete_inspection": _at(Status.INSPECTING, lambda _, picture: {"pictures": (picture,)}),
    "ask_extension": _asked,
    "find_missed": _missed,
}


def attempt(city: City, word: str, picture: str) -> tuple[Outcome, Actor]:
    case_id, command, actor = NAMED[word](city, picture)
    assert command.word == word
    city.clock.advance(60)
    (outcome,) = city.perform(city.submission(command, actor, case_id))
    return outcome, actor


def test_every_command_that_names_pictures_is_tried_here() -> None:
    naming = {one for one in HANDLERS if {"pictures", "after"} & set(one.__struct_fields__)}
    asking = {rule.command for rule in KINDS.values()} - {AskExtension}  # all of one base
    assert {one.__struct_config__.tag for one in naming - asking} == NAMED.keys()


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("word", NAMED)
def test_a_hash_alone_is_no_evidence_in_any_command(office: Office, word: str, foreign: str) -> None:
    outcome, _ = attempt(office.city, word, FOREIGN[foreign](office))
    assert isinstance(outcome.problem, evidence.PictureUnknown)


@pytest.mark.parametrize("word", NAMED)
def test_whoever_sent_the_same_file_again_may_hand_it_in(office: Office, word: str) -> None:
    city, picture = office.city, of_another(office)
    case_id, command, actor = NAMED[word](city, picture)
    PictureSentAgain.objects.create(sha256=picture, user_id=actor.user_id)
    city.clock.advance(60)
    (outcome,) = city.perform(city.submission(command, actor, case_id))
    assert outcome.problem is None


def test_one_who_sees_the_reply_may_hand_its_picture_in(office: Office) -> None:
    city, case_id = office.city, office.city.at(Status.HANDLING)
    order, handler, picture = office.order(case_id), office.handler(case_id), city.picture()
    actions.reply_to_order(order.id, "已清理", (picture,), doing=office.doing(handler))
    city.do(case_id, commands.HandOver(pictures=(picture,), text="已清理"), handler)
    assert city.state(case_id).after == (picture,)


def test_in_a_batch_each_names_only_what_is_theirs(office: Office) -> None:
    city = office.city
    mine, other = city.collector(), city.actor(Role.COLLECTOR, region=EAST_SPOT)
    picture = city.picture(mine)
    reports = [city.submission(city.reported(pictures=(picture,)), who) for who in (other, mine)]
    first, second = city.perform(*reports)
    assert (type(first.problem), second.problem) == (evidence.PictureUnknown, None)


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_hash_alone_goes_with_no_reply_and_with_no_result(office: Office, foreign: str) -> None:
    case_id, picture = office.city.at(Status.HANDLING), FOREIGN[foreign](office)
    order, handler = office.order(case_id), office.handler(case_id)
    with pytest.raises(order_steps.PictureUnknown):
        actions.reply_to_order(order.id, "已处理", (picture,), doing=office.doing(handler))
    with pytest.raises(order_steps.PictureUnknown):
        actions.orders.check_pictures((picture,), handler)


def test_ones_own_pictures_ask_for_no_statement_more(office: Office, statement_count: StatementCount) -> None:
    city, who = office.city, office.city.collector()
    city.begin()  # what is held in memory is read by now
    counts = []
    for picture in (city.picture(), city.picture(who)):
        report = city.submission(city.reported(pictures=(picture,)), who)
        with statement_count() as counted:
            city.perform(report)
        counts.append(counted.total)
    assert counts[0] == counts[1]
