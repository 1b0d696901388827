import pytest

from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.map_window import BadWindow, classes_shown, levels_shown, read_window, shows_grids
from gezhi.regions.rules.street_network import StreetClass


def test_a_window_is_four_degrees_and_a_zoom() -> None:
    window = read_window("118.1,31.5,118.3,31.7", 12.0)
    assert (window.west, window.south, window.east, window.north, window.zoom) == (118.1, 31.5, 118.3, 31.7, 12.0)


@pytest.mark.parametrize(
    "bbox", ["", "1,2,3", "a,b,c,d", "118.3,31.5,118.1,31.7", "118.1,31.7,118.3,31.5", "nan,0,1,1", "0,0,200,10"]
)
def test_a_malformed_window_is_refused(bbox: str) -> None:
    with pytest.raises(BadWindow):
        read_window(bbox, 12.0)


def test_a_zoom_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadWindow):
        read_window("0,0,1,1", float("nan"))


@pytest.mark.parametrize(
    ("zoom", "levels"),
    [
        (5.0, [Level.PROVINCE, Level.CITY]),
        (8.0, [Level.PROVINCE, Level.CITY, Level.COUNTY]),
        (10.0, [Level.CITY, Level.COUNTY, Level.STREET]),
        (13.0, [Level.COUNTY, Level.STREET, Level.COMMUNITY]),
    ],
)
def test_smaller_regions_appear_and_larger_ones_go_as_one_comes_near(zoom: float, levels: list[Level]) -> None:
    assert levels_shown(zoom) == levels


def test_small_streets_and_grids_appear_last() -> None:
    assert classes_shown(7.0) == []
    assert classes_shown(10.0) == [StreetClass.EXPRESSWAY, StreetClass.ARTERIAL]
    assert classes_shown(14.0) == list(StreetClass)
    assert not shows_grids(13.9)
    assert shows_grids(14.0)


def test_borders_are_simplified_by_less_than_a_pixel_and_exact_when_near() -> None:
    assert read_window("0,0,1,1", 16.0).tolerance == 0
    assert 0.0004 < read_window("0,0,1,1", 11.0).tolerance < 0.0007
