"""Applications on the real database: the ledger row follows the case, shares decide on the steps, doors answer
clearly.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from django.conf import settings

from gezhi.cases.actions import put_approval_row_in_force, raise_due_clocks
from gezhi.cases.models import CaseApplication
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.queries.shares import find_shares
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.approval_row import PER_MILLE
from gezhi.cases.rules.applications.deciding import DecideApplication, WithdrawApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.versions import forget_all
from gezhi.policy.actions import put_local_policy_in_force
from gezhi.policy.queries import held_policy
from gezhi.policy.rules.platform_levels import PlatformLevels
from gezhi.worklists.queries.worklist import Filters, count_queues, list_cases
from gezhi.worklists.rules.queues import queue_of, queues_of
from tests.cases.city import PASSWORD, City, living_city
from tests.fixtures import ApiClient, StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
DAY = 86_400
EXTEND = AskExtension(reason="地下管线未交底", reason_code="other", value=1)
EXTENSION_STEPS = Role.DISPATCHER, Role.DUTY_OFFICER
PRESETS = {kind: msgspec.structs.replace(row, needs_proof=False) for kind, row in MATRIX.items()}


@pytest.fixture
def city(_built: None, db: None) -> City:
    """The invented city now, under the presets; proof is left out where pictures are not the point."""
    found = living_city()
    for row in PRESETS.values():
        put_approval_row_in_force(held_policy().node, row, valid_from=date(2020, 1, 1), clock=found.clock)
    forget_all()
    return found


def unit_man(city: City, case_id: UUID) -> Actor:
    leading = next(part for part in reversed(city.state(case_id).assignments) if part.leading)
    return city.handler_of(leading.unit)


def decide(city: City, case_id: UUID, *, granted: bool = True, **words: Any) -> None:
    pending = city.state(case_id).pending
    assert pending is not None
    command = DecideApplication(granted=granted, reason="情况属实", **words)
    city.do(case_id, command, city.actor(Role(pending.deciding or "")))


def grant(city: City, case_id: UUID, **words: Any) -> None:
    while city.state(case_id).pending is not None:
        decide(city, case_id, **words)


def row_of(case_id: UUID) -> CaseApplication:
    return CaseApplication.objects.get(case_id=case_id)


def queue(city: City, actor: Actor, key: str) -> list[UUID]:
    filters = Filters(queue=queue_of(key))
    return [row.id for row in list_cases(filters, actor, now=city.clock(), sort="due", after=None, limit=50)]


def test_the_ledger_row_is_that_of_the_case_at_every_step(city: City) -> None:
    case_id = city.at(Status.HANDLING)
    city.do(case_id, EXTEND, unit_man(city, case_id))
    row = row_of(case_id)
    assert (row.kind, row.deciding, row.outcome, row.value, row.value_unit) == (
        "extension", "dispatcher", None, 1, city.state(case_id).subject.unit,
    )  # fmt: skip
    decide(city, case_id)
    assert row_of(case_id).deciding == "duty-officer"
    decide(city, case_id)
    row = row_of(case_id)
    assert (row.outcome, row.deciding, [one["step"] for one in row.opinions]) == (
        "granted", None, ["dispatcher", "duty-officer"],
    )  # fmt: skip
    assert row.new_due_at is not None
    assert row.old_due_at is not None
    assert row.new_due_at > row.old_due_at


def test_what_waits_for_a_role_is_in_its_queue_and_counted_even_after_closing(city: City) -> None:
    case_id = city.at(Status.CLOSED)
    city.do(case_id, Appeal(reason="停电所致", reason_code="other"), unit_man(city, case_id))
    acceptor, officer = city.actor(Role.ACCEPTOR), city.actor(Role.DUTY_OFFICER)
    assert queue(city, acceptor, "to_decide") == [case_id]
    counts = count_queues(queues_of(Role.ACCEPTOR), acceptor, now=city.clock())
    assert counts["to_decide"].count == 1
    assert queue(city, officer, "to_decide") == []
    decide(city, case_id)
    assert queue(city, officer, "to_decide") == [case_id]


def test_an_appeal_does_not_wait_for_who_dispatched_the_case(city: City) -> None:
    kind = ApplicationKind.APPEAL
    row = msgspec.structs.replace(PRESETS[kind], steps=(Role.DISPATCHER, Role.DUTY_OFFICER))
    put_approval_row_in_force(held_policy().node, row, valid_from=TODAY, clock=city.clock)
    forget_all()
    case_id = city.at(Status.CLOSED)
    city.do(case_id, Appeal(reason="停电所致", reason_code="other"), unit_man(city, case_id))
    dispatcher = city.actor(Role.DISPATCHER)
    assert dispatcher.user_id == city.state(case_id).assignments[0].by
    assert queue(city, dispatcher, "to_decide") == []
    in_another_post = msgspec.structs.replace(
        city.actor(Role.ACCEPTOR), user_id=dispatcher.user_id, role=Role.DISPATCHER
    )
    assert queue(city, in_another_post, "to_decide") == []
    colleague = msgspec.structs.replace(dispatcher, user_id=dispatcher.user_id + 1_000)
    assert queue(city, colleague, "to_decide") == [case_id]


def test_what_somebody_asked_for_in_another_post_does_not_wait_for_their_own_decision(city: City) -> None:
    case_id = city.at(Status.CLOSED)
    asker = unit_man(city, case_id)
    city.do(case_id, Appeal(reason="停电所致", reason_code="other"), asker)
    decider = msgspec.structs.replace(city.actor(Role.ACCEPTOR), user_id=asker.user_id + 1_000)
    assert queue(city, decider, "to_decide") == [case_id]
    assert queue(city, msgspec.structs.replace(decider, user_id=asker.user_id), "to_decide") == []


def test_a_suspended_case_is_woken_by_the_clock_loop(city: City) -> None:
    case_id = city.at(Status.HANDLING)
    until = city.clock() + 3 * DAY
    city.do(case_id, AskSuspension(reason="待料", reason_code="other", until=until), unit_man(city, case_id))
    grant(city, case_id)
    assert city.state(case_id).status is Status.SUSPENDED
    assert queue(city, unit_man(city, case_id), "suspended") == [case_id]
    city.clock.advance(2 * DAY)
    raise_due_clocks(clock=city.clock, ids=city.ids)
    assert city.state(case_id).status is Status.SUSPENDED
    city.clock.advance(2 * DAY)
    raise_due_clocks(clock=city.clock, ids=city.ids)
    assert city.state(case_id).status is Status.HANDLING


def test_shares_count_what_was_granted_and_given_to_the_unit_since_then(city: City) -> None:
    since = city.clock() - DAY
    case_id = city.at(Status.HANDLING)
    unit = unit_man(city, case_id).organisation_id
    city.do(case_id, EXTEND, unit_man(city, case_id))
    asked = unit, ApplicationKind.EXTENSION, since, city.clock()
    assert find_shares([asked]) == {asked: UnitShare(0, 1)}
    grant(city, case_id)
    city.at(Status.HANDLING)
    period = since, city.clock()
    assert find_shares(
        [
            (unit, ApplicationKind.EXTENSION, *period),
            (unit, ApplicationKind.VOID, *period),
            (0, ApplicationKind.VOID, *period),
        ]
    ) == {
        (unit, ApplicationKind.EXTENSION, *period): UnitShare(1, 2),
        (unit, ApplicationKind.VOID, *period): UnitShare(0, 2),
        (0, ApplicationKind.VOID, *period): UnitShare(0, 0),
    }
    assert find_shares([]) == {}


def test_shares_count_from_the_first_second_of_their_days_to_the_moment_of_asking(city: City) -> None:
    """What another process or a later row says of afterwards changes no share of before."""
    case_id = city.at(Status.HANDLING)
    unit, given = unit_man(city, case_id).organisation_id, city.state(case_id).assignments[-1].dispatched
    city.clock.advance(3_600)
    city.do(case_id, EXTEND, unit_man(city, case_id))
    grant(city, case_id)
    granted = city.state(case_id).applications[-1].ended
    assert granted is not None

    def share(since: int, until: int) -> UnitShare:
        (found,) = find_shares([(unit, ApplicationKind.EXTENSION, since, until)]).values()
        return found

    assert share(given, granted) == UnitShare(1, 1)
    assert share(given, granted - 1) == share(given, given) == UnitShare(0, 1)
    assert share(given + 1, granted) == UnitShare(1, 0)
    assert share(0, given - 1) == share(granted + 1, granted + DAY) == UnitShare(0, 0)


def test_above_the_ceiling_the_next_application_takes_one_more_level(city: City) -> None:
    row = msgspec.structs.replace(PRESETS[ApplicationKind.EXTENSION], share_base=2, ceiling=500, warning=500)
    put_approval_row_in_force(held_policy().node, row, valid_from=TODAY, clock=city.clock)
    forget_all()
    first, second = city.at(Status.HANDLING), city.at(Status.HANDLING)
    city.do(first, EXTEND, unit_man(city, first))
    assert city.state(first).applications[0].steps == ("dispatcher", "duty-officer")
    grant(city, first)
    city.do(second, EXTEND, unit_man(city, second))
    asked = city.state(second).applications[0]
    assert (asked.steps, asked.share, asked.ceiling) == (
        ("dispatcher", "duty-officer", "supervisor", "leader"),
        PER_MILLE,
        500,
    )


def dispatch_to(handler: Actor) -> commands.Dispatch:
    return commands.Dispatch(unit_id=handler.organisation_id or 0, reason="责任清单")


def ask_and_grant(city: City, case_id: UUID, *, moment: int) -> list[Submission]:
    """Asked at the moment and granted by both steps in the two seconds after it, with moments of their own."""
    say = [
        (EXTEND, unit_man(city, case_id)),
        *((DecideApplication(granted=True, reason="情况属实"), city.actor(role)) for role in EXTENSION_STEPS),
    ]
    return [city.submission(what, who, case_id, recorded=moment + at) for at, (what, who) in enumerate(say)]


def test_each_command_of_a_batch_is_asked_at_the_share_of_its_own_moment(city: City) -> None:
    """A month later nothing counts any more that was given before the first."""
    first, _, second = city.at(Status.HANDLING), city.at(Status.HANDLING), city.at(Status.REGISTERED)
    handler, later = unit_man(city, first), city.clock() + 31 * DAY
    batch = [
        city.submission(EXTEND, handler, first, recorded=city.clock() + 60),
        city.submission(dispatch_to(handler), city.actor(Role.DISPATCHER), second, recorded=later),
        city.submission(EXTEND, handler, second, recorded=later + 60),
    ]
    assert [outcome.problem for outcome in city.perform(*batch)] == [None] * 3
    assert [city.state(case_id).applications[0].share for case_id in (first, second)] == [500, 1000]


def test_what_a_batch_has_granted_counts_for_what_it_grants_after(city: City) -> None:
    row = msgspec.structs.replace(PRESETS[ApplicationKind.EXTENSION], share_base=2, ceiling=500, warning=500)
    put_approval_row_in_force(held_policy().node, row, valid_from=TODAY, clock=city.clock)
    forget_all()
    first, second = city.at(Status.HANDLING), city.at(Status.HANDLING)
    now = city.clock() + 60
    batch = *ask_and_grant(city, first, moment=now), *ask_and_grant(city, second, moment=now + 10)[:1]
    assert [outcome.problem for outcome in city.perform(*batch)] == [None] * 4
    asked = city.state(second).applications[0]
    assert (asked.share, asked.above) == (PER_MILLE, True)
    assert asked.steps == ("dispatcher", "duty-officer", "supervisor", "leader")


def test_what_a_batch_has_given_counts_once_for_each_case(city: City) -> None:
    first, second = city.at(Status.HANDLING), city.at(Status.REGISTERED)
    handler, by, now = unit_man(city, first), city.actor(Role.DISPATCHER), city.clock() + 60
    batch = [
        city.submission(dispatch_to(handler), by, second, recorded=now),
        city.submission(commands.Recall(reason="误派"), by, second, recorded=now + 400),
        city.submission(dispatch_to(handler), by, second, recorded=now + 401),
        city.submission(EXTEND, handler, first, recorded=now + 402),
    ]
    assert [outcome.problem for outcome in city.perform(*batch)] == [None] * 4
    assert city.state(first).applications[0].share == 500


def test_two_that_were_asked_for_together_cannot_both_slip_below_the_ceiling(city: City) -> None:
    first, second = city.at(Status.HANDLING), city.at(Status.HANDLING)
    for case_id in (first, second):
        city.do(case_id, EXTEND, unit_man(city, case_id))
        assert city.state(case_id).applications[0].steps == ("dispatcher", "duty-officer")
    grant(city, first)
    decide(city, second)
    decide(city, second)
    application = city.state(second).applications[0]
    assert (application.outcome, application.above, application.deciding) == (None, True, "supervisor")
    assert application.steps == ("dispatcher", "duty-officer", "supervisor", "leader")


def test_a_row_holds_from_its_day_on_and_earlier_days_keep_theirs(city: City) -> None:
    tomorrow = TODAY + timedelta(days=1)
    row = msgspec.structs.replace(PRESETS[ApplicationKind.VOID], steps=(Role.LEADER,))
    put_approval_row_in_force(held_policy().node, row, valid_from=tomorrow, clock=city.clock)
    forget_all()
    assert held_matrix().on(TODAY)[ApplicationKind.VOID].steps == ("duty-officer", "leader")
    assert held_matrix().on(tomorrow)[ApplicationKind.VOID].steps == ("leader",)


def test_asking_needs_one_statement_more_than_another_step(city: City, statement_count: StatementCount) -> None:
    case_id = city.at(Status.HANDLING)
    man = unit_man(city, case_id)
    city.do(case_id, EXTEND, man)
    city.do(case_id, WithdrawApplication(reason="不需要了"), man)
    one = city.submission(EXTEND, man, case_id)
    with statement_count() as counted:
        city.perform(one)
    assert len(counted.inside) <= 6


def test_a_seat_sees_in_its_desk_queue_only_what_its_level_performs(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    policy = held_policy().on(TODAY)
    mode = PlatformLevels(held_policy().node[:4], "一级监督、两级指挥", ((1, 2, 6, 7), (3, 4, 5)))
    dispatcher = city.actor(Role.DISPATCHER)
    assert queue(city, dispatcher, "registered") == [case_id]
    put_local_policy_in_force(held_policy().node, msgspec.structs.replace(policy, platforms=(mode,)), valid_from=TODAY)
    forget_all()
    assert queue(city, dispatcher, "registered") == []
    below = msgspec.structs.replace(dispatcher, level=2)
    assert queue(city, below, "registered") == [case_id]
    counts = count_queues(queues_of(Role.DISPATCHER), dispatcher, now=city.clock())
    assert (counts["registered"].count, counts["all_open"].count) == (0, 1)
    with pytest.raises(Problem, match=r"cases\.platforms\.other-level"):
        city.do(case_id, commands.MarkUnowned(reason="清单没有"), dispatcher)


class Desk(ApiClient):
    """Somebody at a desk."""

    def sign_in(self, actor: Actor) -> Desk:
        username = held_directory().users[actor.user_id].username
        assert self.call("POST", "/session", {"username": username, "password": PASSWORD}).status_code == 200
        return self

    def send(self, path: str, body: dict[str, Any], *, method: str = "POST", **headers: str) -> Any:
        return self.call(
            method, path, body, **{"X-CSRFToken": self.cookies[settings.CSRF_COOKIE_NAME].value, **headers}
        )


def desk(city: City, role: Role) -> Desk:
    return Desk().sign_in(city.actor(role))


def test_several_cases_get_one_command_and_a_refused_one_leaves_the_others_alone(city: City) -> None:
    ready, other = city.at(Status.REGISTERED), city.at(Status.ACCEPTED)
    seat, key = desk(city, Role.DISPATCHER), str(uuid4())
    body = {
        "cases": [{"id": str(ready)}, {"id": str(other)}, {"id": str(uuid4())}],
        "command": {"command": "mark_unowned", "reason": "清单没有"},
    }
    answer = seat.send("/cases/commands", body, **{"Idempotency-Key": key}).json()
    assert (answer["done"], [item["done"] for item in answer["items"]]) == (1, [True, False, False])
    assert answer["items"][1]["code"] == "cases.stages.not-in-this-status"
    assert answer["items"][2]["code"] == "kernel.not-found"
    seq = city.state(ready).seq
    again = seat.send("/cases/commands", body, **{"Idempotency-Key": key}).json()
    assert (again["done"], city.state(ready).seq) == (1, seq)


def test_the_matrix_is_read_by_every_desk(city: City) -> None:
    reading = desk(city, Role.DISPATCHER).call("GET", "/approvals").json()
    row = next(one for one in reading["rows"] if one["kind"] == "extension")
    assert (row["kind"], row["steps"]) == ("extension", ["dispatcher", "duty-officer"])
    assert reading["coming"] == []


def test_the_case_page_says_what_may_be_asked_for_and_what_is_to_be_decided(city: City) -> None:
    case_id = city.at(Status.HANDLING)
    man = Desk().sign_in(unit_man(city, case_id))
    actions = {one["command"]: one["suggestion"] for one in man.call("GET", f"/cases/{case_id}").json()["actions"]}
    assert actions["ask_suspension"]["most_days"] == 365
    assert actions["ask_extension"]["most"] == (city.state(case_id).subject.limit or 0) // 2
    page = man.send(
        f"/cases/{case_id}/commands",
        {"command": "ask_extension", "reason": "料未到", "reason_code": "other", "value": 1},
    ).json()
    assert (page["asking"], page["deciding"], page["applications"][0]["steps"]) == (
        "extension", "dispatcher", ["dispatcher", "duty-officer"],
    )  # fmt: skip
    seat = desk(city, Role.DISPATCHER)
    first = seat.call("GET", f"/cases/{case_id}").json()["actions"][0]
    assert (first["command"], first["suggestion"]["application"]["reason"]) == ("decide_application", "料未到")
    done = seat.send(
        f"/cases/{case_id}/commands", {"command": "decide_application", "granted": False, "reason": "可按期完成"}
    ).json()
    assert (done["applications"][0]["outcome"], done["asking"]) == ("refused", None)
