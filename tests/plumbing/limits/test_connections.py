from __future__ import annotations

from gezhi.plumbing.limits.connections import ConnectionCeiling


def test_above_the_ceiling_of_an_address_the_one_waited_for_longest_is_ended() -> None:
    ceiling = ConnectionCeiling[str](per_address=3, in_all=100)
    assert [ceiling.opened(name, "a") for name in ("one", "two", "three")] == [None, None, None]
    ceiling.works("one")
    assert ceiling.opened("four", "a") == "two"
    ceiling.waits("three")
    ceiling.waits("one")
    assert ceiling.opened("five", "a") == "four"
    assert ceiling.opened("six", "a") == "three"
    assert (len(ceiling), ceiling.held_by("a")) == (3, 3)


def test_a_new_connection_is_refused_where_all_others_are_being_worked_on() -> None:
    ceiling = ConnectionCeiling[str](per_address=2, in_all=100)
    for name in ("one", "two"):
        ceiling.opened(name, "a")
        ceiling.works(name)
    assert ceiling.opened("three", "a") == "three"
    assert ceiling.held_by("a") == 2
    ceiling.closed("three")
    ceiling.waits("three")
    ceiling.closed("one")
    assert ceiling.opened("four", "a") is None


def test_one_address_takes_nothing_from_another_until_all_room_is_taken() -> None:
    ceiling = ConnectionCeiling[str](per_address=2, in_all=3)
    assert [ceiling.opened(name, "a") for name in ("one", "two")] == [None, None]
    assert ceiling.opened("three", "b") is None
    assert ceiling.opened("four", "b") == "one"
    assert (ceiling.held_by("a"), ceiling.held_by("b"), len(ceiling)) == (1, 2, 3)


def test_an_address_that_stands_for_many_counts_only_in_the_sum() -> None:
    ceiling = ConnectionCeiling[int](per_address=1, in_all=5, exempt="proxy".__eq__)
    assert [ceiling.opened(number, "proxy") for number in range(5)] == [None] * 5
    assert ceiling.opened(5, "proxy") == 0


def test_what_is_closed_leaves_nothing_behind() -> None:
    ceiling = ConnectionCeiling[int](per_address=2, in_all=100)
    for number in range(1000):
        ceiling.opened(number, f"address {number % 7}")
    for number in range(1000):
        ceiling.closed(number)
    assert (len(ceiling), ceiling._held, ceiling._waiting, ceiling._waiting_in_all) == (0, {}, {}, {})
