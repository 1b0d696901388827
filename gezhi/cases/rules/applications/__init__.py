"""申请与审批: what somebody asks for in a case, who decides on it step by step, and what a grant does.

One file per kind (`send_back`, `extension`, `suspension`, `void`, `appeal`) declares everything that is particular to
it as one `KindRule`; `kinds` lists them, and every other table follows from that list. What all kinds have in
common: `asking`, `deciding`, `lapsing`, `effect`; what a city may change: `approval_row` and the presets in `matrix`.
This module itself gives only the data, so that state and log can hold it.
"""

from gezhi.cases.rules.applications.application import (
    OUTCOME_NAMES,
    STEP_NAMES,
    UNIT,
    Application,
    ApplicationOutcome,
    Opinion,
    names_of,
)
from gezhi.kernel.application_kinds import ApplicationKind

__all__ = (
    "OUTCOME_NAMES",
    "STEP_NAMES",
    "UNIT",
    "Application",
    "ApplicationKind",
    "ApplicationOutcome",
    "Opinion",
    "names_of",
)
