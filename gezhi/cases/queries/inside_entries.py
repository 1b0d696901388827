"""日志内容: what stands inside the text of an entry, in the words of the database; nobody else looks into it.

Some ten microseconds an entry: for the entries of a period or of a page, and never for the whole log.
"""

from __future__ import annotations

from gezhi.cases.rules.clocks.clock import ClockKind


def clock_in(entry: str, kind: ClockKind) -> str:
    """SQL over cases_log_entry under this name: `used`, `late` and `due_at` of its clock of this kind, or no row."""
    return f"""
        SELECT (clock ->> 'used')::bigint AS used, coalesce((clock ->> 'late')::boolean, false) AS late,
            to_timestamp((clock ->> 'due')::bigint) AS due_at
        FROM jsonb_array_elements({entry}.text::jsonb -> 'step' -> 'clocks') clock WHERE clock ->> 'kind' = '{kind}'
    """


def status_in(entry: str) -> str:
    """The status of the case after the entry."""
    return f"({entry}.text::jsonb #>> '{{step,status}}')"


def dispatched_unit_in(entry: str) -> str:
    """The unit that a dispatch names."""
    return f"({entry}.text::jsonb #>> '{{step,assignments,0,unit}}')::bigint"


def stays_sent(entry: str) -> str:
    """Whether a dispatch was not undone: an undone one counts as if it had not been sent."""
    return f"""NOT EXISTS (
        SELECT 1 FROM cases_log_entry undone WHERE undone.case_id = {entry}.case_id AND undone.seq > {entry}.seq
            AND undone.kind = 'dispatch_undone'
            AND (undone.text::jsonb #>> '{{step,undoes}}')::int = {entry}.seq
    )"""
