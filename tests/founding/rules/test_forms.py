from __future__ import annotations

import pytest

from gezhi.founding.rules.forms import FORMS


@pytest.mark.parametrize(
    ("form", "text", "fits"),
    [
        ("username", "hezhen", True),
        ("username", "何真", False),
        ("phone", "13900000001", True),
        ("phone", "0579-85551234转8012", True),
        ("phone", "1390000", False),
        ("phone", "110", False),
        ("phone", "13900000001、13900000002", False),
    ],
)
def test_a_form_is_what_the_browser_takes(form: str, text: str, fits: bool) -> None:
    assert FORMS[form].fits(text) is fits
