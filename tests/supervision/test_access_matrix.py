"""权限矩阵 of supervision and of changes of rules: every writing and every reading door × role × scope, by calling; and
what its body names.

Walked from the router, so that a new door must stand here. What a role may not do is answered by the policy, what lies
in another area as if it did not exist, what concerns the own unit by 回避. With WRITE_ACCESS_MATRIX=1 the page is written
anew: read the difference.
"""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction
from django.http import HttpRequest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from gezhi.amendments.actions import decide_amendment, propose_row
from gezhi.amendments.api import router as rules_router
from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.people.rules.policy import GRANTS, decide_access
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.plumbing import doors
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.versions import forget_all
from gezhi.policy.queries import held_policy
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Proposed
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.actions.ownerless import Called, Decided
from gezhi.supervision.api import router
from gezhi.supervision.rules.automatic import LEVELS
from tests.cases.city import EAST, WEST, living_city
from tests.fixtures import ApiClient
from tests.supervision.office import DAY, Office

pytestmark = pytest.mark.django_db
EAST_SPOT, EAST_OFFICE = "990102001", "990102001-office"
ROLES = [role for role in Role if role is not Role.SYSTEM]
TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
Body = dict[str, Any]


def in_days(number: int) -> str:
    return datetime.fromtimestamp(system_clock() + number * DAY, UTC).isoformat()


class Stage:
    """What stands in the register before an act. Set up by people whom the matrix does not ask."""

    def __init__(self, office: Office) -> None:
        self.office, city = office, office.city
        self.case_id = city.at(Status.HANDLING)
        self.handler = office.handler(self.case_id)
        self.unit = self.handler.organisation_id
        somebody = city.actor(Role.ADMINISTRATOR).user_id
        self.supervisor = msgspec.structs.replace(office.supervisor, user_id=somebody)
        self.leader = msgspec.structs.replace(office.leader, user_id=somebody)
        self.picture = city.picture()
        self.foreign_picture = city.picture()
        far = city.reported(city.spot(EAST_SPOT), pictures=(self.foreign_picture,))
        self.foreign = (city.lead(city.begin(far), Status.HANDLING), self.lost_case(EAST_SPOT))

    def doing(self, actor: Actor) -> actions.Doing:
        return self.office.doing(actor)

    def lost_case(self, region: str = "990101001", number: int = 1) -> UUID:
        city = self.office.city
        case_id = city.at(Status.REGISTERED, spot=city.spot(region, number))
        city.do(case_id, commands.MarkUnowned(reason="产权不明"), self.office.dispatcher)
        return case_id

    def order(self, *, answered: bool = False) -> str:
        made = self.office.order(self.case_id, by=self.supervisor)
        if answered:
            actions.reply_to_order(made.id, "已清理", (), doing=self.doing(self.handler))
        return f"/supervision/orders/{made.id}"

    def entry(self, *, confirmed: bool = False, reported: bool = False) -> str:
        proposed = Proposed(unit_id=self.unit, cause="拖延", demand="整改", case_id=self.case_id)
        made = actions.propose_entry(proposed, doing=self.doing(self.supervisor))
        if confirmed or reported:
            actions.confirm_entry(made.id, "", None, doing=self.doing(self.office.leader))
        if reported:
            actions.report_result(made.id, "已整改", (), doing=self.doing(self.handler))
        return f"/accountability/{made.id}"

    def major(self, *, asked: bool = False, striking: bool = False) -> str:
        listing = Listing(level=1, plan="抢修", due=self.office.city.clock() + 9 * DAY, unit_id=self.unit)
        made = actions.list_case(self.case_id, listing, doing=self.doing(self.supervisor))
        if asked:
            actions.ask_change(made.id, "材料未到", system_clock() + 20 * DAY, doing=self.doing(self.handler))
        if striking:
            self.office.city.lead(self.case_id, Status.TO_CLOSE)
            actions.propose_strike_off(made.id, "核查通过", doing=self.doing(self.supervisor))
        return f"/major/{made.id}"

    def meeting(self, *case_ids: UUID) -> str:
        called = Called(title="联席会议", held_on=TODAY, participants="各方", case_ids=case_ids)
        keeper = msgspec.structs.replace(self.office.dispatcher, scope=Scope(regions=(WEST,)))
        made = actions.call_meeting(called, doing=self.doing(keeper))
        return f"/ownerless/meetings/{made.id}"

    def amendment(self, *, settled: bool = False) -> str:
        row = msgspec.structs.replace(LEVELS[1], share=100)
        whole = msgspec.structs.replace(self.supervisor, scope=Scope(regions=(region_prefix(held_policy().node),)))
        by_another, first = self.doing(msgspec.structs.replace(whole, user_id=0)), TODAY + timedelta(days=settled)
        made = propose_row(row, valid_from=first, reason="提速", doing=by_another)
        if settled:
            decide_amendment(made.id, "同意", granted=True, doing=self.doing(whole))
        return f"{RULES}/{made.id}"

    def key_list(self) -> str:
        body = key_list_body(self)
        here = msgspec.structs.replace(self.supervisor, scope=Scope(regions=(WEST,)))
        return f"/supervision/key-lists/{asked(here, '/supervision/key-lists', body).json()['id']}"


