"""Duties (确权、责任清单): who must handle which class of case in which area, and how important an area is.

Clauses: requirement R10 and R16; GB/T 30428.8-2020 (responsible body per class, limits that may differ by area level).

Main rules
    rules/assign_unit.py       the handling unit for a class at a place, or none at all; never a default
    rules/reason.py            why, in words that a dispatcher can read
    rules/area_level.py        the level A, B or C of an area
    rules/holes.py             classes × streets that no row answers for
    rules/proposal.py          a row is proposed by one and approved by another; rows in its way

Units of the table without a working account (requirement R02) are found by `queries/units.py`.

Rows have dates of effect and are ended, never wiped. The whole table is compiled in memory, refreshed by its version.

Not here: limits (`catalog`), the dispatch itself (`cases`).
"""
