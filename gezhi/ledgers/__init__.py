"""台账: what was asked for in cases, read back: the ledgers of applications (审批台账), and each unit's shares (占比控制).

Follows the requirement on approvals (R12): a ledger per kind with every opinion and its effect on the figures, on the
page and as a sheet.

Where the main rules are:
    rules/share.py    how full a unit's share of a kind is, against warning and ceiling
    rules/effect.py   what the outcome of an application does to the unit's figures

What it does not do: no application is decided here, and whether one stands above the ceiling is settled when it is
asked for (cases). It has no tables: the rows are those that cases writes beside its log.
"""
