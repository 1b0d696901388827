from __future__ import annotations

import pytest

from gezhi.kernel.places import EARTH_RADIUS_M, from_e7, metres_between, metres_per_degree, to_e7


def test_degrees_are_kept_as_whole_ten_millionths() -> None:
    assert to_e7(118.12345678) == 1_181_234_568
    assert from_e7(1_181_234_568) == 118.1234568
    assert to_e7(from_e7(-7)) == -7


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((118.0, 36.0), (118.0, 36.0), 0.0),
        ((118.0, 36.0), (118.0, 37.0), 111_195.08),  # one degree to the north
        ((118.0, 36.0), (119.0, 36.0), 89_958.02),  # one degree to the east is shorter up there
        ((118.0, 0.0), (119.0, 0.0), 111_195.08),  # on the equator it is not
        ((116.3975, 39.9087), (121.4737, 31.2304), 1_068_140.3),  # Beijing to Shanghai
    ],
)
def test_the_way_between_two_points_is_measured_on_the_round_earth(
    a: tuple[float, float], b: tuple[float, float], metres: float
) -> None:
    assert metres_between(*a, *b) == pytest.approx(metres, abs=1)
    assert metres_between(*b, *a) == pytest.approx(metres, abs=1)


def test_a_degree_of_longitude_is_half_as_long_at_sixty_degrees_north() -> None:
    east, north = metres_per_degree(60.0)
    assert north == pytest.approx(EARTH_RADIUS_M * 3.141592653589793 / 180)
    assert east == pytest.approx(north / 2)
