"""Use cases of the catalogue: install and put in force an edition, add own classes, change rows and limits."""

from gezhi.catalog.actions.amended_rows import check_condition_words, put_amended_row, withdraw_amended_row
from gezhi.catalog.actions.editions import (
    install_edition,
    install_preset_edition,
    put_edition_in_force,
    switch_edition,
    withdraw_edition,
)
from gezhi.catalog.actions.local_classes import add_local_class, add_local_major
from gezhi.catalog.actions.rows import add_rows, end_row, put_level_limit_in_force, put_row_in_force

__all__ = [
    "add_local_class",
    "add_local_major",
    "add_rows",
    "check_condition_words",
    "end_row",
    "install_edition",
    "install_preset_edition",
    "put_amended_row",
    "put_edition_in_force",
    "put_level_limit_in_force",
    "put_row_in_force",
    "switch_edition",
    "withdraw_amended_row",
    "withdraw_edition",
]
