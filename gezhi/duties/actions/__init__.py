"""What changes duties: rows and levels are added and ended, never wiped; each change says why and by whom."""

from gezhi.duties.actions.proposals import decide_proposal, propose_row
from gezhi.duties.actions.rows import add_row, end_row, install_area_levels, install_duty_rows

__all__ = ["add_row", "decide_proposal", "end_row", "install_area_levels", "install_duty_rows", "propose_row"]
