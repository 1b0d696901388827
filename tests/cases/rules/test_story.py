"""What each entry is called when the history is read as one story."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.story import pictures_of, title_of
from tests.cases.world import DAY, SYSTEM, Walk


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind is not EntryKind.CLOCK_RAN_OUT])
def test_an_entry_is_called_what_its_row_says(kind: EntryKind) -> None:
    assert title_of(Step(kind=kind, status=Status.HANDLING)) == (kind.zh, kind.en)


def test_a_running_out_names_its_clocks_in_their_order() -> None:
    walk = Walk.to(Status.DISPATCHED).do(commands.RunOut(), SYSTEM, after=3 * DAY)
    assert title_of(walk.last) == ("全程、签收、处置" + walk.last.kind.zh, "Ran out: Whole case, Receipt, Handling")
    alone = replace(walk.last, clocks=walk.last.clocks[1:2])
    assert title_of(alone) == ("签收" + walk.last.kind.zh, "Ran out: Receipt")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (EntryKind.HANDED_OVER, "after"),
        (EntryKind.VERIFICATION_COMPLETED, "verified"),
        (EntryKind.INSPECTION_PASSED, "inspected"),
        (EntryKind.INSPECTION_FAILED, "inspected"),
    ],
)
def test_a_picture_is_shown_with_what_it_shows(kind: EntryKind, shown: str) -> None:
    step = Step(kind=kind, status=Status.HANDLING, before=("a",), moved=("b",), after=("c",), proof=("d",))
    assert pictures_of(step) == [("before", "a"), ("before", "b"), (shown, "c"), ("proof", "d")]
