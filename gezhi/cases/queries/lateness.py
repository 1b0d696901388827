"""超时认定 in the words of the database; what each means stands in `cases/rules/clocks/lateness.py`."""

from __future__ import annotations

PAST_DUE = "(c.handled_late OR coalesce(c.handling_due_at < to_timestamp(%(now)s), false))"
COUNTED, IN_TIME = "NOT c.exempt", "NOT c.handled_late"
