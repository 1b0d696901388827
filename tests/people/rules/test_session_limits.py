from __future__ import annotations

import pytest

from gezhi.people.rules.session_limits import (
    SESSION_LIMIT_S,
    UnknownLanguage,
    choose_language,
    is_session_over,
)
from gezhi.people.rules.tokens import bearer_token, token_digest


def test_a_session_lasts_a_long_shift_and_not_a_second_longer() -> None:
    assert not is_session_over(1_000, 1_000 + SESSION_LIMIT_S - 1)
    assert is_session_over(1_000, 1_000 + SESSION_LIMIT_S)


def test_only_the_offered_languages_are_taken() -> None:
    assert choose_language("en") == "en"
    with pytest.raises(UnknownLanguage):
        choose_language("fr")


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("Bearer", ""), ("", "")],
)
def test_a_token_is_read_from_a_bearer_header_only(header: str, token: str) -> None:
    assert bearer_token(header) == token


def test_the_digest_is_sha_256() -> None:
    assert token_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
