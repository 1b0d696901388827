"""Upkeep of base data (数据更新): which register is due to be surveyed when, who answers for it, and what was found.

Clauses: requirement R26; base map every two years, grids, classes and duties every year, incrementally.

Main rules
    rules/datasets.py   what is kept current, and how often
    rules/currency.py   since when a register is due

Not here: how a register changes (`regions`, `duties`, `catalog`, `calendars`), and the reminder of the next year's
holidays (`telling`).
"""