def key_list_body(_: Stage) -> Body:
    return {
        "title": "迎检重点",
        "classes": ["2026-matter-06"],
        "regions": [WEST],
        "begins": "registered",
        "level": 2,
        "requirement": "当日处置",
        "reply": {"value": 4, "unit": "work_hour"},
        "valid_from": str(TODAY),
    }


def settlement(stage: Stage) -> Body:
    unit = stage.office.city.unit("990100-works")
    return {"manner": "government", "unit_id": unit, "reason": "政府指定", "basis": "专题会议"}


def struck(stage: Stage) -> str:
    path = stage.major()
    stage.office.city.lead(stage.case_id, Status.TO_CLOSE)
    return path


def decided(stage: Stage) -> tuple[str, Body]:
    case_id = stage.lost_case()
    return f"{stage.meeting(case_id)}/decisions", {**settlement(stage), "manner": "meeting", "case_id": case_id}


def put_off(stage: Stage) -> tuple[str, Body]:
    case_id = stage.lost_case()
    return f"{stage.meeting(case_id)}/put-off", {"case_id": case_id, "text": "补充资料"}


LEVEL = {"level": 1, "share": 100, "hours": 4, "reply": {"value": 2, "unit": "work_hour"}, "requirement": "立即处置"}
TEXT, REASON = {"text": "请抓紧"}, {"reason": "情况属实"}
ORDER, ENTRY, MAJOR = "/supervision/orders", "/accountability", "/major"
MEETING, LISTS = "/ownerless/meetings", "/supervision/key-lists"
PATTERNS, RULES = "/supervision/patterns", "/rules/amendments"
ACTS: dict[str, Callable[[Stage], tuple[str, Body]]] = {
    ORDER: lambda at: (ORDER, {"case_id": at.case_id, "level": 1, "requirement": "清理", "unit_id": at.unit}),
    f"{ORDER}/{{order_id}}/reply": lambda at: (f"{at.order()}/reply", {"text": "已清理", "pictures": [at.picture]}),
    f"{ORDER}/{{order_id}}/acceptance": lambda at: (f"{at.order(answered=True)}/acceptance", TEXT),
    f"{ORDER}/{{order_id}}/return": lambda at: (f"{at.order(answered=True)}/return", REASON),
    f"{ORDER}/{{order_id}}/further": lambda at: (f"{at.order()}/further", {"requirement": "说明原因"}),
    f"{ORDER}/{{order_id}}/escalation": lambda at: (f"{at.order()}/escalation", REASON),
    f"{ORDER}/{{order_id}}/reminder": lambda at: (f"{at.order()}/reminder", TEXT),
    f"{ORDER}/{{order_id}}/lifting": lambda at: (f"{at.order()}/lifting", REASON),
    ENTRY: lambda at: (ENTRY, {"unit_id": at.unit, "case_id": at.case_id, "cause": "拖延", "demand": "整改"}),
    f"{ENTRY}/{{entry_id}}/confirmation": lambda at: (f"{at.entry()}/confirmation", {}),
    f"{ENTRY}/{{entry_id}}/dismissal": lambda at: (f"{at.entry()}/dismissal", REASON),
    f"{ENTRY}/{{entry_id}}/result": lambda at: (
        f"{at.entry(confirmed=True)}/result",
        {"result": "已整改", "pictures": [at.picture]},
    ),
    f"{ENTRY}/{{entry_id}}/return": lambda at: (f"{at.entry(reported=True)}/return", REASON),
    f"{ENTRY}/{{entry_id}}/closing": lambda at: (
        f"{at.entry(reported=True)}/closing",
        {"text": "整改到位", "measure": "deduct", "points": 2.5},
    ),
    MAJOR: lambda at: (
        MAJOR,
        {"case_id": at.case_id, "level": 1, "plan": "抢修", "due_at": in_days(9), "unit_id": at.unit},
    ),
    f"{MAJOR}/{{major_id}}/progress": lambda at: (f"{at.major()}/progress", TEXT),
    f"{MAJOR}/{{major_id}}/changes": lambda at: (f"{at.major()}/changes", {**REASON, "due_at": in_days(20)}),
    f"{MAJOR}/{{major_id}}/changes/decision": lambda at: (
        f"{at.major(asked=True)}/changes/decision",
        {**REASON, "granted": True},
    ),
    f"{MAJOR}/{{major_id}}/reports-above": lambda at: (f"{at.major()}/reports-above", {**TEXT, "to": "省厅"}),
    f"{MAJOR}/{{major_id}}/strike-off": lambda at: (f"{struck(at)}/strike-off", TEXT),
    f"{MAJOR}/{{major_id}}/strike-off/signature": lambda at: (
        f"{at.major(striking=True)}/strike-off/signature",
        {**TEXT, "granted": True},
    ),
    "/ownerless/{case_id}/settlement": lambda at: (f"/ownerless/{at.lost_case()}/settlement", settlement(at)),
    MEETING: lambda at: (
        MEETING,
        {"title": "会议", "held_on": str(TODAY), "participants": "各方", "case_ids": [at.lost_case()]},
    ),
    f"{MEETING}/{{meeting_id}}/agenda": lambda at: (
        f"{at.meeting(at.lost_case())}/agenda",
        {"case_ids": [at.lost_case(number=2)]},
    ),
    f"{MEETING}/{{meeting_id}}/decisions": decided,
    f"{MEETING}/{{meeting_id}}/put-off": put_off,
    LISTS: lambda at: (LISTS, key_list_body(at)),
    f"{LISTS}/{{list_id}}/end": lambda at: (f"{at.key_list()}/end", REASON),
    RULES: lambda _: (RULES, {"rule": "supervision", "row": LEVEL, "valid_from": str(TODAY), **REASON}),
    f"{RULES}/{{amendment_id}}/decision": lambda at: (f"{at.amendment()}/decision", {**TEXT, "granted": True}),
    f"{RULES}/{{amendment_id}}/withdrawal": lambda at: (f"{at.amendment(settled=True)}/withdrawal", TEXT),
}


