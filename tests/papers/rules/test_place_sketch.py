"""位置示意图: a drawing in grey with the case in its middle."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from gezhi.kernel.places import metres_between
from gezhi.papers.rules.place_sketch import HEIGHT, WIDTH, Surroundings, box_around, draw_place

LON, LAT = 113.6, 34.75
SVG = "{http://www.w3.org/2000/svg}"


def test_the_box_is_as_wide_as_the_drawing_says() -> None:
    west, south, east, north = box_around(LON, LAT)
    assert round(metres_between(west, LAT, east, LAT)) == 360
    assert round(metres_between(LON, south, LON, north)) == round(360 * HEIGHT / WIDTH)


def test_the_case_is_in_the_middle_north_is_above_and_the_own_grid_is_thick() -> None:
    west, south, east, north = box_around(LON, LAT)
    street = ((west, LAT), (east, LAT))
    own = ((west, north), (east, north), (east, south), (west, south), (west, north))
    around = Surroundings(streets=((2, street),), grids=(("a", own), ("b", own)))
    drawing = ET.fromstring(draw_place(LON, LAT, around, own_grid="a"))
    paths = [(path.get("d"), path.get("stroke-width")) for path in drawing.iter(f"{SVG}path")]
    across = f"M0.0 {HEIGHT / 2:.1f}L{WIDTH:.1f} {HEIGHT / 2:.1f}"
    around_it = "M0.0 0.0L600.0 0.0L600.0 420.0L0.0 420.0L0.0 0.0"
    assert paths[:4] == [(across, "27"), (across, "24"), (around_it, "1.2"), (around_it, "3")]
    dot = next(drawing.iter(f"{SVG}circle"))
    assert (dot.get("cx"), dot.get("cy")) == ("300.0", "210.0")
