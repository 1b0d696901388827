"""审批台账与占比控制: who sees which rows, filters, pages, the sheet, shares; on a real PostgreSQL and through the doors."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from gezhi.calendars.rules.office_days import day_of, midnight_of
from gezhi.cases.actions import put_approval_row_in_force
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.queries.shares import find_shares
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.ledgers.queries.ledger import LedgerFilters, count_ledger, list_ledger, stream_ledger
from gezhi.ledgers.queries.register_search import Sought, sought
from gezhi.ledgers.queries.unit_shares import list_unit_shares
from gezhi.ledgers.rules.share import Counted, Fullness
from gezhi.plumbing import sheets
from gezhi.plumbing.clock import system_clock
from gezhi.policy.queries import held_policy
from tests.cases.city import LITTER, WEST, City, living_city
from tests.cases.test_api import Browser, desk, refused
from tests.cases.world import PLAIN
from tests.fixtures import StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
NOBODY = Actor(1, 1, Role.ACCEPTOR, 1, Scope())
EVERYWHERE = Actor(1, 1, Role.ADMINISTRATOR, 1, Scope(regions=("",)))
EXTENSION = LedgerFilters(kind=ApplicationKind.EXTENSION)


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    """The invented city an hour ago, under the preset matrix."""
    city = living_city()
    for row in PLAIN.values():
        put_in_force(city, row)
    return city


def put_in_force(city: City, row: ApprovalRow) -> None:
    put_approval_row_in_force(held_policy().node, row, valid_from=day_of(city.clock()), clock=city.clock)


def ask(city: City, command: Command, **where: Any) -> tuple[UUID, Actor]:
    """A case at its unit, for which the unit asks."""
    case_id = city.at(Status.HANDLING, **where)
    leading = city.state(case_id).leading
    assert leading is not None
    handler = city.handler_of(leading.unit)
    city.do(case_id, command, handler)
    return case_id, handler


def more_time(reason: str = "连日降雨，无法施工") -> Command:
    return AskExtension(reason=reason, reason_code="other", value=1)


def say(city: City, case_id: UUID, *, granted: bool, by: Role = Role.DISPATCHER) -> None:
    city.do(case_id, DecideApplication(granted=granted, reason="情况属实"), city.actor(by))


def copy_rows(count: int, *, begin: int = 1) -> None:
    """More rows of every application that there is, a second apart."""
    columns = (
        "case_no, class_key, area_code, kind, unit_id, asked_at - make_interval(secs => g), asked_by, role,"
        " organisation_id, late, times, steps, deciding, opinions, outcome, ended_at, value, value_unit, until_at,"
        " old_due_at, new_due_at, share, ceiling, exempt, shirking, reason, pictures, above,"
        " minutes, minutes_before, reason_code, form_no"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_application SELECT case_id, (no + g)::smallint, {columns}"
            " FROM cases_application, generate_series(%s, %s) g WHERE no = 1",
            [begin, begin + count - 1],
        )


def pages(filters: LedgerFilters, actor: Actor, *, limit: int) -> Iterator[list[tuple[UUID, int]]]:
    after = None
    while page := list_ledger(filters, actor, after=after, limit=limit):
        yield [(row.case_id, row.application.no) for row in page]
        last = page[-1]
        after = (datetime.fromtimestamp(last.application.asked, UTC), last.case_id, last.application.no)


def test_a_row_holds_what_the_case_holds(now_city: City) -> None:
    case_id, _ = ask(now_city, more_time())
    say(now_city, case_id, granted=True)
    (row,) = list_ledger(EXTENSION, EVERYWHERE, after=None, limit=5)
    state = now_city.state(case_id)
    assert row.application == state.applications[0]
    assert (row.case_no, row.place, row.status) == (state.no, "鹭桥路口", "handling")
    assert [one.step for one in row.application.opinions] == ["dispatcher"]
    assert row.application.deciding == "duty-officer"


def test_everybody_sees_the_rows_of_their_scope_and_no_others(now_city: City) -> None:
    west, man = ask(now_city, more_time())
    east, other = ask(now_city, more_time(), spot=now_city.spot("990102001", 3))
    both = {west, east}

    def seen(actor: Actor) -> set[UUID]:
        return {row.case_id for row in list_ledger(EXTENSION, actor, after=None, limit=50)}

    assert man.organisation_id != other.organisation_id
    assert seen(EVERYWHERE) == seen(now_city.actor(Role.DISPATCHER)) == both
    assert seen(Actor(1, 1, Role.ACCEPTOR, 1, Scope(regions=(WEST,)))) == {west}
    assert (seen(man), seen(other)) == ({west}, {east})
    assert seen(NOBODY) == set()
    assert count_ledger(EXTENSION, man).total == 1
    assert [row.case_id for row in stream_ledger(EXTENSION, other)] == [east]


def test_pages_join_without_gap_and_without_repetition(now_city: City) -> None:
    ask(now_city, more_time())
    copy_rows(30)
    found = [one for page in pages(EXTENSION, EVERYWHERE, limit=7) for one in page]
    assert len(found) == len(set(found)) == 31
    assert found == [(row.case_id, row.application.no) for row in stream_ledger(EXTENSION, EVERYWHERE)]


def test_filters_narrow_a_ledger(now_city: City) -> None:
    granted, _ = ask(now_city, more_time("等待管线产权单位配合"))
    for role in (Role.DISPATCHER, Role.DUTY_OFFICER):
        say(now_city, granted, granted=True, by=role)
    refused_, _ = ask(now_city, more_time())
    say(now_city, refused_, granted=False)
    pending, man = ask(now_city, more_time(), spot=now_city.spot("990102001", 3))

    def said(text: str) -> Sought:
        return sought(text, on=day_of(now_city.clock()))

    def seen(**filters: Any) -> set[UUID]:
        asked = LedgerFilters(kind=ApplicationKind.EXTENSION, **filters)
        rows = list_ledger(asked, EVERYWHERE, after=None, limit=50)
        assert count_ledger(asked, EVERYWHERE).total == len(rows)
        return {row.case_id for row in rows}

    assert seen(outcome="granted") == {granted}
    assert seen(outcome="refused") == {refused_}
    assert seen(outcome="pending") == {pending}
    assert seen(unit=man.organisation_id) == {pending}
    assert seen(region=WEST) == {granted, refused_}
    assert seen(sought=said("产权单位")) == {granted}
    assert seen(sought=said(now_city.state(pending).no)) == {pending}
    assert seen(sought=said("暴露垃圾")) == {granted, refused_, pending}
    assert seen(late=True) == set()
    asked = now_city.state(pending).applications[0].asked
    assert seen(since=asked) == {pending}
    assert seen(until=asked) == {granted, refused_}
    count = count_ledger(EXTENSION, EVERYWHERE)
    assert (count.total, count.granted, count.refused, count.pending, count.late) == (3, 1, 1, 1, 0)


def test_what_was_asked_after_the_deadline_is_counted_apart(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    leading = now_city.state(case_id).leading
    assert leading is not None
    now_city.clock.advance(40 * 86_400)
    now_city.do(case_id, AskVoid(reason="现场已无此设施", reason_code="other"), now_city.handler_of(leading.unit))
    late = LedgerFilters(kind=ApplicationKind.VOID, late=True)
    assert [row.case_id for row in list_ledger(late, EVERYWHERE, after=None, limit=5)] == [case_id]
    assert count_ledger(LedgerFilters(kind=ApplicationKind.VOID), EVERYWHERE).late == 1


def test_a_page_of_500_rows_takes_as_many_statements_as_one_of_10(
    now_city: City, statement_count: StatementCount
) -> None:
    ask(now_city, more_time())
    copy_rows(9)
    browser = desk(now_city, Role.DISPATCHER)
    browser.call("GET", "/ledgers/extension")
    taken = []
    for more in (0, 500):
        if more:
            copy_rows(more, begin=10)
        with statement_count() as counted:
            response = browser.call("GET", "/ledgers/extension?limit=200")
        assert response.status_code == 200, response.content
        taken.append((counted.total, len(response.json()["items"])))
    assert [rows for _, rows in taken] == [10, 200]
    assert taken[0][0] == taken[1][0] <= 8


# the doors


def test_a_page_goes_out_with_names_opinions_and_effect(now_city: City) -> None:
    case_id, man = ask(now_city, more_time())
    for role in (Role.DISPATCHER, Role.DUTY_OFFICER):
        say(now_city, case_id, granted=True, by=role)
    body = desk(now_city, Role.DUTY_OFFICER).call("GET", "/ledgers/extension").json()
    (row,) = body["items"]
    assert (row["case_id"], row["kind"], row["outcome"]) == (str(case_id), "extension", "granted")
    assert (row["asked_by"], row["asker_role"]) == (man.name, "handler")
    assert row["class"]["key"] == LITTER
    assert [(one["step"], one["granted"], one["text"]) for one in row["opinions"]] == [
        ("dispatcher", True, "情况属实"),
        ("duty-officer", True, "情况属实"),
    ]
    assert row["old_due_at"] < row["new_due_at"]
    assert (row["effect"]["zh"], row["times"], row["deciding"]) == ("按新时限计是否超时", 0, None)
    assert body["count"] == {"total": 1, "granted": 1, "refused": 0, "pending": 0, "late": 0, "is_more": False}
    assert body["next_cursor"] is None


def test_the_next_page_begins_behind_the_last_row(now_city: City) -> None:
    ask(now_city, more_time())
    copy_rows(4)
    browser = desk(now_city, Role.DISPATCHER)
    first = browser.call("GET", "/ledgers/extension?limit=3").json()
    rest = browser.call("GET", f"/ledgers/extension?limit=3&cursor={first['next_cursor']}").json()
    assert [row["no"] for row in first["items"] + rest["items"]] == [1, 2, 3, 4, 5]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/ledgers/holiday", 422, "plumbing.input.invalid"),
        ("/ledgers/extension?cursor=nonsense", 400, "plumbing.doors.bad-cursor"),
        ("/ledgers/extension?outcome=perhaps", 422, "plumbing.input.invalid"),
        ("/ledgers/extension?since=0001-01-01", 422, "plumbing.input.invalid"),
        ("/shares?month=2026-13", 422, "ledgers.shares.bad-month"),
        ("/shares?month=1888-01", 422, "ledgers.shares.bad-month"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(now_city: City, path: str, status: int, code: str) -> None:
    assert refused(desk(now_city, Role.DISPATCHER).call("GET", path)) == (status, code)


def test_a_cursor_of_another_list_is_refused(now_city: City) -> None:
    from gezhi.plumbing.doors import encode_cursor

    browser = desk(now_city, Role.DISPATCHER)
    for cursor in (encode_cursor(1, "no uuid", 1), encode_cursor(10**30, str(UUID(int=1)), 1)):
        assert refused(browser.call("GET", f"/ledgers/extension?cursor={cursor}"))[1] == "plumbing.doors.bad-cursor"


def test_a_collector_reads_no_ledger(now_city: City) -> None:
    browser = Browser().sign_in(now_city.collector())
    assert refused(browser.call("GET", "/ledgers/extension"))[0] == 403
    assert refused(browser.call("GET", "/ledgers/extension.xlsx"))[0] == 403
    assert refused(browser.call("GET", "/shares"))[0] == 403


# the sheet


def sheet_of(response: Any) -> Worksheet:
    assert response.status_code == 200, b"".join(response.streaming_content)
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def test_the_sheet_says_its_filters_and_holds_every_column(now_city: City) -> None:
    case_id, man = ask(now_city, more_time("=HYPERLINK(1)"))
    for role in (Role.DISPATCHER, Role.DUTY_OFFICER):
        say(now_city, case_id, granted=True, by=role)
    path = (
        f"/ledgers/extension.xlsx?outcome=granted&since={TODAY - timedelta(3)}&until={TODAY}&unit={man.organisation_id}"
    )
    response = desk(now_city, Role.DISPATCHER).call("GET", f"{path}&q=HYPERLINK&late=false&region={WEST}")
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    sheet = sheet_of(response)
    assert sheet["A1"].value == "延期审批台账"
    said = sheet["A2"].value
    for words in (
        "审批结果 同意",
        f"申请日期自 {TODAY - timedelta(3)}",
        f"申请日期至 {TODAY}",
        "“HYPERLINK”",
        "不含逾期申请",
    ):
        assert words in said
    heads = [cell.value for cell in sheet[3]]
    row = dict(zip(heads, [cell.value for cell in sheet[4]], strict=True))
    application = now_city.state(case_id).applications[0]
    wall = datetime.fromtimestamp(application.asked, UTC).replace(tzinfo=None) + timedelta(hours=8)
    assert row["案件编号"] == now_city.state(case_id).no
    assert abs(row["申请时间"] - wall) < timedelta(seconds=1)
    assert (row["申请理由"], sheet["K4"].data_type) == ("=HYPERLINK(1)", "s")
    assert (row["申请时长"], row["累计延期（小时）"], row["理由类别"], row["审批表编号"]) == (
        "1 个工作时",
        1,
        "其他",
        "",
    )
    assert (row["申请事项"], row["审批结果"], row["统计影响"]) == ("延长 1 工作时", "同意", "按新时限计是否超时")
    assert row["审批意见"].count("同意：情况属实") == 2
    assert row["新处置时限"] > row["原处置时限"]
    assert sheet.max_row == 4
    assert sheet.freeze_panes == "B4"


def test_an_empty_ledger_is_a_sheet_with_heads(now_city: City) -> None:
    sheet = sheet_of(desk(now_city, Role.DISPATCHER).call("GET", "/ledgers/void.xlsx"))
    assert (sheet["A1"].value, sheet.max_row) == ("作废审批台账", 3)
    assert sheet["A2"].value.startswith("筛选条件：全部。导出：")


def test_a_suspension_that_waits_says_for_whom_and_until_when(now_city: City) -> None:
    until = now_city.clock() + 5 * 86_400
    ask(now_city, AskSuspension(reason="待汛期结束", reason_code="other", until=until, pictures=(now_city.picture(),)))
    sheet = sheet_of(desk(now_city, Role.LEADER).call("GET", "/ledgers/suspension.xlsx?outcome=pending"))
    row = dict(zip([cell.value for cell in sheet[3]], [cell.value for cell in sheet[4]], strict=True))
    assert row["申请事项"].startswith("缓办至 ")
    assert (row["审批意见"], row["审批结果"], row["证明材料（张）"]) == ("1. 派遣员 待审批", "审批中", 1)


def test_more_rows_than_a_sheet_holds_are_refused(now_city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(now_city, more_time())
    copy_rows(4)
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    browser = desk(now_city, Role.DISPATCHER)
    assert refused(browser.call("GET", "/ledgers/extension.xlsx")) == (422, "plumbing.sheets.too-many-rows")
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    assert sheet_of(browser.call("GET", "/ledgers/extension.xlsx")).max_row == 8


# shares


def month_of(moment: int) -> tuple[int, int]:
    first = (datetime.fromtimestamp(moment, UTC) + timedelta(hours=8)).date().replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return midnight_of(first), midnight_of(following)


def test_a_share_is_what_a_decision_would_find(now_city: City) -> None:
    """Two of three cases extended; a base of three, a ceiling of 70 %."""
    row = msgspec.structs.replace(PLAIN[ApplicationKind.EXTENSION], share_base=3, warning=300, ceiling=700)
    put_in_force(now_city, row)
    (first, man), (second, _), third = (
        ask(now_city, more_time()),
        ask(now_city, more_time()),
        now_city.at(Status.HANDLING),
    )
    for case_id in (first, second):
        for role in (Role.DISPATCHER, Role.DUTY_OFFICER):
            say(now_city, case_id, granted=True, by=role)
    now_city.do(third, more_time(), man)
    now = now_city.clock()
    since, until = month_of(now)
    matrix = held_matrix().on(TODAY)
    (unit,) = list_unit_shares(EVERYWHERE, matrix, since=since, until=until, now=now)
    found = next(one for one in unit.kinds if one.kind is ApplicationKind.EXTENSION)
    assert (unit.unit, unit.given) == (man.organisation_id, 3)
    assert (found.counted.asked, found.counted.granted, found.counted.pending) == (3, 2, 1)
    assert (found.share, found.fullness, found.next_is_above) == (666, Fullness.WARNING, True)
    application = now_city.state(third).applications[0]
    assert (application.share, application.ceiling, application.above) == (1_000, 700, True)
    assert application.steps == ("dispatcher", "duty-officer", "supervisor", "leader")
    assert list_unit_shares(man, matrix, since=since, until=until, now=now) == (unit,)
    assert list_unit_shares(NOBODY, matrix, since=since, until=until, now=now) == ()
    assert list_unit_shares(EVERYWHERE, matrix, since=until, until=until + 86_400, now=now) == ()


def test_a_month_has_what_was_decided_and_what_was_dispatched_in_it(now_city: City) -> None:
    """Asked and dispatched in one month, granted in the next, where another case is dispatched."""
    case_id, man = ask(now_city, more_time())
    for role in (Role.DISPATCHER, Role.DUTY_OFFICER):
        say(now_city, case_id, granted=True, by=role)
    other, _ = ask(now_city, more_time())
    earlier = now_city.clock() - 40 * 86_400
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_dispatch SET dispatched_at = to_timestamp(%s) WHERE case_id = %s", [earlier, case_id]
        )
        cursor.execute(
            "UPDATE cases_application SET asked_at = to_timestamp(%s) WHERE case_id = %s", [earlier, case_id]
        )
    matrix, now = held_matrix().on(TODAY), now_city.clock()

    def month(moment: int) -> tuple[int, Counted, UnitShare]:
        since, until = month_of(moment)
        (unit,) = list_unit_shares(EVERYWHERE, matrix, since=since, until=until, now=now)
        found = next(one for one in unit.kinds if one.kind is ApplicationKind.EXTENSION)
        return unit.given, found.counted, found.lately

    lately = UnitShare(granted=1, given=1)
    assert month(earlier) == (1, Counted(asked=1), lately)
    assert month(now) == (1, Counted(asked=1, granted=1, pending=1), lately)
    asked = man.organisation_id, ApplicationKind.EXTENSION, now - 30 * 86_400, now
    assert find_shares([asked]) == {asked: lately}
    assert now_city.state(other).applications[0].share == 1_000


def test_a_share_above_its_ceiling_is_said_to_be_so_only_where_it_takes_further_steps(now_city: City) -> None:
    few, _ = ask(now_city, more_time())
    put_in_force(
        now_city, msgspec.structs.replace(PLAIN[ApplicationKind.EXTENSION], share_base=1, warning=1, ceiling=1)
    )
    many, _ = ask(now_city, more_time())
    rows = desk(now_city, Role.DISPATCHER).call("GET", "/ledgers/extension").json()["items"]
    shown = {row["case_id"]: (row["share"] > row["ceiling"], row["is_above"]) for row in rows}
    assert shown == {str(few): (True, False), str(many): (True, True)}


def test_shares_go_out_with_the_lines_of_the_matrix_and_the_days_of_the_month(now_city: City) -> None:
    case_id, man = ask(now_city, more_time())
    say(now_city, case_id, granted=False)
    body = desk(now_city, Role.DISPATCHER).call("GET", "/shares").json()
    assert body["month"] == f"{TODAY:%Y-%m}"
    kinds = {one["kind"]: one for one in body["kinds"]}
    assert (kinds["extension"]["ceiling"], kinds["extension"]["above_ceiling"]) == (50, ["supervisor", "leader"])
    (unit,) = body["items"]
    shown = {one["kind"]: one for one in unit["kinds"]}
    assert (unit["unit_id"], unit["given"], unit["state"]) == (man.organisation_id, 1, "few")
    assert (shown["extension"]["asked"], shown["extension"]["refused"]) == (1, 1)
    assert shown["extension"]["state"] == "few"
    past = desk(now_city, Role.DISPATCHER).call("GET", "/shares?month=2024-02").json()
    assert (past["since"], past["until"], past["items"]) == (str(date(2024, 2, 1)), "2024-02-29", [])
