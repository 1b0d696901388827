from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from gezhi.people.models import RosterShift
from gezhi.people.queries.roster import find_rostered
from gezhi.plumbing.journal.reads import list_journal_registers
from gezhi.regions.models import Region
from tests.fixtures import StatementCount

STREET, OTHER = "370902003", "370902004"
BEATS = ("che", "370902"), ("dai", STREET)
HEADS = ("账号", "责任区编码", "日期", "班次起", "班次止")


@pytest.fixture(autouse=True)
def _streets(city: SimpleNamespace) -> None:
    Region.objects.bulk_create(
        Region(code=code, name=name, level=level, kind="street", valid_from=date(2025, 1, 1))
        for code, name, level in ((STREET, "桥东街道", 4), (OTHER, "桥西街道", 4), ("370902", "东区", 3))
    )


def shift(city: SimpleNamespace, who: str = "dai", beat: str = STREET, day: str = "2026-01-05") -> dict[str, Any]:
    return {
        "user_id": city.users[who],
        "region_codes": [beat],
        "starts_at": f"{day}T07:00:00+08:00",
        "ends_at": f"{day}T14:00:00+08:00",
    }


def send_table(api: Any, content: bytes, name: str = "table.csv") -> Any:
    return api.post("/api/v1/roster/import", {"file": SimpleUploadedFile(name, content)})


def csv_of(*lines: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(line) for line in (HEADS, *lines)).encode()


def test_a_shift_is_entered_once_by_the_duty_officer_and_struck_with_a_reason_and_stays(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("an")
    assert api.call("POST", "/roster", shift(city)).status_code == 403
    sign_in("bao")
    entered = api.call("POST", "/roster", shift(city))
    row = entered.json()
    assert entered.status_code == 201
    assert (row["person"]["name"], row["account"], row["entered_by"], row["entered_late"]) == (
        "戴晨", "dai", "鲍远", True,
    )  # fmt: skip
    assert row["beat"] == [{"code": STREET, "name": "桥东街道"}]
    assert api.call("POST", "/roster", shift(city)).json() == row
    across = {**shift(city), "ends_at": "2026-01-05T15:00:00+08:00"}
    refused = api.call("POST", "/roster", across)
    assert (refused.status_code, refused.json()["code"]) == (409, "people.roster.on-shift-already")
    door = f"/roster/{row['id']}/strike"
    assert api.call("POST", door, {"reason": " \u200b"}).status_code == 422
    struck = api.call("POST", door, {"reason": "录错了人"}).json()
    assert (struck["struck_by"], struck["struck_because"]) == ("鲍远", "录错了人")
    assert api.call("POST", door, {"reason": "再撤一次"}).json()["code"] == "people.roster.struck-already"
    anew = api.call("POST", "/roster", across).json()
    assert [one["id"] for one in api.call("GET", "/roster").json()["items"]] == [anew["id"], row["id"]]
    assert [one["id"] for one in api.call("GET", "/roster?standing=true").json()["items"]] == [anew["id"]]
    assert "people_roster_shift" in {register.table for register in list_journal_registers()}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": "2026-01-05T07:00:00+08:00"}, "people.roster.bad-shift"),
        ({"ends_at": "2026-01-06T07:00:01+08:00"}, "people.roster.bad-shift"),
        ({"region_codes": ["37090"]}, "people.roster.bad-beat"),
        ({"region_codes": ["370902003099"]}, "people.roster.bad-beat"),
        ({"region_codes": [OTHER]}, "people.roster.beat-outside"),
        ({"user_id": 999_999}, "people.roster.no-collector"),
        (
            {"starts_at": "2024-01-05T07:00:00+08:00", "ends_at": "2024-01-05T14:00:00+08:00"},
            "people.roster.no-collector",
        ),
    ],
)
def test_what_is_no_shift_of_a_collector_on_a_beat_is_refused(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, changes: dict[str, Any], code: str
) -> None:
    sign_in("bao")
    refused = api.call("POST", "/roster", {**shift(city), **changes})
    assert refused.json()["code"] == code
    assert not RosterShift.objects.exists()


