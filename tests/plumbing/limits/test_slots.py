from __future__ import annotations

from contextlib import ExitStack

import pytest

from gezhi.plumbing.limits.hashing import SignInBusy
from gezhi.plumbing.limits.slots import Slots


def test_one_holder_leaves_room_for_others_and_who_finds_none_is_refused() -> None:
    slots = Slots(2, per_holder=1)
    with ExitStack() as held:
        held.enter_context(slots.held_by("a", SignInBusy))
        with pytest.raises(SignInBusy), slots.held_by("a", SignInBusy):
            pass
        held.enter_context(slots.held_by("b", SignInBusy))
        with pytest.raises(SignInBusy) as refusal, slots.held_by("c", SignInBusy):
            pass
        assert (refusal.value.status, refusal.value.retry_after_s) == (429, 2)
    assert slots._held == {}
    with slots.held_by("a", SignInBusy), slots.held_by("c", SignInBusy):
        pass


def test_a_slot_is_free_again_after_what_went_wrong_in_it() -> None:
    slots = Slots(1, per_holder=1)
    with pytest.raises(ZeroDivisionError), slots.held_by("a", SignInBusy):
        raise ZeroDivisionError
    with slots.held_by("a", SignInBusy):
        pass
