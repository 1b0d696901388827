from __future__ import annotations

import pytest

from gezhi.cases.rules.senders.contact import NobodyToAnswer, check_phone
from gezhi.kernel.phones import PhoneUnreadable


@pytest.mark.parametrize("wants_answer", [False, True])
def test_a_number_is_kept_in_one_writing(wants_answer: bool) -> None:
    assert check_phone("１３８ 0000-1234", wants_answer=wants_answer) == "13800001234"


@pytest.mark.parametrize("phone", ["", "  "])
def test_who_wants_an_answer_leaves_a_number(phone: str) -> None:
    assert check_phone(phone, wants_answer=False) == ""
    with pytest.raises(NobodyToAnswer) as found:
        check_phone(phone, wants_answer=True)
    assert found.value.field == "phone"


@pytest.mark.parametrize("wants_answer", [False, True])
def test_what_is_no_number_is_refused_whether_or_not_an_answer_is_wanted(wants_answer: bool) -> None:
    with pytest.raises(PhoneUnreadable):
        check_phone("不详", wants_answer=wants_answer)
