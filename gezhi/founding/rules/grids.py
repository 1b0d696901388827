"""网格检查: what is wrong with the unit grids of a folder: their codes, their shapes, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from gezhi.founding.rules.files.layers import Drawn, Shapes
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.settings import CitySettings
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.regions.rules.grid_code import community_of_grid, is_grid_code
from gezhi.regions.rules.grid_quality import COMMUNITY_DIGITS, Flaw, FlawKind, find_flaws
from gezhi.regions.rules.local_plane import area_m2

FIRST_WITH_LETTERS: Final = "2026"
"""The edition of the standards from which codes may hold capital letters."""
NO_NUMBER: Final = "000"
DIGITS: Final[dict[str, Any]] = {"form_zh": "15 位数字的单元网格标识码", "form_en": "the 15 digits of a unit grid"}
LETTERS: Final[dict[str, Any]] = {
    "form_zh": "15 位单元网格标识码（数字或大写字母）",
    "form_en": "the 15 digits or capital letters of a unit grid",
}
KIND_OF: Final = {
    FlawKind.PARTS: "shape.multi-part",
    FlawKind.HOLE: "shape.hole",
    FlawKind.SLIVER: "shape.sliver",
    FlawKind.SMALL: "shape.area",
    FlawKind.LARGE: "shape.area",
    FlawKind.TWIN: "shape.twin",
    FlawKind.OVERLAP: "shape.overlap",
    FlawKind.COMMUNITY: "shape.outside",
    FlawKind.BORDER: "shape.across",
    FlawKind.GAP: "shape.gap",
}
DIFFERS_SHARE, MOST_DIFFER = 0.05, 0.5


class Lying(msgspec.Struct, frozen=True):
    """隶属: every division with the one that it lies in; `own` are the city and what lies in it, the smallest first."""

    within: Mapping[str, str]
    own: tuple[str, ...]


def check_grids(
    file: str, placed: Drawn, outlines: Shapes, lying: Lying, city: CitySettings, findings: Findings
) -> None:
    prefix = region_prefix(city.code)
    own = {code for code in lying.own if len(code) == COMMUNITY_DIGITS and code.startswith(prefix)}
    if _are_foreign(placed, own):
        first = next(iter(placed.shapes))
        findings.add("code.foreign", file, row=placed.rows[first], column="code", value=first, within=city.code)
        return
    form = LETTERS if any(one.code >= FIRST_WITH_LETTERS for one in city.editions) else DIGITS
    fit = {code: shape for code, shape in placed.shapes.items() if _fits(code, own, form, file, placed, findings)}
    if not fit:
        return
    for code in sorted(own - {community_of_grid(code) for code in fit}):
        findings.add("community.without-grid", file, column="code", value=code)
    others = [*placed.others, *(shape for code, shape in placed.shapes.items() if code not in fit)]
    for flaw in find_flaws(fit, outlines, lying.within, others):
        _tell(flaw, file, placed.rows, findings)
    _check_areas(fit, placed, file, findings)


def _are_foreign(placed: Drawn, own: set[str]) -> bool:
    """他市数据: several grids, and none of them in the city."""
    return len(placed.shapes) > 1 and all(
        is_grid_code(code) and community_of_grid(code) not in own for code in placed.shapes
    )


def _fits(code: str, own: set[str], form: dict[str, Any], file: str, placed: Drawn, findings: Findings) -> bool:
    where: dict[str, Any] = {"row": placed.rows[code], "column": "code"}
    if not is_grid_code(code) or (form is DIGITS and not code.isdigit()) or code.endswith(NO_NUMBER):
        findings.add("cell.bad-code", file, **where, value=code, **form)
        return False
    if community_of_grid(code) not in own:
        findings.add("reference.missing", file, **where, value=community_of_grid(code), target="divisions.csv")
        return False
    return True


def _tell(flaw: Flaw, file: str, rows: Mapping[str, int], findings: Findings) -> None:
    place = f"（{flaw.place[0]}, {flaw.place[1]}）" if flaw.place else ""
    told: dict[str, Any] = {"value": "、".join(flaw.codes), "within": flaw.within, "by_m2": flaw.by_m2}
    row = rows.get(flaw.codes[0]) if flaw.codes else None
    findings.add(KIND_OF[flaw.kind], file, row=row, column="geometry", zh=place, en=place, **told)


def _check_areas(grids: Shapes, placed: Drawn, file: str, findings: Findings) -> None:
    """面积: as written down and as measured. Where most differ, they are of another unit, which is told once."""
    written = {code: placed.areas[code] for code in grids if code in placed.areas}
    if not written:
        return
    measured = dict(zip(written, area_m2([grids[code] for code in written]).tolist(), strict=True))
    differing = [code for code, area in written.items() if abs(area - measured[code]) > DIFFERS_SHARE * measured[code]]
    if len(differing) > MOST_DIFFER * len(written):
        differing = differing[:1]
    for code in differing:
        told: dict[str, Any] = {"value": code, "by_m2": measured[code], "written": written[code]}
        findings.add("shape.area-differs", file, row=placed.rows[code], column="area", **told)