NOBODY = "00000000-0000-0000-0000-000000000000"
HEAD_ROWS = 3
PAGE = Path(__file__).with_name("access_matrix.txt")


def operations(*, writing: bool) -> Iterator[tuple[str, Permission]]:
    every = {**router.path_operations, **rules_router.path_operations}
    for path, operation in doors.operations_of(every):
        if (operation.methods != ["GET"]) is writing:
            permission = doors.permission_of(operation)
            assert permission is not None
            yield path.replace("uuidstr:", "").replace("uuid:", ""), permission


class Seen:
    """One of everything that a register holds, all of it in the west; the board of cases without owner has one of the
    east too, which the other body of the acts needs."""

    def __init__(self, stage: Stage) -> None:
        self.case_id, self.reporter = stage.case_id, stage.office.city.collector().user_id
        self.unit = stage.unit
        self.order, self.entry, self.major, _ = stage.order(), stage.entry(), stage.major(), stage.key_list()
        self.amendment = stage.amendment()
        settled = stage.lost_case(number=2)
        self.meeting = stage.meeting(stage.lost_case())
        actions.settle_owner(settled, Decided(**settlement(stage)), doing=stage.doing(stage.office.leader))


READS: dict[str, Callable[[Seen], str]] = {
    ORDER: lambda _: ORDER,
    f"{ORDER}.xlsx": lambda _: f"{ORDER}.xlsx",
    f"{ORDER}/form": lambda at: f"{ORDER}/form?case_id={at.case_id}",
    f"{ORDER}/{{order_id}}": lambda at: at.order,
    ENTRY: lambda _: ENTRY,
    f"{ENTRY}.xlsx": lambda _: f"{ENTRY}.xlsx",
    f"{ENTRY}/{{entry_id}}": lambda at: at.entry,
    MAJOR: lambda _: MAJOR,
    f"{MAJOR}.xlsx": lambda _: f"{MAJOR}.xlsx",
    f"{MAJOR}/{{major_id}}": lambda at: at.major,
    "/ownerless": lambda _: "/ownerless",
    "/ownerless.xlsx": lambda _: "/ownerless.xlsx",
    "/ownerless/settled": lambda _: "/ownerless/settled?waiting=false",
    "/ownerless/settled.xlsx": lambda _: "/ownerless/settled.xlsx",
    MEETING: lambda _: MEETING,
    f"{MEETING}/{{meeting_id}}": lambda at: at.meeting,
    LISTS: lambda _: LISTS,
    "/supervision/addressees": lambda at: f"/supervision/addressees?unit_id={at.unit}",
    "/supervision/rules": lambda _: "/supervision/rules",
    RULES: lambda _: RULES,
    f"{RULES}/{{amendment_id}}": lambda at: at.amendment,
    "/rules/local-policy": lambda _: "/rules/local-policy",
    PATTERNS: lambda _: PATTERNS,
    f"{PATTERNS}/{{pattern}}/cases": lambda at: f"{PATTERNS}/capture_facts/cases?subject={at.reporter}",
}


