from __future__ import annotations

import pytest

from gezhi.kernel.searching import (
    are_named,
    fold,
    initials,
    is_named,
    issue_key,
    like,
    numbers,
    pairs_query,
    pairs_vector,
    words_of,
    writings,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  \u3000 ", ()),
        ("\u200b", ()),
        ("淮河路 京广路", ("淮河路", "京广路")),
        ("淮河路京广路", ("淮河路", "京广路")),
        ("淮河路与京广路", ("淮河路", "京广路")),
        ("云汀大道中原西路", ("云汀大道", "中原西路")),
        ("人民路街道", ("人民路街道",)),
        ("井盖，井盖", ("井盖",)),
        ("ＪＧ　０１０１", ("jg", "0101")),
        ("4101－20261130－021165", ("4101-20261130-021165",)),
        ("淮河路口。", ("淮河路口",)),
        ("“淮河路口”！", ("淮河路口",)),
        ("（淮河路口） [井盖]", ("淮河路口", "井盖")),
        ("淮河路（东）", ("淮河路(东)",)),
        ("%", ("%",)),
        ("?", ("?",)),
        ("()", ("()",)),
    ],
)
def test_what_is_typed_is_parted_into_the_words_that_are_meant(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


def test_signs_of_a_pattern_stand_for_themselves() -> None:
    assert like("50%_\\") == "%50\\%\\_\\\\%"


def test_a_text_in_full_width_is_looked_for_too() -> None:
    assert writings("18号") == ["%18号%", "%１８号%"]
    assert writings("桌椅") == ["%桌椅%"]


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("410120261130021165", "%4101-20261130-021165%"),
        ("yt20260302000001", "%yt-20260302-000001%"),
        ("1130021165", "%1130-021165%"),
        ("021165", "%021165%"),
        ("4101-20261130-021165", "%4101-20261130-021165%"),
    ],
)
def test_a_number_is_looked_for_with_its_hyphens(typed: str, pattern: str) -> None:
    assert pattern in numbers(typed)


def test_a_name_is_found_by_a_part_of_it_or_by_its_initials() -> None:
    assert initials("上水井盖") == "ssjg"
    assert is_named("井盖", "上水井盖")
    assert is_named("jg", "上水井盖")
    assert not is_named("jg", "路灯")
    assert not is_named("%", "路灯")
    assert are_named("西岸 保洁", "西岸保洁公司")
    assert are_named("李 红娜", "李红娜")
    assert are_named("", "路灯")
    assert not are_named("西岸 园林", "西岸保洁公司")


@pytest.mark.parametrize(
    "written", ["城管〔2026〕5 号", "城管[2026]5号", "城管（２０２６）第5号", "城管【2026】5号", "城管 2026 5"]
)
def test_one_number_of_a_document_has_one_key(written: str) -> None:
    assert issue_key(written) == "城管20265"


def test_texts_are_compared_folded() -> None:
    assert fold("ＡＢＣ－１２３") == "abc-123"


def test_a_text_is_kept_in_pairs_and_a_word_found_by_its_own() -> None:
    assert pairs_vector("旧桌椅，a好") == "'旧桌':1 '桌椅':2 'a好':5"
    assert pairs_query("旧桌椅") == "'旧桌' <-> '桌椅'"
    assert pairs_query("a桌'椅b") == "'a桌' & '椅b'"
    assert pairs_query("桌") == pairs_query("。") == pairs_query("") == ""
