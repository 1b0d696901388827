"""Reads of duties. The table and the levels are held per process."""

from gezhi.duties.queries.proposals import (
    ProposalFilter,
    area_exists,
    count_pending,
    get_proposal,
    is_in_reach,
    list_proposals,
    node_regions,
    reachable,
)
from gezhi.duties.queries.table import (
    AREA_LEVELS,
    DUTY_ROWS,
    DutyFilter,
    class_names,
    codes_above,
    duty_row_data,
    held_area_levels,
    held_duty_table,
    list_duties,
    list_holes,
)
from gezhi.duties.queries.units import (
    UnitWithoutAccount,
    count_rows_of_unit,
    list_holes_by_class,
    list_units_without_account,
)

__all__ = [
    "AREA_LEVELS",
    "DUTY_ROWS",
    "DutyFilter",
    "ProposalFilter",
    "UnitWithoutAccount",
    "area_exists",
    "class_names",
    "codes_above",
    "count_pending",
    "count_rows_of_unit",
    "duty_row_data",
    "get_proposal",
    "held_area_levels",
    "held_duty_table",
    "is_in_reach",
    "list_duties",
    "list_holes",
    "list_holes_by_class",
    "list_proposals",
    "list_units_without_account",
    "node_regions",
    "reachable",
]
