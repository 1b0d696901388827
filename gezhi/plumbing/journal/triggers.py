"""登记日志: what a migration lays on a table: the journal on a register, the refusal of every change on a log."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations import RunSQL

REFERENCING = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
"""The names of the triggers by what sets them off; one of three kinds may see the rows of its own kind only."""


def append_only(table: str) -> RunSQL:
    """No row that stands is changed or removed, not even by a forgotten statement of ours."""
    return RunSQL(
        f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION plumbing_refuse_change();
        CREATE OR REPLACE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION plumbing_refuse_change();
        """,
        f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}; DROP TRIGGER {table}_append_only ON {table};",
    )


def under_journal(
    table: str,
    *,
    key: Sequence[str] = ("id",),
    digested: Sequence[str] = (),
    left_out: Sequence[str] = (),
    on: Sequence[str] = tuple(REFERENCING),
) -> RunSQL:
    """Every change of this table is written into the journal from now on, by whatever statement it is made.

    `digested` columns stand there as digests only (salted where the row has a `salt`), `left_out` ones not at all.
    What lies in the table already is taken up as it stands; so lay `append_only` after this.
    """
    words = ", ".join(f"'{','.join(names)}'" for names in (key, digested, left_out))
    lay = "".join(
        f"""
        CREATE TRIGGER {table}_journal_{event} AFTER {event.upper()} ON {table}
            REFERENCING {REFERENCING[event]}
            FOR EACH STATEMENT EXECUTE FUNCTION plumbing_journal_write({words});"""
        for event in on
    )
    never = f"""
        CREATE OR REPLACE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION plumbing_refuse_change();"""
    undo = f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table};" + "".join(
        f"DROP TRIGGER {table}_journal_{event} ON {table};" for event in on
    )
    take_up = f"UPDATE {table} SET {key[0]} = {key[0]};" if "insert" in on else ""  # noqa: S608 - names of ours
    return RunSQL(lay + never + take_up, undo)
