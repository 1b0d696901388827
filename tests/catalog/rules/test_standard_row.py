from __future__ import annotations

from gezhi.catalog.rules.standard_row import plain


def test_conditions_are_compared_without_width_blanks_and_stop() -> None:
    assert plain(" 井盖，破损 １㎡。") == plain("井盖,破损1m2")
