"""What is written from the code says what the code says."""

from __future__ import annotations

import pytest

from tests.guards.generated import GENERATED
from tests.guards.source import ROOT


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_what_the_code_says(name: str) -> None:
    kept = (ROOT / name).read_text(encoding="utf-8")
    assert kept == GENERATED[name](), f"{name} is out of date: run `make generated`"
