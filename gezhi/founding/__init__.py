"""Founding (建库): a city moves in, from a folder of the files that it has.

A folder of tables (CSV), settings (TOML) and shapes (GeoJSON) says what a city is; docs/chapters/founding.md describes
it so that a stranger can write one. It is checked whole before anything is written; every finding names file, row,
column, value, and what to do. `actions.found_city` then enters everything in one transaction or nothing, into a
database that holds neither a city nor a case, and gives the first administrator a password that is good for one
sign-in. The simulated city is founded by the same action.

Main rules: the files and their columns `rules/tables.py`; what may be wrong `rules/finding_kinds.py`; the whole check
`rules/check_folder.py`; what is entered `rules/city.py`.

It does not hold: registers that change after the founding (each capability keeps its own), simulated life
(`simulation`).
"""
