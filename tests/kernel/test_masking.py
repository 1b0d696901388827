from __future__ import annotations

import pytest

from gezhi.kernel.masking import mask_name, mask_phone


@pytest.mark.parametrize(("name", "masked"), [("王小明", "王**"), ("王", "王**"), ("", "")])
def test_of_a_name_the_first_character_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800001234", "138******34"), ("037112", "037*12"), ("12345", "*****"), ("110", "***"), ("", "")],
)
def test_of_a_phone_head_and_tail_stay_unless_it_is_short(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked
