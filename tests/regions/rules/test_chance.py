import numpy as np

from gezhi.regions.rules.chance import chance


def test_the_same_seed_and_keys_always_give_the_same_number() -> None:
    assert chance(1, 2, 3).tolist() == 0.7846273184482182
    assert chance(1, 2, np.array([3, 4])).tolist()[0] == 0.7846273184482182


def test_numbers_spread_evenly_between_0_and_1() -> None:
    numbers = chance(5, np.arange(100_000))
    counts = np.histogram(numbers, bins=10, range=(0, 1))[0]
    assert counts.sum() == 100_000
    assert counts.min() > 9_700
    assert counts.max() < 10_300


def test_another_seed_gives_other_numbers() -> None:
    assert not (chance(1, np.arange(100)) == chance(2, np.arange(100))).any()
