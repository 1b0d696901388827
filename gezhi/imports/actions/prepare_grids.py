"""What a file of unit grids says, checked, and compared with the grids that stand; nothing is written."""

from __future__ import annotations

from typing import Any

from gezhi.catalog.queries import held_catalog
from gezhi.founding.rules.files.layers import NOTHING, Drawn, Given, draw
from gezhi.founding.rules.files.shifted import find_shift
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.grids import check_grids
from gezhi.founding.rules.registers import lying_in
from gezhi.founding.rules.settings import CitySettings, EditionSetting
from gezhi.imports.models import ImportRun
from gezhi.imports.queries import get_content
from gezhi.imports.queries.grid_files import read_shapes
from gezhi.imports.rules.grid_increment import GridIncrement, check_neighbours, communities_of, increment_of
from gezhi.imports.rules.told_findings import GRID_FILE, GridFindings
from gezhi.kernel.coordinates import SYSTEM_NAMES
from gezhi.policy.queries import held_policy
from gezhi.regions.queries import grids_of_communities, held_regions, last_days_of, outlines_on
from gezhi.regions.rules.grid_code import community_of_grid, is_grid_code


def prepare_grids(run: ImportRun) -> tuple[Findings, Drawn, GridIncrement | None]:
    """检查: codes, shapes and how they lie, then what would begin and end. No increment where nothing can be read."""
    findings, on = GridFindings(), run.effective
    drawn = draw_grids(run, findings)
    if not drawn.shapes:
        return findings, drawn, None
    node, outlines = held_policy().node, outlines_on(on)
    lying = lying_in(node, {row.code: row.within_code for row in held_regions().values()})
    shift = find_shift(drawn.shapes, outlines, lying.within) if not run.system else None
    if shift is not None:
        zh, en = SYSTEM_NAMES[shift.system]
        shifted: dict[str, Any] = {"zh": zh, "en": en, "as_m2": shift.as_they_are_m2, "left_m2": shift.undone_m2}
        findings.add("shape.shifted", GRID_FILE, column="geometry", value=shift.system.value, **shifted)
    else:
        editions = tuple(EditionSetting(period.edition) for period in held_catalog().periods)
        city = CitySettings(code=node, name=node, effective=on, editions=editions)
        check_grids(GRID_FILE, drawn, outlines, lying, city, findings)
    known = set(lying.own)
    told = {
        code: shape for code, shape in drawn.shapes.items() if is_grid_code(code) and community_of_grid(code) in known
    }
    touched = communities_of(told)
    beside = grids_of_communities([code for code in lying.own if code not in touched], on=on)
    check_neighbours(told, beside, drawn.rows, file=GRID_FILE, findings=findings)
    increment = increment_of(
        told,
        grids_of_communities(touched, on=on),
        last_days_of(list(told), before=on),
        drawn.rows,
        on=on,
        file=GRID_FILE,
        findings=findings,
    )
    return findings, drawn, increment


def draw_grids(run: ImportRun, findings: Findings) -> Drawn:
    """The good shapes of the file, from the system that was stated or that the file names."""
    layer = read_shapes(get_content(run), GRID_FILE, findings)
    return NOTHING if layer is None else draw(layer, GRID_FILE, Given(run.system, (), run.effective), findings)