def test_every_door_of_supervision_stands_in_the_matrix() -> None:
    assert {path for path, _ in operations(writing=True)} == set(ACTS)
    assert {path for path, _ in operations(writing=False)} == set(READS)


@pytest.fixture
def stage(_built: None, db: None) -> Stage:
    return Stage(Office(living_city()))


class Whoever:
    """The door asks the real policy about the actor that the test names."""

    asks: Actor

    @classmethod
    def decide(cls, request: HttpRequest, permission: Permission) -> Actor:
        problem = decide_access(cls.asks, permission).problem
        if problem is not None:
            raise problem
        return cls.asks


@pytest.fixture(autouse=True)
def _whoever_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "_authority", Whoever.decide)


def asked(actor: Actor, path: str, body: Body | None = None) -> Any:
    Whoever.asks = msgspec.structs.replace(actor, permissions=GRANTS[actor.role])
    return ApiClient().call("GET" if body is None else "POST", path, body)


def tried(actor: Actor, path: str, body: Body | None = None) -> str:
    """`done`, `nothing` where a list or sheet is empty, or the code of the refusal; nothing of it stays."""
    with transaction.atomic():
        answer = asked(actor, path, body)
        transaction.set_rollback(True)
    if path.startswith(RULES) and body is not None:
        forget_all()
    if answer.status_code not in {200, 201}:
        return str(answer.json()["code"])
    if path.endswith(".xlsx"):
        rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
        return "done" if len(list(rows)) > HEAD_ROWS else "nothing"
    return "nothing" if answer.json().get("items") == [] else "done"


