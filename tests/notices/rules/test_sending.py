from __future__ import annotations

from gezhi.notices.rules.sending import CLAIMED_FOR_S, MOST_ATTEMPTS, NextTry, State, after_failure, pause_after


def test_the_pauses_double_up_to_an_hour() -> None:
    assert [pause_after(attempts) for attempts in range(1, 10)] == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert pause_after(MOST_ATTEMPTS) == 3_600


def test_a_gateway_that_is_away_over_night_loses_nothing() -> None:
    assert sum(pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)) >= 12 * 3_600


def test_a_failed_attempt_waits_for_the_next() -> None:
    assert after_failure(3, for_good=False, now=1_000) == NextTry(State.WAITING, 1_120)


def test_what_the_gateway_refuses_for_good_or_too_often_has_failed() -> None:
    assert after_failure(1, for_good=True, now=0).state is State.REFUSED
    assert after_failure(MOST_ATTEMPTS - 1, for_good=False, now=0).state is State.WAITING
    assert after_failure(MOST_ATTEMPTS, for_good=False, now=0).state is State.GIVEN_UP


def test_a_claim_outlasts_every_attempt() -> None:
    from gezhi.notices.gateways.http_gateway import TIMEOUT_S

    assert CLAIMED_FOR_S > 4 * TIMEOUT_S  # connecting, writing, reading and waiting for the pool
