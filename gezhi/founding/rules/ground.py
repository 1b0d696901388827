"""地面数据: outlines and unit grids from GeoJSON, or what grids are to be generated from; read, judged, filled up.

Coordinates are CGCS2000 degrees, longitude first; all shapes are brought onto whole 1e-7 degrees, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import shapely

from gezhi.founding.rules.files.folder_files import Contents
from gezhi.founding.rules.files.layers import NOTHING, Drawn, Given, Shapes, draw, geojson_layer, is_good
from gezhi.founding.rules.files.shifted import find_shift
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.grids import Lying, check_grids
from gezhi.founding.rules.settings import CitySettings
from gezhi.kernel.contents import Layer
from gezhi.kernel.coordinates import SYSTEM_NAMES
from gezhi.regions.rules.grid_code import community_of_grid, is_grid_code
from gezhi.regions.rules.local_plane import area_m2
from gezhi.regions.rules.street_network import Centre, Fabric

OUTLINES: Final = "ground/outlines.geojson"
GRIDS: Final = "ground/grids.geojson"
GENERATE: Final = "ground.json"
BEYOND_SHARE: Final = 0.05
"""Borders of two sources never meet; beyond this share of its own area a shape is in the wrong place."""


class GroundSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """ground.json: centres and fabric of the network that grids are cut from, and rings of outlines by code."""

    centres: tuple[Centre, ...]
    outlines: dict[str, list[tuple[float, float]]] = msgspec.field(default_factory=dict)
    seed: int = 1
    fabric: Fabric = Fabric()


class Ground(msgspec.Struct, frozen=True):
    """Shapes by code; `generate` where there are no grids."""

    outlines: Shapes
    grids: Shapes
    generate: GroundSettings | None


def read_ground(
    contents: Contents, texts: Mapping[str, str], city: CitySettings, lying: Lying, findings: Findings
) -> Ground:
    """The ground of a city; where something is wrong, a finding says so and the shape is left out."""
    systems = city.ground
    drawn = _drawn(OUTLINES, contents, texts, systems.outlines, city, findings)
    outlines = drawn.shapes
    placed = _drawn(GRIDS, contents, texts, systems.grids, city, findings)
    grids = placed.shapes
    generate = _generate(texts[GENERATE], findings) if GENERATE in texts and not grids else None
    if generate is not None:
        outlines = _rings(generate.outlines, findings) | outlines
    if contents.get(GRIDS) is None and contents.get(GENERATE) is None:
        findings.add("ground.missing", GRIDS)
    _check_outlines(drawn, outlines, lying, findings)
    if systems.of(systems.grids) or not _is_shifted(grids, outlines, lying, findings):
        check_grids(GRIDS, placed, outlines, lying, city, findings)
    return Ground(_filled_up(outlines, grids, lying), grids, generate)


def _generate(text: str, findings: Findings) -> GroundSettings | None:
    try:
        return msgspec.json.decode(text.encode(), type=GroundSettings)
    except msgspec.ValidationError as error:
        findings.add("setting.invalid", GENERATE, value=error)
    except msgspec.DecodeError as error:
        findings.add("file.malformed", GENERATE, value=error)
    return None


def _drawn(
    name: str, contents: Contents, texts: Mapping[str, str], own: str, city: CitySettings, findings: Findings
) -> Drawn:
    layer = contents.get(name)
    if name in texts:
        layer = geojson_layer(texts[name], name, findings)
    if not isinstance(layer, Layer):
        return NOTHING
    given = Given(city.ground.of(own), city.ground.helmert, city.effective)
    return draw(layer, name, given, findings)


def _rings(rings: Mapping[str, list[tuple[float, float]]], findings: Findings) -> Shapes:
    shapes = {code: shapely.Polygon(ring) if len(ring) > 2 else None for code, ring in rings.items()}  # noqa: PLR2004
    return {code: shape for code, shape in shapes.items() if is_good(code, shape, GENERATE, None, findings)}


def _is_shifted(grids: Shapes, outlines: Shapes, lying: Lying, findings: Findings) -> bool:
    shift = find_shift(grids, outlines, lying.within)
    if shift is None:
        return False
    name_zh, name_en = SYSTEM_NAMES[shift.system]
    told: dict[str, Any] = {"zh": name_zh, "en": name_en, "as_m2": shift.as_they_are_m2, "left_m2": shift.undone_m2}
    findings.add("shape.shifted", GRIDS, column="geometry", value=shift.system.value, **told)
    return True


def _check_outlines(drawn: Drawn, outlines: Shapes, lying: Lying, findings: Findings) -> None:
    for code, shape in outlines.items():
        row = drawn.rows.get(code)
        if code not in lying.within:
            findings.add("reference.missing", OUTLINES, row=row, column="code", value=code, target="divisions.csv")
            continue
        around = outlines.get(lying.within[code])
        beyond = 0.0 if around is None else float(area_m2(shapely.difference(shape, around))[0])
        if beyond > BEYOND_SHARE * float(area_m2(shape)[0]):
            home = lying.within[code]
            told: dict[str, Any] = {"value": code, "within": home, "by_m2": beyond}
            findings.add("shape.outside", OUTLINES, row=row, column="geometry", **told)


def _joined(grids: Shapes) -> Shapes:
    """Each community as the whole of its grids."""
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in grids.items():
        parts[community_of_grid(code)].append(shape)
    return {code: shapely.union_all(shapes) for code, shapes in parts.items()}


def _filled_up(outlines: Shapes, grids: Shapes, lying: Lying) -> Shapes:
    """Of the city whoever has no outline gets that of what lies in it: communities of grids, streets of communities,
    and so on up.
    """
    filled = {**_joined({code: shape for code, shape in grids.items() if is_grid_code(code)}), **outlines}
    inside: dict[str, list[str]] = defaultdict(list)
    for code in lying.own:
        inside[lying.within[code]].append(code)
        parts = [filled[part] for part in inside[code] if part in filled]
        if code not in filled and parts:
            filled[code] = shapely.union_all(parts)
    return filled
