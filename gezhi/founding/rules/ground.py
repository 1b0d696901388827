"""地面数据: outlines and unit grids from GeoJSON, or what grids are to be generated from; read, judged, filled up.

Coordinates are CGCS2000 degrees, longitude first; all shapes are brought onto whole 1e-7 degrees, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import numpy as np
import shapely

from gezhi.founding.rules.findings import Findings
from gezhi.regions.rules.delineation import Breach, DelineatedGrids, find_breaches
from gezhi.regions.rules.grid_code import is_grid_code
from gezhi.regions.rules.local_plane import area_m2, shapes_from_e7, shapes_to_e7
from gezhi.regions.rules.street_network import Centre, Fabric

OUTLINES: Final = "ground/outlines.geojson"
GRIDS: Final = "ground/grids.geojson"
GENERATE: Final = "ground.json"
KNOWN_SYSTEMS: Final = ("4490", "4326", "CRS84")
CHINA: Final = (73.0, 3.0, 136.0, 54.0)
BEYOND_SHARE: Final = 0.05
"""Borders of two sources never meet; beyond this share of its own area a shape is in the wrong place."""
COMMUNITY_DIGITS: Final = 12
SEVERAL: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)

FORM: Final[dict[str, Any]] = {"form_zh": "15 位单元网格标识码", "form_en": "the 15 digits of a unit grid"}
KIND_OF: Final = {
    Breach.CODE: "cell.bad-code",
    Breach.SHAPE: "shape.broken",
    Breach.AREA: "shape.area",
    Breach.COMMUNITY: "shape.outside",
    Breach.OVERLAP: "shape.overlap",
    Breach.GAP: "shape.gap",
}

Shapes = dict[str, shapely.Geometry]


class Feature(msgspec.Struct, frozen=True):
    geometry: msgspec.Raw
    properties: dict[str, Any] | None = None


class FeatureCollection(msgspec.Struct, frozen=True):
    features: list[Feature]
    crs: dict[str, Any] | None = None


class GroundSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """ground.json: centres and fabric of the network that grids are cut from, and rings of outlines by code."""

    centres: tuple[Centre, ...]
    outlines: dict[str, list[tuple[float, float]]] = msgspec.field(default_factory=dict)
    seed: int = 1
    fabric: Fabric = Fabric()


class Lying(msgspec.Struct, frozen=True):
    """隶属: every division with the one that it lies in; `own` are the city and what lies in it, the smallest first."""

    within: Mapping[str, str]
    own: tuple[str, ...]


class Ground(msgspec.Struct, frozen=True):
    """Shapes by code; `generate` where there are no grids."""

    outlines: Shapes
    grids: Shapes
    generate: GroundSettings | None


def read_ground(texts: Mapping[str, str], lying: Lying, findings: Findings) -> Ground:
    """The ground of a city; where something is wrong, a finding says so and the shape is left out."""
    outlines = _shapes(texts[OUTLINES], OUTLINES, findings) if OUTLINES in texts else {}
    grids = _shapes(texts[GRIDS], GRIDS, findings) if GRIDS in texts else {}
    generate = _generate(texts[GENERATE], findings) if GENERATE in texts and not grids else None
    if generate is not None:
        outlines = _rings(generate.outlines, findings) | outlines
    if GRIDS not in texts and GENERATE not in texts:
        findings.add("ground.missing", GRIDS)
    _check_outlines(outlines, lying, findings)
    _check_grids(grids, outlines, lying, findings)
    return Ground(_filled_up(outlines, grids, lying), grids, generate)


def _generate(text: str, findings: Findings) -> GroundSettings | None:
    try:
        return msgspec.json.decode(text.encode(), type=GroundSettings)
    except msgspec.ValidationError as error:
        findings.add("setting.invalid", GENERATE, value=error)
    except msgspec.DecodeError as error:
        findings.add("file.malformed", GENERATE, value=error)
    return None


def _shapes(text: str, file: str, findings: Findings) -> Shapes:
    """The good shapes of a file by their code; a finding for every other, with the number of its feature."""
    try:
        collection = msgspec.json.decode(text.encode(), type=FeatureCollection)
    except msgspec.DecodeError as error:
        findings.add("file.malformed", file, value=error)
        return {}
    system = str(((collection.crs or {}).get("properties") or {}).get("name", "CRS84"))
    if not any(known in system for known in KNOWN_SYSTEMS):
        findings.add("shape.other-system", file, value=system)
        return {}
    shapes = shapely.from_geojson([bytes(one.geometry) for one in collection.features], on_invalid="ignore")
    shapes = shapes_from_e7(shapes_to_e7(np.array(shapes, dtype=object)))
    found: Shapes = {}
    rows: dict[str, int] = {}
    for number, (feature, shape) in enumerate(zip(collection.features, shapes, strict=True), 1):
        code = str((feature.properties or {}).get("code", ""))
        if not code:
            findings.add("cell.missing", file, row=number, column="code")
        elif code in rows:
            findings.add("key.twice", file, row=number, column="code", value=code, first=rows[code])
        elif _is_good(code, shape, file, number, findings):
            found[code] = shape
        rows.setdefault(code, number)
    return found


def _rings(rings: Mapping[str, list[tuple[float, float]]], findings: Findings) -> Shapes:
    shapes = {code: shapely.Polygon(ring) if len(ring) > 2 else None for code, ring in rings.items()}  # noqa: PLR2004
    return {code: shape for code, shape in shapes.items() if _is_good(code, shape, GENERATE, None, findings)}


def _is_good(code: str, shape: shapely.Geometry | None, file: str, number: int | None, findings: Findings) -> bool:
    if shape is None or shape.is_empty or shapely.get_type_id(shape) not in SEVERAL or not shape.is_valid:
        findings.add("shape.broken", file, row=number, column="geometry", value=code)
        return False
    west, south, east, north = shape.bounds
    if west < CHINA[0] or south < CHINA[1] or east > CHINA[2] or north > CHINA[3]:
        findings.add("shape.not-degrees", file, row=number, column="geometry", value=code)
        return False
    return True


def _check_outlines(outlines: Shapes, lying: Lying, findings: Findings) -> None:
    for code, shape in outlines.items():
        if code not in lying.within:
            findings.add("reference.missing", OUTLINES, column="code", value=code, target="divisions.csv")
            continue
        around = outlines.get(lying.within[code])
        beyond = 0.0 if around is None else float(area_m2(shapely.difference(shape, around))[0])
        if beyond > BEYOND_SHARE * float(area_m2(shape)[0]):
            home = lying.within[code]
            findings.add("shape.outside", OUTLINES, column="geometry", value=code, within=home, by_m2=beyond)


def _check_grids(grids: Shapes, outlines: Shapes, lying: Lying, findings: Findings) -> None:
    own = set(lying.own)
    fit = {code: shape for code, shape in grids.items() if _fits(code, own, findings)}
    if not fit:
        return
    communities = {code[:COMMUNITY_DIGITS] for code in fit}
    for code in lying.own:
        if len(code) == COMMUNITY_DIGITS and code not in communities:
            findings.add("community.without-grid", GRIDS, column="code", value=code)
    shapes = np.array(list(fit.values()), dtype=object)
    homes = [code[:COMMUNITY_DIGITS] for code in fit]
    drawn = {**_joined(fit), **{code: outlines[code] for code in communities if code in outlines}}
    for one in find_breaches(DelineatedGrids(list(fit), homes, area_m2(shapes), shapes), drawn):
        home = one.codes[0][:COMMUNITY_DIGITS]
        codes = "、".join(one.codes)
        findings.add(KIND_OF[one.breach], GRIDS, column="geometry", value=codes, within=home, by_m2=one.by_m2)


def _fits(code: str, homes: set[str], findings: Findings) -> bool:
    if not is_grid_code(code):
        findings.add("cell.bad-code", GRIDS, column="code", value=code, **FORM)
        return False
    if code[:COMMUNITY_DIGITS] not in homes:
        home = code[:COMMUNITY_DIGITS]
        findings.add("reference.missing", GRIDS, column="code", value=home, target="divisions.csv")
        return False
    return True


def _joined(grids: Shapes) -> Shapes:
    """Each community as the whole of its grids."""
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in grids.items():
        parts[code[:COMMUNITY_DIGITS]].append(shape)
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
