"""The approval matrix of the invented city: other steps in every row, and other counts, limits and ceilings."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import MATRIX, check_row
from gezhi.kernel.permissions import Role

OTHERWISE: Final[dict[ApplicationKind, dict[str, Any]]] = {
    ApplicationKind.SEND_BACK: {
        "steps": (Role.DISPATCHER, Role.DUTY_OFFICER),
        "above_ceiling": (Role.LEADER,),
        "refusal_gives_time_back": True,
        "ceiling": 40,
    },
    ApplicationKind.EXTENSION: {
        "steps": (Role.SUPERVISOR,),
        "steps_again": (),
        "most_granted": 1,
        "longest": 50,
        "needs_proof": True,
        "stops_clock": True,
        "undecided_expires": True,
        "decide_within": Limit(2, Unit.WORK_HOUR, "office"),
    },
    ApplicationKind.SUSPENSION: {
        "steps": (Role.LEADER,),
        "most_granted": 2,
        "longest": 30,
        "needs_proof": False,
        "ceiling": 20,
        "warning": 10,
    },
    ApplicationKind.VOID: {
        "askers": (Role.DUTY_OFFICER, Role.HANDLER),
        "steps": (Role.SUPERVISOR, Role.LEADER),
        "above_ceiling": (Role.DUTY_OFFICER,),
    },
    ApplicationKind.APPEAL: {"steps": (Role.SUPERVISOR,), "most_asked": 2, "needs_proof": False, "exempts": False},
}
ONLY_OTHER_STEPS: Final[dict[str, Any]] = {"steps": (Role.ACCEPTOR, Role.SUPERVISOR)}
OTHER_MATRIX: Final[dict[ApplicationKind, ApprovalRow]] = {
    kind: check_row(msgspec.structs.replace(row, **OTHERWISE.get(kind, ONLY_OTHER_STEPS)))
    for kind, row in MATRIX.items()
}
