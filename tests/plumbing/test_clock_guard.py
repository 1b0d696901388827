from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.clock_guard import guard
from gezhi.plumbing.clock_guard.guard import may_go_on, recorded_after, release
from gezhi.plumbing.clock_guard.verdict import (
    WORDS,
    ClockTrouble,
    NotStopped,
    Reading,
    StillWrong,
    Tolerances,
    moment_after,
    verdict,
)
from gezhi.plumbing.health.looking import Watch, readiness
from gezhi.plumbing.models import ClockRelease, ClockState

NOW, HOUR, DAY = 1_800_000_000, 3_600, 86_400
TOLERANCES = Tolerances(differ_s=60, gap_s=DAY)
ADMINISTRATOR = Actor(7, 70, Role.ADMINISTRATOR, 1, Scope(regions=("",)), name="韩管理")


@pytest.mark.parametrize(
    ("reading", "trouble"),
    [
        ({}, None),
        ({"database": NOW + 60}, None),
        ({"database": NOW + 61}, ClockTrouble.DIFFERS),
        ({"database": NOW - 40 * DAY}, ClockTrouble.DIFFERS),
        ({"last_entry": NOW + 60}, None),
        ({"last_entry": NOW + 61}, ClockTrouble.BEHIND),
        ({"last_entry": NOW + 2 * HOUR, "accepted_until": NOW + 2 * HOUR}, None),
        ({"last_entry": NOW + 2 * HOUR, "accepted_until": NOW + 2 * HOUR - 1}, ClockTrouble.BEHIND),
        ({"good_at": NOW + 2 * HOUR}, ClockTrouble.BEHIND),
        ({"good_at": NOW - DAY}, None),
        ({"good_at": NOW - 40 * DAY}, ClockTrouble.AHEAD),
        ({"last_entry": NOW - 40 * DAY, "good_at": NOW - 5}, None),
        ({"last_entry": NOW - 40 * DAY}, None),
        ({"passed_s": 60.0}, None),
        ({"passed_s": 61.0}, ClockTrouble.JUMPED),
        ({"passed_s": -7_200.0}, ClockTrouble.JUMPED),
    ],
)
def test_a_clock_is_believed_that_agrees_with_all_that_is_known(
    reading: dict[str, Any], trouble: ClockTrouble | None
) -> None:
    assert verdict(Reading(**{"now": NOW, "database": NOW, **reading}), TOLERANCES) is trouble


@pytest.mark.parametrize(
    ("previous", "moment"),
    [(None, NOW), (NOW - 5, NOW), (NOW, NOW), (NOW + 60, NOW + 60), (NOW + 61, None), (NOW + 2 * HOUR, None)],
)
def test_nothing_is_recorded_before_what_stands_and_a_clock_far_behind_is_refused(
    previous: int | None, moment: int | None
) -> None:
    assert moment_after(previous, NOW, tolerance_s=60) == moment


def test_every_trouble_says_in_both_languages_what_to_do() -> None:
    assert set(WORDS) == set(ClockTrouble)
    assert all("放行" in zh and "release" in en for zh, en in WORDS.values())


def now() -> int:
    return int(time.time())


def ahead(seconds: int) -> int:
    """The clock of the machine, put forward; the database runs on the same machine, so it is told the same."""
    return now() + seconds


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_steady", guard._Steady())
    monkeypatch.setattr(guard, "_last_entry_sql", guard.LAST_ENTRY_UNKNOWN)


def found_good(seconds_ago: int) -> None:
    ClockState.objects.update_or_create(id=1, defaults={"good_at": as_moment(now() - seconds_ago)})


as_moment = guard.as_moment


@pytest.mark.django_db
def test_a_good_clock_lets_work_go_on_and_is_noted() -> None:
    assert may_go_on(now)
    state = ClockState.objects.get()
    assert state.good_at is not None
    assert abs(state.good_at.timestamp() - now()) < 60


@pytest.mark.django_db
def test_after_a_long_silence_work_stands_still_for_everybody_until_it_is_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found_good(40 * DAY)
    assert not may_go_on(now)
    assert not may_go_on(now), "the second look does not find a reason to go on"
    release(ADMINISTRATOR, "已与标准时间核对", clock=now)
    assert may_go_on(now)
    kept = ClockRelease.objects.get()
    assert (kept.trouble, kept.user_id, kept.name, kept.reason) == ("ahead", 7, "韩管理", "已与标准时间核对")
    with pytest.raises(NotStopped):
        release(ADMINISTRATOR, "再来一次", clock=now)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["reason = ''", "user_id = 1"])
def test_a_release_is_on_record_for_ever(column: str) -> None:
    found_good(40 * DAY)
    may_go_on(now)
    release(ADMINISTRATOR, "已核对", clock=now)
    for statement in (f"UPDATE plumbing_clock_release SET {column}", "DELETE FROM plumbing_clock_release"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_clock_that_still_differs_from_the_databases_is_not_released() -> None:
    assert not may_go_on(lambda: ahead(DAY))
    with pytest.raises(StillWrong):
        release(ADMINISTRATOR, "应该没问题", clock=lambda: ahead(DAY))
    assert not may_go_on(now), "set right it still waits for somebody to say so"
    release(ADMINISTRATOR, "已校准", clock=now)
    assert may_go_on(now)


@pytest.mark.django_db
def test_a_jump_while_it_runs_is_seen_though_everything_else_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    assert may_go_on(now)
    assert guard._steady.at is not None
    at, steady = guard._steady.at
    monkeypatch.setattr(guard._steady, "at", (at - 7_200, steady))
    assert not may_go_on(now)
    assert ClockState.objects.get().trouble == "jumped"


@pytest.mark.django_db
def test_entries_in_the_future_are_refused_until_released_and_followed_at_their_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    future = now() + 2 * HOUR
    monkeypatch.setattr(guard, "_last_entry_sql", f"SELECT to_timestamp({future})")
    assert recorded_after(future, now()) is None
    assert not may_go_on(now)
    assert recorded_after(future, now()) is None
    release(ADMINISTRATOR, "此前走快，现已校准", clock=now)
    assert may_go_on(now)
    assert recorded_after(future, now()) == future
    assert recorded_after(future + 61 + HOUR, now()) is None


@pytest.mark.django_db(transaction=True)
def test_a_stopped_clock_is_told_to_whoever_watches() -> None:
    found_good(40 * DAY)
    may_go_on(now)
    from gezhi.plumbing.health import looking

    looking.WATCH = Watch(looking.WATCH.parts)
    _, report = readiness()
    assert report["checks"]["clock"]["standing"] == "failed"
    assert report["checks"]["clock"]["zh"].startswith("按时钟办理的工作已停止。距上次核查已隔很久")
