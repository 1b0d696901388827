"""案卷列: what lists search and sort by, read off the state of a case. The state is the truth; these are its index."""

from __future__ import annotations

from typing import Any

import msgspec
from h3.api import basic_int as h3

from gezhi.cases.rules.applications import Application, Kind
from gezhi.cases.rules.deadline import next_due
from gezhi.cases.rules.difficulty import difficulty_of
from gezhi.cases.rules.lights import leading_clock
from gezhi.cases.rules.local_policy import LocalPolicy
from gezhi.cases.rules.stages import STATUSES
from gezhi.cases.rules.state import CaseState, ClockKind
from gezhi.kernel.places import from_e7

H3_RESOLUTION = 10  # cells of about 130 m, near the 10,000 m² of a unit grid


def first_columns_of(state: CaseState, policy: LocalPolicy) -> dict[str, Any]:
    """What is fixed with the first report."""
    return {
        "no": state.no,
        "node": state.node,
        "channel": state.channel,
        "complaint": state.channel in policy.complaint_channels,
        "reported_at": state.reported,
    }


def columns_of(state: CaseState) -> dict[str, Any]:
    """What may change with every entry. Moments are epoch seconds."""
    clock, parts, task = leading_clock(state), state.open_assignments, state.open_task
    pending, waking = state.pending, state.clock(ClockKind.SUSPENSION)
    lon, lat = from_e7(state.place.lon), from_e7(state.place.lat)
    return {
        "status": state.status.value,
        "stage": int(STATUSES[state.status].stage),
        "class_key": state.subject.class_key,
        "row_key": state.subject.row_key,
        "address": state.place.address,
        "lon": lon,
        "lat": lat,
        "h3": h3.latlng_to_cell(lat, lon, H3_RESOLUTION),
        "area_code": state.place.area,
        "unit_id": state.leading.unit if state.leading is not None else None,
        "unit_ids": [part.unit for part in parts],
        "former_unit_ids": sorted({part.unit for part in state.assignments if part.ended is not None}),
        "asking": pending.kind.value if pending is not None else None,
        "deciding": pending.deciding if pending is not None else None,
        "supervision": state.supervision,
        "major": state.major,
        "difficulty": difficulty_of(state),
        "suspended_until": waking.due if waking is not None and waking.ended is None else None,
        "reported_by": state.reports[0].by if state.reports else None,
        "collector_id": task.collector if task is not None else None,
        "claimed_by": state.claimed_by,
        "round": state.round,
        "report_count": len(state.reports),
        "due_at": clock.due if clock is not None else None,
        "warn_at": clock.warn if clock is not None else None,
        "next_due_at": next_due(state.clocks),
        "closed_at": state.closed,
        "picture": state.before[0] if state.before else None,
        "seq": state.seq,
    }


def application_columns_of(state: CaseState, application: Application) -> dict[str, Any]:
    """台账列: a row of the ledger, read off the case and one of its applications."""
    return {
        "no": application.no,
        "case_no": state.no,
        "class_key": state.subject.class_key,
        "area_code": state.place.area,
        "kind": application.kind.value,
        "unit_id": application.unit or None,
        "asked_at": application.asked,
        "asked_by": application.asked_by,
        "role": application.role,
        "organisation_id": application.organisation,
        "late": application.late,
        "times": application.times,
        "steps": list(application.steps),
        "deciding": application.deciding,
        "opinions": [msgspec.to_builtins(opinion) for opinion in application.opinions],
        "outcome": application.outcome.value if application.outcome is not None else None,
        "ended_at": application.ended,
        "value": application.value,
        "value_unit": state.subject.unit if application.kind is Kind.EXTENSION else None,
        "until_at": application.until,
        "old_due_at": application.old_due,
        "new_due_at": application.new_due,
        "share": application.share,
        "ceiling": application.ceiling,
        "exempt": application.exempt,
        "shirking": application.shirking,
        "reason": application.reason,
        "pictures": list(application.pictures),
    }
