import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.regions.rules.grid_code import (
    NotAGridCode,
    NumbersExhausted,
    community_of_grid,
    compose_grid_code,
    is_grid_code,
    next_grid_codes,
    sequence_order,
)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("990101001001001", True),
        ("99010100100100A", True),
        ("99010100100100a", False),
        ("99010100100101", False),
        ("9901010010010011", False),
        ("99010100100 001", False),
        ("", False),
    ],
)
def test_a_grid_code_has_15_digits_or_capital_letters(value: str, answer: bool) -> None:
    assert is_grid_code(value) is answer


def test_a_code_is_made_of_community_and_sequence_number() -> None:
    assert compose_grid_code("990101001001", 7) == "990101001001007"
    assert community_of_grid("990101001001007") == "990101001001"


def test_malformed_codes_are_refused() -> None:
    with pytest.raises(NotAGridCode) as caught:
        community_of_grid("99")
    assert caught.value.details == {"value": "99"}
    for community, number, value in (("9901", 1, "9901001"), ("990101001001", 0, "990101001001000")):
        with pytest.raises(NotAGridCode) as caught:
            compose_grid_code(community, number)
        assert caught.value.details == {"value": value}
    assert [compose_grid_code("99010100100A", number)[12:] for number in (1, 999)] == ["001", "999"]


def test_numbers_of_ended_grids_are_never_given_again() -> None:
    used = ["990101001001001", "990101001001005", "990101001002009"]
    assert next_grid_codes("990101001001", used, 2) == ["990101001001006", "990101001001007"]


def test_after_number_999_the_community_must_be_divided() -> None:
    with pytest.raises(NumbersExhausted) as caught:
        next_grid_codes("990101001001", ["990101001001999"], 1)
    assert caught.value.details == {"community": "990101001001"}
    assert next_grid_codes("990101001001", ["990101001001998"], 1) == ["990101001001999"]


def test_the_first_grid_of_a_community_is_number_1_and_letters_are_no_numbers() -> None:
    assert next_grid_codes("990101001001", [], 2) == ["990101001001001", "990101001001002"]
    assert next_grid_codes("990101001001", ["99010100100100A"], 1) == ["990101001001001"]
    assert next_grid_codes("990101001001", ["990101001001001"], 0) == []


def test_numbers_run_from_west_to_east_then_from_north_to_south() -> None:
    centres = np.array([[2.0, 0.1], [0.0, 1.0], [1.0, 1.05], [0.0, 0.0], [2.0, 0.95], [1.0, -0.05]])
    assert sequence_order(centres, [1.0] * 6) == [1, 2, 4, 3, 5, 0]


@pytest.mark.parametrize(
    ("south", "heights", "order"),
    [
        (0.49, [1.0, 1.0], [1, 0]),
        (0.5, [1.0, 1.0], [0, 1]),
        (0.9, [2.0, 1.0], [1, 0]),
        (0.9, [1.0, 3.0], [1, 0]),
        (1.1, [1.0, 3.0], [0, 1]),
    ],
    ids=["less than half", "half", "of the opening grid", "of the usual grid", "more than half of the usual grid"],
)
def test_a_row_takes_what_lies_less_than_half_a_height_further_south(
    south: float, heights: list[float], order: list[int]
) -> None:
    """The first grid opens the row, the second lies west of it and so much further south."""
    assert sequence_order(np.array([[1.0, 0.0], [0.0, -south]]), heights) == order


def test_in_a_row_the_northern_of_two_at_the_same_longitude_comes_first() -> None:
    assert sequence_order(np.array([[0.0, -0.4], [0.0, 0.0], [-1.0, -0.2]]), [1.0] * 3) == [2, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), unique=True, min_size=1))
def test_a_square_lattice_is_numbered_like_a_page_is_read(cells: list[tuple[int, int]]) -> None:
    centres = np.array(cells, dtype=np.float64)
    order = sequence_order(centres, [1.0] * len(cells))
    assert [cells[place] for place in order] == sorted(cells, key=lambda cell: (-cell[1], cell[0]))
