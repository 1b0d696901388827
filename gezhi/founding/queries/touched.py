"""涉及的案件: what a plan touches of the work that is open."""

from __future__ import annotations

import msgspec
from django.db.models import Count, Q

from gezhi.cases.models import Case
from gezhi.cases.rules.stages import FINISHED
from gezhi.founding.rules.changes.plan import Act, Plan

ENDING = ("organisations", "people")


class Touched(msgspec.Struct, frozen=True):
    """`cases`: open ones in the hands of units and collectors that end. `deadlines`: open cases with a clock that runs,
    whose deadlines are reckoned anew because days of a calendar change.
    """

    cases: int = 0
    deadlines: int = 0


def find_touched(plan: Plan) -> Touched:
    units, people = ([row.entity for row in plan.rows if row.kind == kind and row.act is Act.END] for kind in ENDING)
    moves = any(row.kind == "holidays" for row in plan.rows)
    if not (units or people or moves):
        return Touched()
    counts = Case.objects.exclude(status__in=FINISHED).aggregate(
        held=Count("id", filter=Q(unit_ids__overlap=units) | Q(collector_id__in=people)),
        running=Count("id", filter=Q(next_due_at__isnull=False)),
    )
    return Touched(counts["held"], counts["running"] if moves else 0)
