"""What changes duties: rows and levels are added and ended, never wiped; each change says why and by whom."""

from gezhi.duties.actions.handing_over import hand_rows_over
from gezhi.duties.actions.proposals import decide_proposal, propose_row
from gezhi.duties.actions.rows import add_row, end_row, install_area_levels, install_duty_rows
from gezhi.duties.actions.several import decide_proposals, propose_rows

__all__ = [
    "add_row",
    "decide_proposal",
    "decide_proposals",
    "end_row",
    "hand_rows_over",
    "install_area_levels",
    "install_duty_rows",
    "propose_row",
    "propose_rows",
]
