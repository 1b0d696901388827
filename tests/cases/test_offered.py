"""What a case page offers, in which colour, and that a case without a class breaks none of it."""

from __future__ import annotations

from uuid import UUID

from gezhi.cases.rules import commands
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.city import City
from tests.cases.test_api import desk, now_city

__all__ = ["now_city"]


def test_a_case_whose_class_is_still_open_breaks_no_command_and_takes_no_other_case_with_it(now_city: City) -> None:
    open_class = now_city.begin(now_city.call(), now_city.actor(Role.ACCEPTOR))
    good = now_city.at(Status.REGISTERED)
    assert now_city.state(open_class).subject.class_key == ""
    unit = now_city.unit("990100-works")
    settling = {"unit_id": unit, "basis": "会议纪要", "reason": "已确权", "manner": "meeting"}
    for role in (Role.DISPATCHER, Role.LEADER):
        answer = desk(now_city, role).act(open_class, "settle_owner", **settling)
        assert (answer.status_code, answer.json()["code"]) == (409, "cases.stages.not-in-this-status")
    seat = desk(now_city, Role.DISPATCHER)
    answer = seat.act(open_class, "dispatch", unit_id=unit, reason="先行派遣")
    assert (answer.status_code, answer.json()["code"]) == (409, "cases.stages.not-in-this-status")
    command = {"command": "dispatch", "unit_id": unit, "reason": "先行派遣"}
    batch = {"cases": [{"id": str(open_class)}, {"id": str(good)}], "command": command}
    lines = seat.send("/cases/commands", batch).json()["items"]
    assert [(line["done"], line["code"]) for line in lines] == [
        (False, "cases.stages.not-in-this-status"),
        (True, None),
    ]
    assert seat.call("GET", f"/cases/{open_class}").status_code == 200


def test_what_carries_a_case_on_is_primary_and_merging_recalling_and_reopening_never_are(now_city: City) -> None:
    def primary(case_id: UUID, role: Role, **where: str) -> list[str]:
        told = desk(now_city, role, **where).call("GET", f"/cases/{case_id}").json()
        return [action["command"] for action in told["actions"] if action["primary"]]

    reported, dispatched = now_city.begin(), now_city.at(Status.DISPATCHED, spot=now_city.spot(number=2))
    closed = now_city.at(Status.CLOSED, spot=now_city.spot(number=4))
    accepted = now_city.at(Status.ACCEPTED, spot=now_city.spot(number=6))
    assert primary(reported, Role.ACCEPTOR) == ["accept"]
    assert primary(accepted, Role.ACCEPTOR) == primary(dispatched, Role.DISPATCHER) == []
    assert primary(closed, Role.DUTY_OFFICER) == primary(closed, Role.SUPERVISOR) == []
    for case_id, role, words in ((accepted, Role.ACCEPTOR, "merge"), (dispatched, Role.DISPATCHER, "recall")):
        common = desk(now_city, role).call("GET", f"/cases/actions?id={case_id}").json()["items"]
        assert (words in {one["command"] for one in common}, any(one["primary"] for one in common)) == (True, False)


def test_the_case_page_tells_every_run_of_every_clock(now_city: City) -> None:
    case_id = now_city.at(Status.INSPECTING)
    task = now_city.state(case_id).open_task
    assert task is not None
    results = tuple(Result(code, False) for code in now_city.state(case_id).subject.closing)
    failed = commands.CompleteInspection(results=results, **now_city.seen(now_city.state(case_id)))
    holder = next(one for one in now_city.people(Role.COLLECTOR) if one.user_id == task.collector)
    now_city.do(case_id, failed, holder)
    now_city.lead(case_id, Status.HANDLING)
    told = desk(now_city, Role.DUTY_OFFICER).call("GET", f"/cases/{case_id}").json()["runs"]
    assert [(run["round"], run["ended_at"] is None) for run in told if run["kind"] == "handling"] == [
        (1, False),
        (2, True),
    ]
