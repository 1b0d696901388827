"""工作日历: working calendars, and every limit counted by them.

Offices, seats on shifts and round-the-clock posts each have a named calendar: timetables by weekday and season,
public holidays with swapped workdays, own rows on top. A limit (时限) names its unit and its calendar.

Where the rules are:
- units and limits: `rules/limits.py`; limits written as text: `rules/limit_text.py`
- seasonal timetables: `rules/timetable.py`; is a date worked, and when: `rules/office_days.py`
- adding and measuring working time: `rules/working_calendar.py`, in bulk `rules/bulk.py`,
  compiled by `rules/compile_calendar.py`
- 剩余 / 超时 in words: `rules/remaining.py`; does the published year run out: `rules/published_year.py`

Clauses: GB/T 30428.8-2020 (立案、处置和结案) for the units of limits; for the days the State Council's yearly notices.
It does not know cases: when a clock starts, stands still and ends is written in `cases`.
"""
