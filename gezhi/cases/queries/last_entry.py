"""The moment of the last entry that was written into the log, whichever case it is of."""

from __future__ import annotations

LAST_ENTRY = """
    SELECT entry.recorded_at FROM (SELECT id FROM cases_case ORDER BY changed DESC LIMIT 1) latest
    JOIN cases_log_entry entry ON entry.case_id = latest.id ORDER BY entry.seq DESC LIMIT 1
"""
"""Two steps down an index, however long the log."""
