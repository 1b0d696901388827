from __future__ import annotations

import pytest

from gezhi.kernel.phones import (
    REACH_NAMES,
    PhoneUnreadable,
    Reach,
    SeveralPhones,
    ShortPhone,
    find_number,
    is_mobile,
    phone_digest,
    read_phone,
)
from gezhi.kernel.problems import Problem

MOBILE, LANDLINE = "13800001234", "0371-67180000"
WRITINGS = {
    MOBILE: [
        *(
            "13800001234",
            "１３８００００１２３４",
            " 138 0000 1234 ",
            "138-0000-1234",
            "138.0000.1234",
            "138—0000—1234",
        ),
        *("+86 13800001234", "+86-138-0000-1234", "8613800001234", "008613800001234", "(+86)13800001234"),
        *(
            "\u202d13800001234\u202c",
            "138\u200b00001234",
            "一三八〇〇〇〇一二三四",
            "幺三八零零零零幺二三四",
            "13800001234\n",
            "13800001234。",
            " 13800001234；",
            "电话：13800001234",
            "手机号码 138-0000-1234",
            "tel: 13800001234",
        ),
    ],
    LANDLINE: [
        "0371-67180000",
        "（0371）67180000",
        "037167180000",
        "0371 6718 0000",
        "+86 371 67180000",
        "0371—67180000",
    ],
    "0371-67180000转8012": [
        *("0371-67180000转8012", "（0371）67180000转8012", "0371-67180000-8012", "037167180000 分机 8012"),
        *("0371-67180000 ext. 8012", "0371-67180000#8012", "0371-67180000，8012", "0371-67180000转分机8012"),
    ],
    "010-62345678": ["010-62345678", "(010)6234 5678"],
    "67180000": ["67180000", "6718-0000"],
    "67180000转12": ["67180000-12", "6718-0000-12", "座机67180000转12"],
    "4008001234": ["400-800-1234"],
    "+852 2123 4567": ["+852 2123 4567", "00852-21234567"],
}


@pytest.mark.parametrize(("written", "kept"), [(one, kept) for kept, all_ in WRITINGS.items() for one in all_])
def test_one_number_is_kept_in_one_writing(written: str, kept: str) -> None:
    phone = read_phone(written)
    assert phone is not None
    assert phone.number == kept
    assert phone.reach is (Reach.TEXT if kept == MOBILE else Reach.CALL)
    assert is_mobile(kept) is (phone.reach is Reach.TEXT)
    assert read_phone(phone.number) == phone
    assert find_number(written) == kept


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000", "\u200b"])
def test_no_number_is_no_number(nothing: str) -> None:
    assert read_phone(nothing) is None
    assert find_number(nothing) is None


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        *((one, PhoneUnreadable) for one in ("无", "不详", "abc", "王先生13800001234", "138****1234", "12345678901")),
        *(
            (one, PhoneUnreadable)
            for one in ("138000012", "00000000000", "13800001234转12", "106980095188", "-", "转8012")
        ),
        *(
            (one, SeveralPhones)
            for one in ("13800001234/13900005678", "13800001234、家里67180000", "13800001234 13900005678")
        ),
        *(
            (one, SeveralPhones)
            for one in ("1380000123413900005678", "13800001234或0371-67180000", "13800001234\n13900005678")
        ),
        *((one, ShortPhone) for one in ("110", "１１０", "119", "120", "122", "12345", "12319", "95588", "96119", "8")),
    ],
)
def test_what_is_no_number_of_one_person_is_refused_in_words(written: str, problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        read_phone(written)
    assert refused.value.field == "phone"
    assert refused.value.text("zh")
    assert refused.value.text("en")
    assert find_number(written) is None


def test_both_ways_to_be_reached_have_their_words() -> None:
    assert set(REACH_NAMES) == set(Reach)


def test_a_number_has_one_digest_under_one_key_and_none_tells_the_number() -> None:
    digest = phone_digest("13800001234", b"one")
    assert digest == phone_digest("13800001234", b"one")
    assert digest != phone_digest("13800001234", b"another")
    assert "1380" not in digest
    assert phone_digest("1", b"k" * 200)
