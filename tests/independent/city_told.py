"""What a city has set and what the product says of it, as the two programs that reckon again are given them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.test import Client

from tests.guards.source import PACKAGE

CITIES: Final = PACKAGE / "simulation" / "presets" / "cities"
# The days of the State Council's notice for 2026, and the presets of docs/chapters/cases.md.
OFF: Final = ("0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927", "1001-1007")
# Of 2027 nothing is known but the days that the law takes off (docs/chapters/calendars.md), the lunar ones among them.
BY_LAW: Final = [
    f"2027-{day}"
    for day in [
        "01-01",
        "02-05",
        "02-06",
        "02-07",
        "02-08",
        "04-05",
        "05-01",
        "05-02",
        "06-09",
        "09-15",
        "10-01",
        "10-02",
        "10-03",
    ]
]
WORKED: Final = ("0104", "0214", "0228", "0509", "0920", "1010")
MINUTES: Final = {"verification": 30, "inspection": 30} | dict.fromkeys(
    ("acceptance", "send_verification", "registration", "dispatch", "review", "send_inspection", "closing"), 15
)
KINDS: Final = ("send_back", "extension", "suspension", "void", "appeal")
LIMITS: Final = {name: [minutes, "minute", "seats"] for name, minutes in MINUTES.items()} | {
    "unowned": [2, "work_day", "office"],
    "receipt": [1, "work_hour", "office"],
}


def days_of_2026() -> dict[str, list[str]]:
    return {"off": _days(OFF) + BY_LAW, "worked": _days(WORKED)}


def _days(spans: tuple[str, ...]) -> list[str]:
    found = []
    for span in spans:
        begin, _, end = span.partition("-")
        month = begin[:2]
        found += [f"2026-{month}-{day:02d}" for day in range(int(begin[2:]), int((end or begin)[2:]) + 1)]
    return found


def rows(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def city_of(preset: str, client: Client) -> dict[str, Any]:
    """CITY of the programs: the files that the city was entered from, its matrix, its bodies and its shifts."""
    folder: Path = CITIES / preset
    policy = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))["policy"]
    limits = {name: list(one.values()) for name, one in policy.get("stage_limits", {}).items()}
    matrix = client.get("/api/v1/approvals").json()["rows"]
    return {
        "calendars": tomllib.loads((folder / "calendars.toml").read_text(encoding="utf-8")),
        "slack": 2 * 86_400,  # worked in slices of a day by two processes, of which one may be a slice ahead
        **days_of_2026(),
        "limits": LIMITS | limits,
        "approvals": {row["kind"]: {**row, "within": [*row["decide_within"].values(), "office"]} for row in matrix},
        "warn_percent": policy.get("warn_percent", 80),
        "rework_percent": policy.get("rework_percent", 20),
        "platforms": {one["region"]: one["stages"] for one in policy["platforms"]},
        "bodies": rows(
            "SELECT id, kind, platform_level AS level, region_code AS region FROM people_organisation"
            " WHERE valid_to IS NULL"
        ),
        "shifts": rows(
            "SELECT organisation_id AS organisation, role, user_id AS user, extract(epoch FROM starts_at)::bigint AS"
            " begins, extract(epoch FROM ends_at)::bigint AS ends FROM people_desk_shift ORDER BY starts_at, id"
        ),
    }


def pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """All rows of a list of the API."""
    cursor = ""
    while cursor is not None:
        told = client.get(f"/api/v1{path}{'&' if '?' in path else '?'}limit=200{cursor and f'&cursor={cursor}'}").json()
        yield from told["items"]
        cursor = told["next_cursor"]


def answers(client: Client, kinds: Iterable[str], months: Iterable[str], *, every: int) -> dict[str, Any]:
    """ANSWERS of the programs; the pages of every so many cases."""
    cases = list(pages(client, "/cases"))
    return {
        "now": client.get("/api/v1/cases?limit=1").json()["now"],
        "cases": cases,
        "pages": [client.get(f"/api/v1/cases/{row['id']}").json() for row in cases[::every]],
        "ledgers": [row for kind in kinds for row in pages(client, f"/ledgers/{kind}")],
        "shares": [client.get(f"/api/v1/shares?month={month}").json() for month in months],
    }
