"""差异地图: the grids that a file would begin and end, and those in which something was found."""

from __future__ import annotations

import json
from typing import Any

import shapely

from gezhi.founding.rules.changes.plan import Act
from gezhi.founding.rules.finding_kinds import Severity
from gezhi.imports.actions.prepare_grids import draw_grids
from gezhi.imports.models import ImportRun
from gezhi.imports.queries import list_changes, list_findings
from gezhi.imports.rules.told_findings import GridFindings
from gezhi.regions.queries import shapes_of


def map_of(run: ImportRun, *, limit: int) -> dict[str, Any]:
    """Features of GeoJSON: errors first, then warnings, then what begins and ends. `capped`: there are more."""
    drawn = draw_grids(run, GridFindings())
    numbers = {number: code for code, number in drawn.rows.items()}
    levels: dict[str, Severity] = {}
    for one in list_findings(run.id):
        code = numbers.get(one.row or 0)
        if code is not None and levels.get(code) is not Severity.ERROR:
            levels[code] = Severity(one.level)
    acts = {one.key: Act(one.act) for one in list_changes(run.id)}
    order = sorted(levels, key=lambda code: levels[code] is not Severity.ERROR)
    codes = list(dict.fromkeys([*order, *acts]))
    shapes = {**shapes_of([code for code in codes[:limit] if acts.get(code) is Act.END]), **drawn.shapes}
    features = [
        {
            "properties": {"code": code, "act": acts.get(code), "level": levels.get(code)},
            "geometry": json.loads(shapely.to_geojson(shapes[code])),
        }
        for code in codes[:limit]
        if code in shapes
    ]
    return {"features": features, "capped": len(codes) > limit}
