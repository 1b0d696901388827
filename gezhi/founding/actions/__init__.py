"""What founding writes: a whole city, and later changes of its registers from a folder or a file."""

from gezhi.founding.actions.applying import Applying, PlanHasErrors, PlanIsStale, apply_plan
from gezhi.founding.actions.founding import DatabaseInUse, Founded, enter_city, found_city
from gezhi.founding.actions.planning import plan_folder, plan_import

__all__ = [
    "Applying",
    "DatabaseInUse",
    "Founded",
    "PlanHasErrors",
    "PlanIsStale",
    "apply_plan",
    "enter_city",
    "found_city",
    "plan_folder",
    "plan_import",
]
