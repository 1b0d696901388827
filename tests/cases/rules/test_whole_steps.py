"""Every command's whole step, its status, clocks, marks, reason and all, against the page `whole_steps.txt`."""

from __future__ import annotations

import pytest

from tests.cases.whole_steps import walked, written

WRITTEN = written()


@pytest.fixture(scope="module")
def steps() -> dict[str, list[str]]:
    return walked()


@pytest.mark.parametrize("way", WRITTEN)
def test_what_each_command_does_is_as_the_page_says(steps: dict[str, list[str]], way: str) -> None:
    assert steps[way] == WRITTEN[way]


def test_every_way_is_on_the_page(steps: dict[str, list[str]]) -> None:
    assert list(steps) == list(WRITTEN)
