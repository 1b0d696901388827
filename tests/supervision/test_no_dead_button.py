"""可办操作: whatever a page offers can be done. A robot looks at cases of every status, at pairs of them, at rows of every
register and at meetings as every role does, fills in the form of each act that it is offered, and none is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.stages import FINAL, LATER, Status
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.places import from_e7
from gezhi.people.queries import get_actor, held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.policy.queries import PRESET_REASONS
from gezhi.policy.rules.reasons import CLOSE
from gezhi.supervision import actions
from gezhi.supervision.actions.ownerless import Decided
from tests.cases.city import LITTER, LITTER_ROW, City, living_city
from tests.guards.source import ROOT
from tests.supervision.office import DAY, Office
from tests.supervision.test_access_matrix import Stage, _whoever_is_named, asked, in_days, settlement, struck

pytestmark = pytest.mark.django_db
__all__ = ["_whoever_is_named"]
Body = dict[str, Any]
WORDS: Final = "情况属实，已现场核对"
FEWEST = 3  # acts that are offered to somebody at whatever status
RULES: Final = {rule.word: rule for rule in KINDS.values()}


class Robot:
    """Fills in forms as somebody at a desk does, with what the page suggests."""

    def __init__(self, office: Office, case_id: UUID) -> None:
        self.office, self.city, self.case_id = office, office.city, case_id
        self.state = self.city.state(case_id)
        self.tried: set[str] = set()

    def people(self) -> Iterator[Actor]:
        """One of every role; of those who have to do with the case, each."""
        state, units = self.state, {part.unit for part in self.state.assignments}
        named = {one.user_id for role in Role for one in self.city.people(role)[:1]}
        named |= {report.by for report in state.reports if report.by} | {task.collector for task in state.tasks}
        for role in (Role.HANDLER, Role.ACCEPTOR, Role.DISPATCHER):
            named |= {one.user_id for one in self.city.people(role) if one.organisation_id in units}
        named |= {one.user_id for one in self.city.people(Role.DISPATCHER)[:2]}
        return (get_actor(user, now=self.city.clock()) for user in sorted(named))

    def form(self, word: str, suggestion: Body) -> Body:
        body: Body = {"reason": WORDS, "text": WORDS} | self._own(word, suggestion)
        if (rule := RULES.get(word)) is not None:
            parts = {"amount": 1, "moment": in_days(3)}
            body = {"reason": WORDS, "pictures": [self.city.picture()]} | {p.name: parts[p.part] for p in rule.parts}
            body["form_no"] = "审1号" if suggestion["form_needed"] else None
        if word != CLOSE and (listed := [one.code for one in PRESET_REASONS if one.command == word]):
            body["reason_code"] = listed[0]
        return {"command": word, **{name: value for name, value in body.items() if value is not None}}

    def _own(self, word: str, suggestion: Body) -> Body:
        found = FORMS.get(word)
        return found(self, suggestion) if found is not None else {"text": None}

    def seen(self) -> Body:
        place = self.state.place
        return {"pictures": [self.city.picture()], "lon": from_e7(place.lon), "lat": from_e7(place.lat), "reason": None}

    def other_collector(self) -> int:
        task, people = self.state.open_task, self.city.people(Role.COLLECTOR, region=self.state.place.area)
        return next(one.user_id for one in people if task is None or one.user_id != task.collector)

    def crew(self) -> int:
        directory, unit = held_directory(), self.state.open_assignments[0].unit
        at_work = {part.unit for part in self.state.open_assignments}
        return next(one for one in directory.subtree(unit) if one not in at_work)

    def other_case(self) -> str:
        spot = self.city.spot(number=8)
        if self.state.status in LATER:
            return str(self.city.at(Status.REGISTERED, spot=spot))
        return str(self.city.begin(self.city.reported(spot)))

    def settling(self) -> Body:
        return {"unit_id": self.city.unit("990100-works"), "manner": "meeting", "basis": "会议纪要", "text": None}


ONLY_WORDS: Final[Body] = {"reason": None}
FORMS: Final[dict[str, Callable[[Robot, Body], Body]]] = {
    "require_verification": lambda _, __: {"text": None},
    "complete_verification": lambda at, _: {"real": True, **at.seen()},
    "reroute_task": lambda at, _: {"collector_id": at.other_collector(), "text": None},
    "accept": lambda _, sent: {
        "class_key": sent["class_key"] or LITTER,
        "row_key": sent["row_key"] or LITTER_ROW,
        "reason": None,
        "text": None,
    },
    "refuse": lambda _, __: {"answer": WORDS, "text": None},
    "reject": lambda _, __: {"answer": WORDS, "text": None},
    "merge": lambda at, _: {"into": at.other_case(), "answer": WORDS, "text": None},
    "dispatch": lambda at, sent: {"unit_id": sent["unit_id"] or at.city.unit("990100-works"), "text": None},
    "settle_owner": lambda at, _: at.settling(),
    "receive": lambda _, __: {"reason": None, "text": None},
    "assign": lambda at, _: {"unit_id": at.crew(), "reason": None},
    "decide_application": lambda _, __: {"granted": True, "answer": WORDS, "text": None},
    "hand_over": lambda at, _: {"pictures": [at.city.picture()], "reason": None},
    "confirm": lambda _, __: {"inspection_required": True, "text": None},
    "send_inspection": lambda _, __: {"reason": None, "text": None},
    "complete_inspection": lambda at, _: {
        "results": [{"code": one, "passed": True} for one in at.state.subject.closing],
        **at.seen(),
    },
    "close": lambda _, sent: {"kind": sent["kind"], "answer": WORDS, "reason": None, "text": None},
    "amend": lambda _, __: {"place": "桥东路口", "text": None},
    "note": lambda _, __: ONLY_WORDS,
    "remind": lambda _, __: ONLY_WORDS,
    "report_major": lambda _, __: ONLY_WORDS,
    "find_missed": lambda _, sent: {
        "collector_id": next((one["id"] for one in sent["collectors"]), None),
        "basis": WORDS,
        "text": None,
    },
    "list_major": lambda at, _: {
        "level": 1,
        "unit_id": at.state.open_assignments[0].unit,
        "due": in_days(9),
        "reason": None,
    },
}


def refusals(robot: Robot) -> Iterator[tuple[str, str, str]]:
    """(role, act, what it was refused with) of whatever a case page offers; nothing of it stays."""
    path = f"/cases/{robot.case_id}"
    for actor in robot.people():
        page = asked(actor, path)
        for action in page.json().get("actions", []) if page.status_code == 200 else ():
            with transaction.atomic():
                body = robot.form(action["command"], action["suggestion"])
                answer = asked(actor, f"{path}/commands", body)
                transaction.set_rollback(True)
            robot.tried.add(action["command"])
            if answer.status_code != 200:
                yield actor.role, action["command"], answer.content.decode()


@pytest.fixture
def city(_built: None, db: None) -> City:
    return living_city(seconds=2 * 3600)


def waiting(office: Office, status: Status) -> UUID:
    case_id = office.city.at(status)
    office.city.do(case_id, AskSendBack(reason="不属于本单位", reason_code="other"), office.handler(case_id))
    return case_id


def verified(office: Office, *, real: bool) -> UUID:
    city = office.city
    case_id = city.begin(city.call(), city.actor(Role.ACCEPTOR))
    city.do(case_id, commands.RequireVerification(), city.actor(Role.ACCEPTOR))
    command, collector = city.next_move(case_id)
    if not real:
        command = commands.CompleteVerification(real=False, **city.seen(city.state(case_id)))
    city.do(case_id, command, collector)
    return case_id


def failed(office: Office) -> UUID:
    city = office.city
    case_id = city.at(Status.INSPECTING)
    _, collector = city.next_move(case_id)
    state = city.state(case_id)
    results = tuple(Result(code, passed=False) for code in state.subject.closing)
    city.do(case_id, commands.CompleteInspection(results=results, **city.seen(state)), collector)
    return case_id


def with_crew(office: Office) -> UUID:
    city = office.city
    case_id = city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    crew = next(one for one in held_directory().subtree(unit) if one != unit)
    city.do(case_id, commands.Assign(unit_id=crew), office.handler(case_id))
    return case_id


def without_crew(office: Office) -> UUID:
    case_id = office.city.at(Status.REGISTERED)
    parks = office.city.unit("990100-parks")
    office.city.do(case_id, commands.Dispatch(unit_id=parks, reason="绿地内"), office.dispatcher)
    return office.city.lead(case_id, Status.HANDLING)


def suspended(office: Office) -> UUID:
    city = office.city
    case_id = city.at(Status.HANDLING)
    until = city.clock() + 20 * DAY
    asking = AskSuspension(reason="待汛期结束", reason_code="other", until=until, pictures=(city.picture(),))
    city.do(case_id, asking, office.handler(case_id))
    return grant(office, case_id)


def grant(office: Office, case_id: UUID) -> UUID:
    city = office.city
    while (pending := city.state(case_id).pending) is not None:
        decider = city.actor(Role(pending.deciding or ""))
        city.do(case_id, DecideApplication(granted=True, reason="情况属实"), decider)
    return case_id


def extended(office: Office) -> UUID:
    """As often as may be."""
    city = office.city
    case_id = city.at(Status.HANDLING)
    for form_no in ("", "审1号"):
        asking = AskExtension(
            reason="料未到", reason_code="other", value=1, form_no=form_no, pictures=(city.picture(),)
        )
        city.do(case_id, asking, office.handler(case_id))
        grant(office, case_id)
    return case_id


def reminded(office: Office) -> UUID:
    case_id = office.city.at(Status.HANDLING)
    office.city.clock.now = system_clock()
    for role in (Role.DISPATCHER, Role.DUTY_OFFICER, Role.LEADER):
        office.city.do(case_id, commands.Remind(text="请加快"), office.city.actor(role))
    return case_id


def listed(office: Office, status: Status) -> UUID:
    case_id = office.city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    due = office.city.clock() + 9 * DAY
    office.city.do(case_id, commands.ListMajor(level=1, text="抢修", due=due, unit_id=unit), office.supervisor)
    return office.city.lead(case_id, status)


def unowned(office: Office) -> UUID:
    case_id = office.city.at(Status.REGISTERED)
    office.city.do(case_id, commands.MarkUnowned(reason="产权不明"), office.dispatcher)
    return case_id


def call_in(office: Office) -> UUID:
    return office.city.begin(office.city.call(), office.city.actor(Role.ACCEPTOR))


ORDINARY: Final = [
    one for one in Status if one not in FINAL and one not in (Status.UNOWNED, Status.SUSPENDED, Status.VERIFYING)
]
STANDINGS: Final[dict[str, Callable[[Office], UUID]]] = {
    **{status.value: lambda office, status=status: office.city.at(status) for status in ORDINARY},  # type: ignore[misc]
    "call without class": call_in,
    "verified": lambda office: verified(office, real=True),
    "found untrue": lambda office: verified(office, real=False),
    "unowned": unowned,
    "returned twice": lambda office: office.twice_returned(),
    "send-back waits before receipt": lambda office: waiting(office, Status.DISPATCHED),
    "send-back waits": lambda office: waiting(office, Status.HANDLING),
    "crew at work": with_crew,
    "unit without a crew": without_crew,
    "suspended": suspended,
    "extended as often as may be": extended,
    "just reminded": reminded,
    "major at its unit": lambda office: listed(office, Status.HANDLING),
    "major to close": lambda office: listed(office, Status.TO_CLOSE),
    "rework": failed,
}


@pytest.mark.parametrize("standing", STANDINGS)
def test_whatever_a_case_page_offers_can_be_done(city: City, standing: str) -> None:
    office = Office(city)
    robot = Robot(office, STANDINGS[standing](office))
    assert list(refusals(robot)) == []
    assert len(robot.tried) >= FEWEST, robot.tried


ACTS: Final[dict[str, tuple[str, Callable[[Stage], Body]]]] = {
    "orders.reply": ("reply", lambda _: {"text": WORDS}),
    "orders.accept": ("acceptance", lambda _: {"text": WORDS}),
    "orders.return": ("return", lambda _: {"reason": WORDS}),
    "orders.further": ("further", lambda _: {"requirement": WORDS}),
    "orders.escalate": ("escalation", lambda _: {"reason": WORDS}),
    "orders.remind": ("reminder", lambda _: {"text": WORDS}),
    "orders.lift": ("lifting", lambda _: {"reason": WORDS}),
    "accountability.confirm": ("confirmation", lambda _: {"demand": WORDS}),
    "accountability.dismiss": ("dismissal", lambda _: {"reason": WORDS}),
    "accountability.report": ("result", lambda _: {"result": WORDS}),
    "accountability.return": ("return", lambda _: {"reason": WORDS}),
    "accountability.close": ("closing", lambda _: {"text": WORDS, "measure": "deduct", "points": 1}),
    "major.progress": ("progress", lambda _: {"text": WORDS}),
    "major.ask_change": ("changes", lambda _: {"reason": WORDS, "due_at": in_days(20)}),
    "major.decide_change": ("changes/decision", lambda _: {"reason": WORDS, "granted": True}),
    "major.report_above": ("reports-above", lambda _: {"text": WORDS, "to": "省厅"}),
    "major.propose_strike_off": ("strike-off", lambda _: {"text": WORDS}),
    "major.sign_strike_off": ("strike-off/signature", lambda _: {"text": WORDS, "granted": True}),
    "ownerless.settle": ("settlement", settlement),
}


def rows_of(stage: Stage) -> Iterator[tuple[str, str]]:
    """(register, path) of a row of every register in each of its states, one after the other."""
    yield "orders", stage.order()
    yield "orders", stage.order(answered=True)
    yield "accountability", stage.entry()
    stage.case_id = stage.office.city.at(Status.HANDLING, spot=stage.office.city.spot(number=3))
    yield "accountability", stage.entry(confirmed=True)
    stage.case_id = stage.office.city.at(Status.HANDLING, spot=stage.office.city.spot(number=4))
    yield "accountability", stage.entry(reported=True)
    yield "major", stage.major(asked=True)
    stage.case_id = stage.office.city.at(Status.HANDLING, spot=stage.office.city.spot(number=6))
    yield "major", stage.major(striking=True)
    stage.case_id = stage.office.city.at(Status.TO_INSPECT, spot=stage.office.city.spot(number=7))
    yield "major", stage.major()
    stage.case_id = stage.office.city.at(Status.HANDLING, spot=stage.office.city.spot(number=8))
    yield "major", struck(stage)
    declined = stage.office.city.at(Status.HANDLING, spot=stage.office.city.spot(number=9))
    stage.case_id = declined
    path = stage.major(striking=True)
    stage.office.city.do(
        declined,
        commands.DeclineClosing(reason="照片存疑", reason_code="other"),
        stage.office.city.actor(Role.DUTY_OFFICER),
    )
    yield "major", path


def test_whatever_a_register_offers_can_be_done(city: City) -> None:
    stage = Stage(Office(city))
    people = [one for role in Role for one in city.people(role)[:2]]
    people += [one for one in city.people(Role.HANDLER) if one.organisation_id == stage.unit]
    tried, found = set[str](), list[tuple[str, str, str]]()
    for register, path in rows_of(stage):
        for actor in people:
            page = asked(actor, path)
            for act in page.json().get("acts", []) if page.status_code == 200 else ():
                door, form = ACTS[f"{register}.{act}"]
                with transaction.atomic():
                    answer = asked(actor, f"{path}/{door}", form(stage))
                    transaction.set_rollback(True)
                tried.add(f"{register}.{act}")
                if answer.status_code != 200:
                    found.append((actor.role, f"{register}.{act}", answer.content.decode()))
    assert found == []
    assert tried == set(ACTS) - {"ownerless.settle"}


def test_whatever_the_board_of_cases_without_owner_offers_can_be_done(city: City) -> None:
    office = Office(city)
    stage = Stage(office)
    lost = {str(stage.lost_case()), str(office.twice_returned())}
    tried, found = set[tuple[str, str]](), list[str]()
    for actor in (one for role in Role for one in city.people(role)[:1]):
        page = asked(actor, "/ownerless")
        for row in page.json()["items"] if page.status_code == 200 else ():
            for act in row["acts"]:
                with transaction.atomic():
                    answer = (
                        asked(actor, f"/ownerless/{row['case']['id']}/settlement", settlement(stage))
                        if act == "settle"
                        else asked(actor, "/ownerless/meetings", _called(row["case"]["id"]))
                    )
                    transaction.set_rollback(True)
                tried.add((row["case"]["id"], act))
                found += [] if answer.status_code == 200 else [f"{actor.role} {act} {answer.content.decode()}"]
    assert found == []
    assert tried >= {(case_id, act) for case_id in lost for act in ("settle", "put_on_agenda")}


def _called(case_id: str) -> Body:
    return {"title": "会议", "held_on": in_days(1)[:10], "participants": "各方", "case_ids": [case_id]}


def test_nothing_is_offered_on_an_order_of_a_case_that_has_ended_but_what_ends_it(city: City) -> None:
    stage = Stage(Office(city))
    path = stage.order(answered=True)
    city.lead(stage.case_id, Status.CLOSED)
    acts = {act for role in Role for one in city.people(role) for act in asked(one, path).json().get("acts", ())}
    assert acts == {"accept", "lift"}


DESK: Final = (ROOT / "web/apps/desk/src/pages/work/model/bulk.ts").read_text("utf-8")
SINGLE: Final = {*re.findall(r'"([a-z_]+)"', DESK.partition("new Set([")[2].partition("...Object")[0])} | {
    rule.word for rule in KINDS.values() if rule.one_by_one or rule.parts
}
"""What the desk leaves to the page of a single case: what differs from case to case cannot be said once for all."""
PAIRS: Final = {status.value: status for status in ORDINARY}


@pytest.mark.parametrize("status", PAIRS)
def test_whatever_is_offered_for_several_cases_can_be_done_to_each(city: City, status: str) -> None:
    """Two cases at one status, in two places: one form serves both, without pictures, since each proves one case."""
    office = Office(city)
    pair = [city.at(PAIRS[status]), city.at(PAIRS[status], spot=city.spot(number=5))]
    robot = Robot(office, pair[0])
    refused = list[tuple[str, str, str]]()
    for actor in robot.people():
        query = "&".join(f"id={one}" for one in pair)
        offered = asked(actor, f"/cases/actions?{query}")
        page = asked(actor, f"/cases/{pair[0]}")
        own = {one["command"]: one["suggestion"] for one in page.json().get("actions", ())}
        for action in offered.json().get("items", ()) if offered.status_code == 200 else ():
            word = action["command"]
            if word in SINGLE:
                continue
            with transaction.atomic():
                cases = [{"id": str(one), "seq": city.state(one).seq} for one in pair]
                form = {name: value for name, value in robot.form(word, own[word]).items() if name != "pictures"}
                body = {"cases": cases, "command": form}
                answer = asked(actor, "/cases/commands", body)
                transaction.set_rollback(True)
            robot.tried.add(word)
            lines = answer.json()["items"] if answer.status_code == 200 else [{"done": False, "why": answer.content}]
            refused += [(actor.role, word, str(line["why"])) for line in lines if not line["done"]]
    assert refused == []
    assert robot.tried


def test_whatever_a_meeting_offers_can_be_done_to_what_is_left_on_its_agenda(city: City) -> None:
    """One case waits for its owner; of another it is settled meanwhile, a third is on no agenda yet."""
    stage = Stage(Office(city))
    waiting_case, settled = stage.lost_case(), stage.lost_case(number=2)
    path = stage.meeting(waiting_case, settled)
    free = stage.lost_case(number=4)
    actions.settle_owner(settled, Decided(**settlement(stage)), doing=stage.doing(stage.office.leader))
    forms: dict[str, tuple[str, Body]] = {
        "add": ("agenda", {"case_ids": [str(free)]}),
        "decide": ("decisions", {"case_id": str(waiting_case), **settlement(stage)}),
        "put_off": ("put-off", {"case_id": str(waiting_case), "text": WORDS}),
    }
    tried, found = set[str](), list[tuple[str, str, str]]()
    for actor in (one for role in Role for one in city.people(role)[:2]):
        page = asked(actor, path)
        for act in page.json().get("acts", ()) if page.status_code == 200 else ():
            door, form = forms[act]
            with transaction.atomic():
                answer = asked(actor, f"{path}/{door}", form)
                transaction.set_rollback(True)
            tried.add(act)
            if answer.status_code != 200:
                found.append((actor.role, act, answer.content.decode()))
    assert found == []
    assert tried == set(forms)


def test_a_meeting_whose_cases_have_all_gone_on_offers_no_decision(city: City) -> None:
    """What was said of them can still be noted."""
    stage = Stage(Office(city))
    settled = stage.lost_case()
    path = stage.meeting(settled)
    actions.settle_owner(settled, Decided(**settlement(stage)), doing=stage.doing(stage.office.leader))
    city.lead(settled, Status.HANDLING)
    note = {"case_id": str(settled), "text": WORDS}
    offered = set[str]()
    for actor in (one for role in Role for one in city.people(role)[:1]):
        acts = asked(actor, path).json().get("acts", ())
        offered |= set(acts)
        if "put_off" in acts:
            with transaction.atomic():
                assert asked(actor, f"{path}/put-off", note).status_code == 200
                transaction.set_rollback(True)
    assert offered == {"add", "put_off"}
