"""部件与事件目录: classes of parts (部件) and matters (事件、事项), and the standard of filing and closing.

Three editions stand side by side: CJ/T 214-2007, GB/T 30428.2-2013, GB/T 47678.5-2026. A code means something only
with its edition and kind: `2013-part-0101`. Editions come into force by date and are never wiped. Each class has rows
of the standard (立案、处置和结案标准, GB/T 30428.8-2020): condition, limit, closing conditions.

Where the rules are:
- keys: `rules/class_key.py`; the held catalogue: `rules/catalog.py`; searching it: `rules/search.py`
- rows, limits by area level (区域等级): `rules/standard_row.py`; classes without a row: `rules/default_row.py`
- which edition is in force: `rules/editions.py`; numbers of a city's own classes: `rules/local_codes.py`
- rows of 2026 taken over from 2013 [U]: `rules/derive_rows.py`; reading the shipped tables: `rules/preset_tables.py`

Who handles a class where is in `duties`; when its limit passes in `cases` by `calendars`.
"""
