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
    with pytest.raises(BadWindow) as refused:
        read_window(bbox, 12.0)
    assert (refused.value.field, refused.value.details) == ("bbox", {"value": bbox})


@pytest.mark.parametrize("bbox", ["1,0,1,2", "0,1,2,1", "-180.1,0,0,1", "0,-90.1,1,1", "0,0,180.1,1", "0,0,1,90.1"])
def test_a_window_without_width_or_beyond_the_earth_is_refused(bbox: str) -> None:
    with pytest.raises(BadWindow) as refused:
        read_window(bbox, 12.0)
    assert refused.value.field == "bbox"


def test_the_largest_window_is_the_whole_earth_and_of_a_long_one_the_beginning_is_told() -> None:
    whole = read_window("-180,-90,180,90", 0.0)
    assert (whole.west, whole.south, whole.east, whole.north) == (-180.0, -90.0, 180.0, 90.0)
    for bad in (f"{'1' * 100},x", f"{'0' * 100}5,0,1,1"):
        with pytest.raises(BadWindow) as refused:
            read_window(bad, 12.0)
        assert refused.value.details == {"value": bad[:80]}


@pytest.mark.parametrize(("asked", "zoom"), [(-1.0, 0.0), (0.5, 0.5), (24.0, 24.0), (30.0, 24.0)])
def test_a_zoom_beyond_the_last_is_the_last(asked: float, zoom: float) -> None:
    assert read_window("0,0,1,1", asked).zoom == zoom


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
    assert read_window("0,0,1,1", 15.0).tolerance == 0
    assert read_window("0,0,1,1", 14.9).tolerance > 0
    assert read_window("0,0,1,1", 0.0).tolerance == pytest.approx(252 / 256)
    assert read_window("0,0,1,1", 11.0).tolerance == pytest.approx(252 / 256 / 2048)


@pytest.mark.parametrize(
    ("level", "first", "beyond"),
    [
        (Level.PROVINCE, 0.0, 9.0),
        (Level.CITY, 0.0, 12.0),
        (Level.COUNTY, 6.5, 25.0),
        (Level.STREET, 9.5, 25.0),
        (Level.COMMUNITY, 12.5, 25.0),
    ],
)
def test_a_level_is_drawn_from_its_first_zoom_up_to_its_last(level: Level, first: float, beyond: float) -> None:
    drawn = [level in levels_shown(zoom) for zoom in (first - 0.1, first, beyond - 0.1, beyond)]
    assert drawn == [False, True, True, False]


@pytest.mark.parametrize(
    ("street_class", "first"),
    [
        (StreetClass.EXPRESSWAY, 8.0),
        (StreetClass.ARTERIAL, 10.0),
        (StreetClass.SECONDARY, 12.0),
        (StreetClass.BRANCH, 13.5),
    ],
)
def test_a_class_of_street_is_drawn_from_its_first_zoom_on(street_class: StreetClass, first: float) -> None:
    assert [street_class in classes_shown(zoom) for zoom in (first - 0.1, first, 24.0)] == [False, True, True]