def test_everybody_sees_and_keeps_the_collectors_of_their_scope_and_a_collector_their_own_shifts(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("bao")
    east = api.call("POST", "/roster", shift(city, "che", OTHER)).json()
    street = api.call("POST", "/roster", shift(city)).json()
    far = api.call("POST", "/roster", shift(city, "ji"))
    assert far.json()["code"] == "people.roster.no-collector"
    seen = {"bao": {east["id"], street["id"]}, "an": {east["id"], street["id"]}, "dai": {street["id"]}, "ji": set()}
    for who, ids in seen.items():
        sign_in(who)
        assert {one["id"] for one in api.call("GET", "/roster").json()["items"]} == ids
    sign_in("dai")
    assert api.call("POST", f"/roster/{street['id']}/strike", {"reason": "不是我"}).status_code == 403
    sign_in("fang")
    assert api.call("GET", "/roster").status_code == 403


def test_the_list_is_paged_and_narrowed_by_days_names_and_beats(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, statement_count: StatementCount
) -> None:
    sign_in("bao")
    for day in range(5, 10):
        for who, beat in (("dai", STREET), ("che", OTHER)):
            api.call("POST", "/roster", shift(city, who, beat, f"2026-01-{day:02}"))
    first = api.call("GET", "/roster?limit=7").json()
    with statement_count() as counted:
        rest = api.call("GET", f"/roster?limit=7&cursor={first['next_cursor']}").json()
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 10
    assert rest["next_cursor"] is None
    assert len(counted.inside) <= 3
    for query, count in (
        ("since=2026-01-06&until=2026-01-07", 4),
        ("q=dai", 5),
        ("q=车", 5),
        (f"q={OTHER}", 5),
        ("q=x", 0),
    ):
        assert len(api.call("GET", f"/roster?{query}").json()["items"]) == count


def test_a_table_is_read_in_whole_or_not_at_all_and_again_without_doubling(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("bao")
    good = ("dai", STREET, "2026-01-05", "7:00", "14:00"), ("che", OTHER, "2026/1/5", "22:00", "6:00")
    bad = ("fang", STREET, "2026-01-05", "7:00", "14:00"), ("dai", STREET, "2026-01-05", "13:00", "15:00")
    refused = send_table(api, csv_of(*good, *bad))
    assert (refused.status_code, refused.json()["code"]) == (422, "people.roster-table.bad-lines")
    assert [line["line"] for line in refused.json()["details"]["lines"]] == [2, 4, 5]
    assert not RosterShift.objects.exists()
    assert send_table(api, csv_of(*good)).json() == {"entered": 2, "standing": 0}
    assert send_table(api, csv_of(*good)).json() == {"entered": 0, "standing": 2}
    gbk = "采集员,责任区编码,日期,班次起,班次止\n戴晨,370902003,2026年1月6日,7:00,14:00\n".encode("gb18030")
    assert send_table(api, gbk).json() == {"entered": 1, "standing": 0}


def test_the_sheet_of_the_register_can_be_read_in_as_it_is(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("bao")
    api.call("POST", "/roster", shift(city))
    night = {"starts_at": "2026-01-05T20:00:00+08:00", "ends_at": "2026-01-06T02:00:00+08:00"}
    api.call("POST", "/roster", {**shift(city), **night})
    content = b"".join(api.call("GET", "/roster.xlsx?standing=true").streaming_content)
    assert load_workbook(BytesIO(content)).active.title == "采集员值班表"
    assert send_table(api, content, "roster.xlsx").json() == {"entered": 0, "standing": 2}
    RosterShift.objects.all().delete()
    assert send_table(api, content, "roster.xlsx").json() == {"entered": 2, "standing": 0}
    assert sorted(RosterShift.objects.values_list("starts_at__hour", flat=True)) == [7, 20]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04 nothing", b"a,b\n", b"\xff\xfe\xff"])
def test_what_is_no_table_is_refused(sign_in: Callable[..., Any], api: Any, content: bytes) -> None:
    sign_in("bao")
    refused = send_table(api, content, "x.xlsx")
    assert refused.status_code == 422
    assert refused.json()["code"] in {
        "plumbing.read-sheets.unreadable", "people.roster-table.heads-missing", "plumbing.doors.invalid",
    }  # fmt: skip


def test_whose_beat_it_was_is_found_by_the_narrowest_code_that_stands_at_that_moment(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("bao")
    wide, street = (api.call("POST", "/roster", shift(city, who, beat)).json()["id"] for who, beat in BEATS)
    row = RosterShift.objects.get(id=street)
    begins, ends, inside = int(row.starts_at.timestamp()), int(row.ends_at.timestamp()), "37090200300100A"
    expected = {
        (inside, begins): [street, wide],
        (inside, ends - 1): [street, wide],
        (inside, ends): [],
        (inside, begins - 1): [],
        (OTHER, begins): [wide],
        ("370901001", begins): [],
    }
    found = find_rostered(list(expected))
    assert {spot: [one.id for one in shifts] for spot, shifts in found.items()} == expected
    assert find_rostered([]) == {}


def test_an_excel_table_with_days_and_times_as_cells_is_read(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    book, file = Workbook(), BytesIO()
    for line in (HEADS, ("dai", 370902003, date(2026, 1, 5), time(7), time(14))):
        book.active.append(line)
    book.save(file)
    sign_in("bao")
    assert send_table(api, file.getvalue(), "month.xlsx").json() == {"entered": 1, "standing": 0}
