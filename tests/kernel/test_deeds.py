"""A row folds from its deeds: the first carries every value, each further one what it changes."""

from __future__ import annotations

from uuid import UUID

from gezhi.kernel.deeds import Deed, Record, after, begin, fold


class Lamp(Record, frozen=True, kw_only=True):
    colour: str
    lit_at: int | None = None


LAMP = Lamp(id=UUID(int=7), colour="green")


def test_a_row_is_the_fold_of_its_deeds_and_counts_them() -> None:
    first, second = begin("hung", LAMP, "于路口"), Deed("lit", changes={"lit_at": 9})
    row = after(after(LAMP, first), second)
    assert row == Lamp(id=UUID(int=7), seq=2, colour="green", lit_at=9)
    assert fold(Lamp, [first.changes, second.changes]) == row


def test_the_first_deed_carries_every_value_but_the_count() -> None:
    assert begin("hung", LAMP, "于路口", pictures=("a",)) == Deed(
        "hung", "于路口", {"id": UUID(int=7), "colour": "green", "lit_at": None}, ("a",)
    )