def scopes_of(stage: Stage) -> dict[str, Scope]:
    own = (stage.unit,)
    return {
        "here": Scope(regions=(WEST,)),
        "city": Scope(regions=(region_prefix(held_policy().node),)),
        "own": Scope(regions=(WEST,), organisations=own),
        "unit": Scope(organisations=own, only_own_work=True),
        "there": Scope(regions=(EAST,)),
        "none": Scope(),
    }


def person(stage: Stage, role: Role, scope: Scope) -> Actor:
    actor = stage.handler if role is Role.HANDLER else stage.office.city.actor(role)
    return msgspec.structs.replace(actor, scope=scope)


Found = dict[str, list[str]]


def row_of(stage: Stage, permission: Permission, path: str, body: Body | None = None) -> dict[str, Found]:
    """What each role is answered in each scope; whom the policy refuses is refused whatever the scope."""
    rows: dict[str, Found] = {}
    for name, scope in scopes_of(stage).items():
        found = rows[name] = defaultdict(list)
        for role in ROLES:
            granted = permission in GRANTS[role]
            if granted or name == "here":
                said = tried(person(stage, role, scope), path, body)
                assert (said == "people.policy.not-granted") is not granted, (path, role)
                if granted:
                    found[said].append(role.value)
    return rows


def lines_of(door: str, rows: dict[str, Found]) -> Iterator[str]:
    yield door
    for name, found in rows.items():
        said = "; ".join(f"{code}: {', '.join(roles)}" for code, roles in sorted(found.items()))
        yield f"  {name:5} {said}"


def page_of(stage: Stage) -> str:
    lines: list[str] = []
    for door, permission in sorted(operations(writing=True)):
        with transaction.atomic():
            path, body = ACTS[door](stage)
            rows = row_of(stage, permission, path, body)
            lines += lines_of(f"POST {door}", rows)
            lines += seconds_of(stage, path, body, rows)
            transaction.set_rollback(True)
        for name in ("there", "none"):
            assert "done" not in rows[name], door
        done = {role for found in rows.values() for role in found.get("done", [])}
        assert all(Permission.SUPERVISION_READ in GRANTS[Role(role)] for role in done), f"{door} shows a register"
    with transaction.atomic():
        seen = Seen(stage)
        for door, permission in sorted(operations(writing=False)):
            lines += lines_of(f"GET {door}", row_of(stage, permission, READS[door](seen)))
        transaction.set_rollback(True)
    return "\n".join(lines) + "\n"


def seconds_of(stage: Stage, path: str, body: Body, rows: dict[str, Found]) -> Iterator[str]:
    """What the body names, exchanged for what lies elsewhere: by whoever may do the act."""
    name, role = next((name, Role(found["done"][0])) for name, found in rows.items() if "done" in found)
    actor = person(stage, role, scopes_of(stage)[name])
    for field, foreign in foreign_values(stage).items():
        if field in body:
            for what, value in foreign.items():
                said = tried(actor, path, {**body, field: value})
                assert said != "done", (path, field, what)
                yield f"  {field} {what}: {said}"


def foreign_values(stage: Stage) -> dict[str, dict[str, Any]]:
    case_id, lost = stage.foreign
    return {
        "case_id": {"of another area": case_id, "of nobody": NOBODY},
        "case_ids": {"of another area": [lost], "of nobody": [NOBODY]},
        "unit_id": {"of another area": stage.office.city.unit(EAST_OFFICE), "of nobody": 999_999},
        "pictures": {"of another area": [stage.foreign_picture], "of nobody": ["f" * 64]},
        "regions": {"of another area": [EAST], "of another city": ["1101"]},
    }


@pytest.mark.timeout(600)
def test_every_role_in_every_scope_is_answered_by_every_door_as_the_page_says(stage: Stage) -> None:
    found = page_of(stage)
    if os.environ.get("WRITE_ACCESS_MATRIX"):
        PAGE.write_text(found)
    assert found == PAGE.read_text()
