"""The folder of Yiwu, changed after the founding, and single tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from gezhi.calendars.queries import get_definition
from gezhi.cases.queries.open_work import open_work as find_open_work
from gezhi.cases.rules.stages import Status
from gezhi.duties.actions import add_row, end_row
from gezhi.duties.models import DutyRow
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.founding.actions import (
    Applying,
    Founded,
    PlanHasErrors,
    PlanIsStale,
    apply_plan,
    plan_folder,
    plan_import,
)
from gezhi.founding.gateways import read_contents
from gezhi.founding.models import AppliedRow
from gezhi.founding.queries import read_shipped
from gezhi.founding.queries.registers import read_stands
from gezhi.founding.queries.touched import Touched, find_touched
from gezhi.founding.rules.cells import read_table
from gezhi.founding.rules.changes.plan import Act, Plan, Side
from gezhi.founding.rules.changes.planned_kinds import PLANNED
from gezhi.founding.rules.check_folder import check_folder
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.permissions import SYSTEM
from gezhi.people.actions import bring_up_to_date, install_organisations, set_open_work, set_password
from gezhi.people.models import Organisation, User
from gezhi.people.queries import held_directory
from gezhi.people.rules.leaving import HeldCase, LastHandler, OpenWork
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow
from gezhi.plumbing.clock import system_clock
from tests.cases.city import City
from tests.fixtures import FixedClock
from tests.founding.folders import TODAY, clean, spoilt
from tests.people.acting import end_account

NEXT_YEAR = date(2027, 1, 1)
DAY = timedelta(days=1)
BY = Applying(actor=SYSTEM, clock=system_clock, reason="建库文件夹变更", city="330782")


def planned(files: dict[str, bytes], take: Side | None = None) -> Plan:
    checked = check_folder(read_contents(files), read_shipped(), today=TODAY, stands=read_stands(on=TODAY))
    assert checked.report.findings == []
    return plan_folder(checked, today=TODAY, take=take)


def from_next_year(files: dict[str, bytes], complete: str = "") -> dict[str, bytes]:
    city = files["city.toml"].replace(b"effective = 2026-01-01", b"effective = 2027-01-01")
    return files | {"city.toml": city.replace(b'source = "', f'complete = [{complete}]\nsource = "'.encode())}


def imported(kind: str, text: str, on: date = TODAY, take: Side | None = None) -> Plan:
    findings = Findings()
    rows = read_table(PLANNED[kind].table, text, findings)
    return plan_import(kind, rows or (), findings, on=on, take=take)


def acts(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(row.kind, row.key, row.act.value, str(row.on)) for row in plan.rows]


def codes(plan: Plan) -> list[str]:
    return [one.code for one in plan.report.findings]


def test_the_same_folder_again_is_an_empty_difference_also_with_another_day(yiwu: Founded) -> None:
    for files in (clean(), from_next_year(clean()), from_next_year(clean(), '"duties", "people", "officers"')):
        plan = planned(files)
        assert (plan.rows, codes(plan)) == ((), [])
        assert {kind.name: kind.totals.equal for kind in plan.kinds} == {
            "organisations": 8,
            "posts": 12,
            "people": 11,
            "officers": 2,
            "duties": 6,
            "area_levels": 2,
            "holidays": 2,
        }


def test_a_duty_row_changed_in_the_folder_ends_the_day_before_and_its_unit_follows(yiwu: Founded) -> None:
    files = from_next_year(spoilt("duties.csv", ",sanitation,", ",enforcement,"))
    plan = planned(files)
    assert acts(plan) == [
        ("duties", f"2026/matter/{code}/", "change", "2027-01-01") for code in ("06010", "06011", "06012")
    ]
    assert [(cell.column, cell.old, cell.new) for cell in plan.rows[0].cells] == [("unit", "sanitation", "enforcement")]
    apply_plan(plan, BY)
    rows = DutyRow.objects.filter(selector="06010", area_code="").order_by("id")
    assert list(rows.values_list("unit__code", "valid_from", "valid_to")) == [
        ("sanitation", date(2026, 1, 1), date(2026, 12, 31)),
        ("enforcement", NEXT_YEAR, None),
    ]
    assert held_duty_table() is not None
    assert planned(files).rows == ()
    assert planned(spoilt("duties.csv", ",sanitation,", ",enforcement,")).rows == ()


def test_new_people_and_posts_come_in_without_a_password_and_old_passwords_stay(yiwu: Founded) -> None:
    password = User.objects.get(username=yiwu.administrator).password
    files = spoilt("people.csv", "lilan,李岚,acceptor,", "lilan,李岚,acceptor beat-3,") | {
        "posts.csv": clean()["posts.csv"] + "beat-3,collection,collector,采集员,,330782002,,\n".encode()
    }
    files["people.csv"] += "newone,新人,beat-3,,,2027-03-01,\n".encode()
    plan = planned(files)
    assert acts(plan) == [
        ("posts", "beat-3", "add", "2026-12-01"),
        ("people", "lilan", "change", "2026-12-01"),
        ("people", "newone", "add", "2027-03-01"),
    ]
    apply_plan(plan, BY)
    directory = held_directory()
    assert [post.code for post in directory.posts_of(directory.user_ids["lilan"], TODAY)] == ["acceptor", "beat-3"]
    new = User.objects.get(username="newone")
    assert (new.has_usable_password(), new.active_from) == (False, date(2027, 3, 1))
    assert User.objects.get(username=yiwu.administrator).password == password
    assert planned(files).rows == ()


def test_of_a_complete_kind_only_what_the_folder_had_ends_and_what_the_browser_made_stays(yiwu: Founded) -> None:
    unit = held_directory().organisation_ids["works"]
    own = DutyRowData(
        edition="2026",
        kind="matter",
        selector="01001",
        area_code="",
        unit_id=unit,
        valid_from=TODAY,
        basis_kind=Basis.LOCAL,
    )
    made = add_row(own, reason="会商", actor=SYSTEM, clock=system_clock)
    files = spoilt(
        "duties.csv", "matter,06010,330782001,choucheng,2026-07-01,,minutes,主次干道以外由街道办事处负责,\n", ""
    )
    assert planned(files).rows == ()
    plan = planned(from_next_year(files, '"duties"'))
    assert acts(plan) == [("duties", "2026/matter/06010/330782001/2026-07-01", "end", "2026-12-31")]
    assert plan.kinds[4].totals.only_here == 1
    apply_plan(plan, BY)
    assert DutyRow.objects.get(area_code="330782001").valid_to == date(2026, 12, 31)
    assert DutyRow.objects.get(id=made).valid_to is None
    assert planned(from_next_year(files, '"duties"')).rows == ()


def test_an_empty_complete_table_ends_nothing(yiwu: Founded) -> None:
    header = clean()["officers.csv"].splitlines()[0] + b"\n"
    assert planned(from_next_year(clean() | {"officers.csv": header}, '"officers"')).rows == ()


def test_a_row_ended_in_the_browser_is_told_though_the_folder_is_the_same_and_stays_ended(yiwu: Founded) -> None:
    row = DutyRow.objects.get(selector="06011")
    end_row(row.id, last_day=TODAY - DAY, reason="会商", actor=SYSTEM, clock=system_clock)
    plan = planned(clean())
    assert (plan.rows, codes(plan), plan.kept) == ((), ["change.kept"], 1)


def test_what_was_changed_on_both_sides_is_asked_and_either_answer_holds(yiwu: Founded) -> None:
    row = DutyRow.objects.get(selector="06011")
    DutyRow.objects.filter(id=row.id).update(unit_id=held_directory().organisation_ids["works"])
    files = spoilt("duties.csv", ",sanitation,", ",enforcement,")
    asked = planned(files)
    assert (codes(asked), asked.report.errors) == (["change.asked"], 1)
    with pytest.raises(PlanHasErrors):
        apply_plan(asked, BY)
    ours, theirs = planned(files, Side.FILE), planned(files, Side.SYSTEM)
    assert (len(ours.rows), len(theirs.rows)) == (3, 2)
    apply_plan(theirs, BY)
    assert planned(files).rows == ()
    assert planned(files).kept == 1


def test_a_plan_is_stale_once_a_register_has_changed_but_not_for_a_new_password(yiwu: Founded) -> None:
    plan = planned(spoilt("duties.csv", ",sanitation,", ",enforcement,"))
    set_password(held_directory().user_ids["lilan"], "market-on-the-river-7")
    other = DutyRow.objects.get(selector="*", kind="part")
    end_row(other.id, last_day=NEXT_YEAR, reason="会商", actor=SYSTEM, clock=system_clock)
    with pytest.raises(PlanIsStale):
        apply_plan(plan, BY)
    again = planned(spoilt("duties.csv", ",sanitation,", ",enforcement,"))
    set_password(held_directory().user_ids["lilan"], "market-on-the-river-8")
    apply_plan(again, BY)


@pytest.fixture
def busy_units() -> Iterator[None]:
    """Every unit has one open case."""
    set_open_work(lambda _, units: OpenWork(parts=(HeldCase(UUID(int=1), "1", "", units[0]),), part_count=1))
    yield
    set_open_work(find_open_work)


def test_a_late_refusal_leaves_nothing_of_the_plan(yiwu: Founded, busy_units: None) -> None:
    """The only handler of a unit with open cases leaves; by then a new body has been entered."""
    files = spoilt("people.csv", "13900000003,zh,,", "13900000003,zh,,2026-12-31") | {
        "organisations.csv": clean()["organisations.csv"] + "new,新机构,,department,1,government,,,\n".encode()
    }
    plan = planned(files)
    assert [row.kind for row in plan.rows] == ["organisations", "people"]
    before = AppliedRow.objects.count()
    with pytest.raises(LastHandler):
        apply_plan(plan, BY)
    assert not Organisation.objects.filter(code="new").exists()
    assert AppliedRow.objects.count() == before


def test_a_file_of_one_kind_takes_up_what_the_browser_made(yiwu: Founded) -> None:
    body = OrganisationRow(
        code="own", name="自建机构", kind=OrganisationKind.DEPARTMENT, parent_code="government", valid_from=TODAY
    )
    install_organisations([body])
    text = "key,name,kind,parent\nown,自建机构,department,government\nnext,又一机构,department,own\n"
    plan = imported("organisations", text)
    assert acts(plan) == [("organisations", "next", "add", "2026-12-01")]
    assert (plan.kinds[0].totals.equal, plan.kinds[0].totals.only_here) == (1, 8)
    apply_plan(plan, BY)
    assert imported("organisations", text).rows == ()


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("organisations", "key,name,kind,parent\na,甲,department,b\nb,乙,department,a\n", ["tree.ring"]),
        ("organisations", "key,name,kind,parent\na,甲,department,nobody\n", ["reference.missing"]),
        ("organisations", "key,name,kind\na,甲,department\na,乙,department\n", ["key.twice"]),
        ("posts", "key,organisation,role,title,regions\np,works,handler,岗,330799\n", ["reference.missing"]),
        ("people", "username,name,posts,to\nhezhen,何真,administrator supervisor,2026-12-31\n", ["administrator.last"]),
        ("officers", "organisation,kind,username\nworks,contact,nobody\n", ["reference.missing"]),
        ("duties", "kind,classes,area,unit\nmatter,99999,,works\n", ["class.unknown"]),
        ("duties", "kind,classes,area,unit\nmatter,01001,,works\nmatter,01001,,sanitation\n", ["key.twice"]),
        ("area_levels", "area,level,from,to\n330782001,B,2027-02-01,2027-01-01\n", ["dates.reversed"]),
        ("holidays", "calendar,date,kind\noffice,2027-05-01,off\noffice,2027-05-01,off\n", ["key.twice"]),
        ("holidays", "calendar,date,kind\nnone,2027-05-01,off\n", ["reference.missing"]),
        ("people", "username,name,posts,to\nlilan,李岚,,2026-11-30\nlilan,李岚,,\n", ["key.twice"]),
        ("organisations", "key,name,kind\nworks,义乌市市政工程管理处,street\n", ["change.refused"]),
        ("posts", "key,organisation,role,title,to\nworks,works,handler,处置责任人,2026-12-31\n", ["owner.ends"]),
        ("organisations", "key,name,kind,to\nworks,义乌市市政工程管理处,department,2026-12-31\n", ["owner.ends"] * 2),
        ("people", "username\nlilan\n", ["column.missing"]),
    ],
)
def test_a_wrong_row_is_named_and_keeps_the_whole_file_out(
    yiwu: Founded, kind: str, text: str, expected: list[str]
) -> None:
    plan = imported(kind, text)
    assert [code for code in codes(plan) if code != "person.without-post"] == expected
    with pytest.raises(PlanHasErrors):
        apply_plan(plan, BY)


def test_holidays_and_levels_of_a_file_hold_from_their_days(yiwu: Founded) -> None:
    holidays = imported("holidays", "calendar,date,kind,hours,name\noffice,2026-10-26,work,8:30-12:00,补班\n")
    assert acts(holidays) == [("holidays", "office/2026-10-26", "change", "2026-12-01")]
    apply_plan(holidays, BY)
    office = get_definition("office")
    assert office is not None
    assert [one.name for one in office.overrides if one.on == date(2026, 10, 26)] == ["补班"]
    levels = imported("area_levels", "area,level\n330782001,C\n", on=NEXT_YEAR)
    assert acts(levels) == [("area_levels", "330782001", "change", "2027-01-01")]
    apply_plan(levels, BY)
    assert imported("area_levels", "area,level\n330782001,C\n", on=NEXT_YEAR).rows == ()


def test_the_key_of_somebody_who_has_left_is_not_used_again(yiwu: Founded) -> None:
    end_account(held_directory().user_ids["wangke"], last_day=TODAY - DAY, by=SYSTEM)
    AppliedRow.objects.filter(key="wangke").delete()
    plan = imported("people", "username,name,posts\nwangke,王克,duty-officer\n")
    assert codes(plan) == ["key.ended"]


def test_an_act_of_ending_names_the_last_day(yiwu: Founded) -> None:
    plan = imported("people", "username,name,posts,to\nwangke,王可,duty-officer,2026-12-31\n")
    assert [(row.act, str(row.on)) for row in plan.rows] == [(Act.END, "2026-12-31")]
    apply_plan(plan, BY)
    assert User.objects.get(username="wangke").active_to == date(2026, 12, 31)


def test_a_plan_tells_which_open_cases_it_touches(yiwu: Founded) -> None:
    town = City(FixedClock(system_clock() - 86_400))
    spot = town.spot("330782002001")
    town.lead(town.begin(town.reported(spot, address="柳青路口"), town.collector("330782002")), Status.INSPECTING)
    leaves = imported("people", "username,name,posts,to\nchubo,褚波,beat-2,2027-12-31\n")
    moves = imported("holidays", "calendar,date,kind\noffice,2027-03-01,off\n")
    nothing = imported("area_levels", "area,level\n330782001,C\n")
    assert [find_touched(plan) for plan in (leaves, moves, nothing)] == [Touched(1, 0), Touched(0, 1), Touched()]


def test_a_name_changed_at_the_same_key_is_taken_with_a_note_from_its_day_on(yiwu: Founded) -> None:
    files = from_next_year(
        spoilt("organisations.csv", "义乌市市政工程管理处", "义乌市市政公用中心")
        | {"people.csv": clean()["people.csv"].replace("李岚".encode(), "李澜".encode())}
    )
    plan = planned(files)
    assert acts(plan) == [
        ("organisations", "works", "change", "2027-01-01"),
        ("people", "lilan", "change", "2027-01-01"),
    ]
    assert codes(plan) == ["name.changed", "name.changed"]
    apply_plan(plan, BY)
    body = Organisation.objects.get(code="works")
    assert (body.name, User.objects.get(username="lilan").display_name) == ("义乌市市政工程管理处", "李澜")
    assert (planned(files).rows, codes(planned(files))) == ((), [])
    moved = FixedClock(int(datetime(2027, 1, 1, tzinfo=UTC).timestamp()))
    bring_up_to_date(clock=moved)
    assert Organisation.objects.get(code="works").name == "义乌市市政公用中心"


def test_a_body_ends_with_all_that_belongs_to_it_and_what_is_left_out_is_named(yiwu: Founded) -> None:
    files = from_next_year(
        clean()
        | {
            name: clean()[name].replace(old.encode(), new.encode())
            for name, old, new in [
                ("duties.csv", "part,*,,works,,,", "part,*,,enforcement,,,"),
                (
                    "posts.csv",
                    "works,works,handler,处置责任人,Handler,,,",
                    "works,works,handler,处置责任人,Handler,,,2026-12-31",
                ),
                ("people.csv", "wubin,吴斌,works,13900000002,zh,,", "wubin,吴斌,works,13900000002,zh,,2026-12-31"),
            ]
        }
    )
    files["organisations.csv"] = b"\n".join(
        line + b"2026-12-31" if line.startswith(b"works,") else line for line in files["organisations.csv"].splitlines()
    )
    plan = planned(files)
    assert [(row.kind, row.act.value) for row in plan.rows] == [
        ("organisations", "end"),
        ("posts", "end"),
        ("people", "end"),
        ("duties", "change"),
    ]
    apply_plan(plan, BY)
    assert Organisation.objects.get(code="works").valid_to == date(2026, 12, 31)
    assert planned(files).rows == ()
