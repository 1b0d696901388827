"""Clocks, charges, rounds, shares and ledgers of two months, reckoned again from the log and the pages: no difference;
whatever is changed is named.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.cases.golden.write import files
from tests.fixtures import ApiClient
from tests.independent import recompute, recompute_figures
from tests.independent.city_told import KINDS, LIMITS, answers, city_of, days_of_2026, rows

MONTHS: Final = ("2026-01", "2026-02")
DAY: Final = "08:00-12:00 14:00-18:00"
WITHIN: Final = {
    "send_back": [4, "work_hour", "office"],
    "extension": [4, "work_hour", "office"],
    "suspension": [1, "work_day", "office"],
    "void": [1, "work_day", "office"],
    "appeal": [3, "work_day", "office"],
}
GOLDEN_CITY: Final = {
    "calendars": {
        "office": {"timetables": [{"weekdays": [*[DAY] * 5, "", ""]}]},
        "seats": {
            "timetables": [{"weekdays": ["00:00-02:00 06:00-14:00 14:00-24:00"] * 7}],
            "keeps_public_holidays": False,
        },
    },
    **days_of_2026(),
    "limits": LIMITS,
    "warn_percent": 80,
    "rework_percent": 20,
    "approvals": {
        kind: {"within": limit, "stops_clock": kind == "send_back", "refusal_gives_time_back": False}
        for kind, limit in WITHIN.items()
    },
}
OTHER_RULES: Final = {"undecided": "application_expired", "another calendar": "deadlines_recomputed"}
"""Two cases of the golden log are decided under the matrix or the calendar of another city."""


def golden() -> dict[str, list[bytes]]:
    cases: dict[str, list[bytes]] = {}
    for line in b"".join(path.read_bytes() for path in files()).splitlines(keepends=True):
        cases.setdefault(json.loads(line)["entry"]["case"], []).append(line)
    return {
        case: lines
        for case, lines in cases.items()
        if not any(f'"kind":"{kind}"'.encode() in line for kind in OTHER_RULES.values() for line in lines)
    }


def differences(lines: list[bytes]) -> list[str]:
    return list(recompute.Reckoning(recompute.City(GOLDEN_CITY)).differences(lines))


def test_every_clock_of_the_golden_log_is_as_the_pages_say() -> None:
    cases = golden()
    assert len(cases) >= 36
    assert [what for lines in cases.values() for what in differences(lines)] == []


def test_it_runs_as_a_program_and_ends_with_1_where_a_clock_is_wrong(tmp_path: Path) -> None:
    log, city = tmp_path / "log.jsonl", tmp_path / "city.json"
    city.write_text(json.dumps(GOLDEN_CITY))
    lines = golden()["00000000-0000-0000-0000-000000000001"]
    command = [sys.executable, "-I", recompute.__file__, str(log), str(city)]
    said = ""
    for changed, ends in ((lines, 0), ([line.replace(b'"due":1772435040', b'"due":1772435041') for line in lines], 1)):
        log.write_bytes(b"".join(changed))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (ends, ""), done.stdout
        said = done.stdout
    assert "TW-20260302-000001 entry 5: clock/handling.due at dispatched: 1772435040 and not 1772435041" in said


@pytest.mark.parametrize("field", ["limit", "due", "warn", "used", "since", "paused", "ended"])
def test_every_changed_value_of_a_clock_is_named(field: str) -> None:
    lines = golden()["00000000-0000-0000-0000-000000000001"]
    entries = [json.loads(line) for line in lines]
    at, clock = next(
        (at, clock)
        for at, line in enumerate(entries)
        for clock in line["entry"]["step"].get("clocks", ())
        if clock.get(field) and clock["kind"] != "whole"
    )
    clock[field] += 60
    named = differences([json.dumps(line).encode() for line in entries])
    assert any(f"entry {at + 1}: clock/{clock['kind']}.{field} at " in what for what in named), named


@pytest.fixture(scope="module")
def lived(sixty_days: dict[str, Any], django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """Log, city and answers of two months; signing in is written and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        client = ApiClient()
        account = next(one for one in sixty_days["accounts"] if one["username"].startswith("supervisor"))
        words = {"username": account["username"], "password": sixty_days["password"]}
        with override_settings(PASSWORD_HASHERS=["gezhi.plumbing.limits.hashing.YieldingArgon2"]):
            assert client.call("POST", "/session", words).status_code == 200
        log = rows("SELECT text FROM cases_log_entry ORDER BY case_id, seq")
        found = {
            "log": [b'{"entry":%b}' % row["text"].encode() for row in log],
            "city": city_of("yunting", client),
            "answers": answers(client, KINDS, MONTHS, every=10),
        }
        transaction.set_rollback(True)
        return found


@pytest.mark.slow
def test_clocks_charges_shares_and_ledgers_of_two_months_are_as_the_pages_say(lived: dict[str, Any]) -> None:
    clocks = recompute.Reckoning(recompute.City(lived["city"]))
    assert list(clocks.differences(lived["log"]))[:20] == []
    figures = recompute_figures.Reckoning(recompute_figures.City(lived["city"]))
    assert list(figures.differences(lived["log"]))[:20] == []
    assert list(recompute_figures.Answers(lived["answers"], figures).differences())[:20] == []
    least = {"entries": 10_000, "clock values": 20_000, "tasks": 2_000, "rounds": 50}
    assert {name: clocks.counted[name] for name, few in least.items() if clocks.counted[name] < few} == {}
    least = {"charges": 200, "shares": 100, "values of answers": 10_000}
    assert {name: figures.counted[name] for name, few in least.items() if figures.counted[name] < few} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            b'"charges":[{"clock":"handling","organisation":',
            b'"charges":[{"clock":"handling","organisation":9',
            "charges",
        ),
        (b'"share":', b'"share":9', "share "),
        (b'"old_due":1', b'"old_due":2', "application.old_due"),
    ],
)
def test_a_wrong_charge_share_or_count_is_named(lived: dict[str, Any], old: bytes, new: bytes, what: str) -> None:
    at, line = next((at, line) for at, line in enumerate(lived["log"]) if old in line)
    changed = [*lived["log"][:at], line.replace(old, new), *lived["log"][at + 1 :]]
    figures = recompute_figures.Reckoning(recompute_figures.City(lived["city"]))
    seq = json.loads(line)["entry"]["seq"]
    assert any(f"entry {seq}: {what}" in said for said in figures.differences(changed))
