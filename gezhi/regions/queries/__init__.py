"""Reads of the ground. Names, containing regions and the locator are held per process."""

from gezhi.regions.queries.divisions import (
    DIVISIONS,
    RegionRow,
    area_name,
    day_of,
    get_region,
    held_names,
    held_regions,
    list_codes_of_level,
    list_regions,
    list_reporting,
    reporting_parents_on,
)
from gezhi.regions.queries.grids import (
    GridNotInForce,
    get_change,
    get_grid,
    list_changes,
    list_changes_of,
    shapes_in_force,
)
from gezhi.regions.queries.ground import (
    GROUND,
    Ground,
    get_extent,
    held_ground,
    held_locator,
    list_grids_in_force,
    plan_ground,
)
from gezhi.regions.queries.layers import Layer, read_borders, read_grids, read_streets
from gezhi.regions.queries.places import Place, find_unknown, search_places

__all__ = [
    "DIVISIONS",
    "GROUND",
    "GridNotInForce",
    "Ground",
    "Layer",
    "Place",
    "RegionRow",
    "area_name",
    "day_of",
    "find_unknown",
    "get_change",
    "get_extent",
    "get_grid",
    "get_region",
    "held_ground",
    "held_locator",
    "held_names",
    "held_regions",
    "list_changes",
    "list_changes_of",
    "list_codes_of_level",
    "list_grids_in_force",
    "list_regions",
    "list_reporting",
    "plan_ground",
    "read_borders",
    "read_grids",
    "read_streets",
    "reporting_parents_on",
    "search_places",
    "shapes_in_force",
]
