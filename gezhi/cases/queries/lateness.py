"""超时认定 in the words of the database; what each means stands in `cases/rules/clocks/lateness.py`."""

from __future__ import annotations

# A case in a list: its leading clock has run out. A suspension ends at its end, so it is never late.
LATE = "(c.due_at < to_timestamp({now}) AND c.status <> 'suspended')"
# The worst light of several is the greatest number.
LIGHT = (
    f"CASE WHEN {LATE} THEN 3 WHEN c.warn_at <= to_timestamp({{now}}) THEN 2 WHEN c.due_at IS NULL THEN 0 ELSE 1 END"
)
LIGHTS = {3: "red", 2: "yellow", 1: "green", 0: "none"}
# Units that have it in hand: their time, that for the handling, has run out; as against the leading one of a case.
HANDLING_LATE = "coalesce(c.handling_due_at < to_timestamp({now}), false)"
PAST_DUE = f"(c.handled_late OR {HANDLING_LATE.format(now='%(now)s')} AND c.unit_id = ANY(c.working_ids))"
COUNTED, IN_TIME = "NOT c.exempt", "NOT c.handled_late"
