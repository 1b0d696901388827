"""Regions and unit grids (区划与单元网格): the ground on which every case lies.

Divisions by GB/T 2260 (province, city, county, street, community) with dates; to whom a region reports is dated
data of its own (ReportingParent), never read off the code. Unit grids by GB/T 30428.1: one community each, 15-digit
codes, ended and replaced but never edited. Outlines and grids carry whether they are generated (模拟): where a city
has no open borders, `lay_ground` lays a plausible street network, borders and grids under the real names and codes.

Main rules: code and numbering `rules/grid_code.py`; what a valid set of grids is `rules/delineation.py`; point to
grid to community to street to county `rules/locator.py`; the generator `rules/ground.py`.

It does not hold: responsibility grids and area levels (`duties`), parts (`parts`), addresses (`geocoding`).
"""
