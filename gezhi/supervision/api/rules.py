"""/supervision/rules: 督办规定 and 问责规定 in force, and what comes. A change is proposed (`amendments`)."""

from __future__ import annotations

from django.http import HttpRequest

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.supervision.api.router import router
from gezhi.supervision.queries.rules import held_rules, key_of
from gezhi.supervision.rules.accountability_rules import AccountabilityRow
from gezhi.supervision.rules.automatic import LevelRow
from gezhi.supervision.shapes.rules import RulesOut, accountability_row_out, level_row_out


@router.get("/supervision/rules", permission=Permission.SUPERVISION_READ, response=RulesOut)
def get_rules(request: HttpRequest) -> RulesOut:  # noqa: ARG001
    """督办规定、问责规定 in force today, and what comes."""
    today, held = day_of(system_clock()), held_rules()
    since = {key: one.valid_from for key, one in reversed(held.versions) if one.valid_from <= today}
    coming = [one for _, one in held.versions if one.valid_from > today]
    return RulesOut(
        levels=[level_row_out(row, since.get(key_of(row))) for row in held.levels(today).values()],
        accountability=[
            accountability_row_out(row, since.get(key_of(row))) for row in held.accountability(today).values()
        ],
        coming_levels=[level_row_out(one.row, one.valid_from) for one in coming if isinstance(one.row, LevelRow)],
        coming_accountability=[
            accountability_row_out(one.row, one.valid_from) for one in coming if isinstance(one.row, AccountabilityRow)
        ],
    )
