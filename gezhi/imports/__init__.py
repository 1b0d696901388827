"""Import and export of registers (数据导入): a table that an office keeps anyway becomes rows of a register.

A file is taken up, its columns are told by their heads and can be corrected; the check (检查) says everything that is
wrong with it and what it would change, and writes nothing; then a job enters it whole or not at all. It outlives the
browser that asked for it. What stands in a register goes out as the same table and comes in again without a difference.

Main rules
    rules/kinds.py      which registers there are, with their tables
    rules/heads.py      by which heads a column is known: the field's names and the standard's abbreviations
    rules/run.py        the steps of an import
    rules/grid_increment.py   what a file of unit grids would begin and end beside those that stand

Clauses: requirements R02, R10; abbreviations of GB/T 30428.1-2013, GB/T 30428.2-2013, GB/T 47678.5-2026.

It does not hold: the rules of the check and the difference (`founding`); what is entered is entered by the actions of
each register.
"""
