"""What changes imports: a file is taken up, checked, and entered whole or not at all."""

from gezhi.imports.actions.jobs_of_runs import apply_run, check_run, fail_run
from gezhi.imports.actions.runs import ask_apply, ask_check, take_file

__all__ = ["apply_run", "ask_apply", "ask_check", "check_run", "fail_run", "take_file"]
