"""Reads of cases: states under lock, registers, work lists, the case page, the map, the log."""
