"""Grids out of a real street network, judged by the checker and by brute force.

`python -m tests.regions.real_streets ROADS DISTRICT COMMUNITIES`: roads and the outline of a district as GeoJSON in
degrees, its communities as CSV (`code`, `street_code`; gzip or not). Roads of OpenStreetMap are fit (`highway`).
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from gezhi.regions.rules.blocks import Blocks, dissolve, enclose, join_small
from gezhi.regions.rules.delineation import DelineatedGrids, find_breaches
from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.local_plane import LocalPlane, shapes_from_e7, shapes_to_e7
from gezhi.regions.rules.locator import NOWHERE, Locator, Outlines, RegionPlace, whole_e7
from gezhi.regions.rules.street_network import Network, StreetClass
from gezhi.regions.rules.subdivision import StreetShare, share_out
from gezhi.regions.rules.unit_grids import UnitGrids, number_grids

ON_FOOT: Final = {"footway", "steps", "path", "pedestrian", "cycleway", "corridor"}
CLASSES: Final = {"motorway": StreetClass.EXPRESSWAY, "trunk": StreetClass.EXPRESSWAY, "primary": StreetClass.ARTERIAL}
SMALLEST_M2: Final = 2_000.0
RANDOM, CORNERS = 4_000, 1_000


def read_roads(file: Path) -> tuple[list[shapely.Geometry], list[StreetClass]]:
    lines, classes = [], []
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        kinds = feature["properties"]["highway"]
        kind = kinds if isinstance(kinds, str) else kinds[0]
        if kind not in ON_FOOT:
            for part in shapely.get_parts(shapely.from_geojson(json.dumps(feature["geometry"]))).tolist():
                lines.append(part)
                classes.append(CLASSES.get(kind.removesuffix("_link"), StreetClass.BRANCH))
    return lines, classes


def built_up(lines: list[shapely.Geometry], district: shapely.Geometry) -> shapely.Geometry:
    """The largest piece of the district that the streets enclose."""
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=1e-7)
    faces = shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    whole = max(shapely.get_parts(faces).tolist(), key=shapely.area)
    inside = shapely.intersection(shapely.polygons(shapely.get_exterior_ring(whole)), district)
    return max(shapely.get_parts(inside).tolist(), key=shapely.area)


def network_of(lines: list[shapely.Geometry], classes: list[StreetClass], plane: LocalPlane) -> Network:
    pieces: list[Any] = []
    of_line: list[int] = []
    for number, line in enumerate(lines):
        points = plane.metres_of_e7(shapely.get_coordinates(line) * 1e7)
        pieces += np.stack([points[:-1], points[1:]], axis=1).tolist()
        of_line += [number] * (len(points) - 1)
    return Network(np.array(pieces), np.array(classes)[of_line], np.array(of_line))


def read_communities(file: Path) -> tuple[StreetShare, ...]:
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    of_street: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(raw.decode("utf-8").splitlines()):
        of_street[row["street_code"]].append(row["code"])
    return tuple(StreetShare(code, False, tuple(own)) for code, own in sorted(of_street.items()))


def lay(blocks: Blocks, streets: tuple[StreetShare, ...], plane: LocalPlane) -> tuple[UnitGrids, dict[str, Any]]:
    middles = plane.metres_of_e7(shapely.get_coordinates(shapely.centroid(blocks.shapes)))
    shares = share_out(blocks, (streets,), middles / 1_000, np.hypot(*middles.T))
    grids = number_grids(shapes_from_e7(blocks.shapes), shares.community, shares.community_codes)
    borders = shapes_from_e7(dissolve(blocks.shapes, shares.community))
    return grids, dict(zip(shares.community_codes, borders, strict=True))


def differences(grids: UnitGrids, communities: dict[str, Any], area: shapely.Geometry) -> tuple[int, int]:
    """Of random points and of corners how many lie in a grid, and how many are placed otherwise than by brute force."""
    known = {code: RegionPlace(Level.COMMUNITY, None) for code in communities}
    borders = Outlines(list(communities), np.array(list(communities.values()), dtype=object))
    locator = Locator(Outlines(grids.codes, grids.shapes), grids.community_codes, borders, known)
    chance = np.random.default_rng(7)
    west, south, east, north = shapely.bounds(area)
    corners = shapely.get_coordinates(grids.shapes)
    spread = np.column_stack([chance.uniform(west, east, RANDOM), chance.uniform(south, north, RANDOM)])
    points = np.vstack([spread, corners[chance.integers(0, len(corners), CORNERS)]])
    places = locator.locate_many(points[:, 0], points[:, 1])
    shapes = shapely.transform(grids.shapes, whole_e7)
    inside = wrong = 0
    for place, (x, y) in zip(places.tolist(), whole_e7(points).tolist(), strict=True):
        held = np.flatnonzero(shapely.intersects_xy(shapes, x, y))
        smallest = min((grids.codes[at] for at in held), default=None)
        inside += smallest is not None
        wrong += smallest != (locator.places[place].grid_code if place != NOWHERE else None)
    return inside, wrong


def main(roads: Path, district: Path, communities: Path) -> None:
    lines, classes = read_roads(roads)
    outline = json.loads(district.read_text("utf-8"))["features"][0]["geometry"]
    area = built_up(lines, shapely.from_geojson(json.dumps(outline)))
    middle = shapely.centroid(area)
    plane = LocalPlane(lon=float(shapely.get_x(middle)), lat=float(shapely.get_y(middle)))
    raw = enclose(network_of(lines, classes, plane), shapes_to_e7(np.array([area], dtype=object)), plane)
    blocks = join_small(raw, np.full(len(raw.shapes), SMALLEST_M2), plane)
    grids, borders = lay(blocks, read_communities(communities), plane)
    told = DelineatedGrids(grids.codes, grids.community_codes, grids.areas, grids.shapes)
    breaches, (inside, wrong) = find_breaches(told, borders), differences(grids, borders, area)
    sys.stdout.write(
        f"{len(grids.codes)} grids in {len(borders)} communities, median {np.median(grids.areas):,.0f} m²\n"
        f"{len(breaches)} breaches of the principles of delineation\n"
        f"{RANDOM + CORNERS} points, {inside} in a grid, {wrong} placed otherwise than by brute force\n"
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
