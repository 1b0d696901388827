"""登记日志: the journal of the registers, its one writer, and what refuses every change of an append-only table."""

from django.db import migrations, models

import gezhi.plumbing.postgres.transaction_id
from gezhi.plumbing.journal.triggers import append_only

REFUSE = """
CREATE FUNCTION plumbing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

# What of a row stands in the journal. A digest is salted where the row has a salt; where the salt is erased with the
# words, nobody can try which words they were.
VALUES = """
CREATE FUNCTION plumbing_journal_values(line jsonb, digested text[], left_out text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN digested = '{}' THEN line - left_out
    ELSE (line - left_out - 'salt') || (
        SELECT jsonb_object_agg(name, CASE WHEN coalesce(line->>name, '') = '' THEN line->name ELSE to_jsonb(encode(
            sha256(coalesce(decode(substr(line->>'salt', 3), 'hex'), '') || convert_to(line->>name, 'UTF8')), 'hex'))
        END) FROM unnest(digested) name)
    END
$$;
CREATE FUNCTION plumbing_journal_key(line jsonb, keys text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN cardinality(keys) = 1 THEN line->>keys[1]
    ELSE (SELECT string_agg(line->>name, '/' ORDER BY place) FROM unnest(keys) WITH ORDINALITY key(name, place)) END
$$;
"""

CHANGED = {
    "INSERT": "SELECT 'insert' AS op, {key} AS line, {values} AS values FROM new_rows r",
    "DELETE": "SELECT 'delete' AS op, {key} AS line, NULL::jsonb AS values FROM old_rows r",
    # What looks the same in the journal is no change of it; a row under another key has left its old one.
    "UPDATE": """SELECT 'update' AS op, n.line, n.values
            FROM (SELECT {key} AS line, {values} AS values FROM new_rows r) n
            LEFT JOIN (SELECT {key} AS line, {values} AS values FROM old_rows r) o USING (line)
            WHERE o.values IS DISTINCT FROM n.values OR NOT EXISTS (
                SELECT FROM plumbing_journal j WHERE j.register = TG_TABLE_NAME AND j."row" = n.line)
        UNION ALL SELECT 'delete', gone.line, NULL FROM (
            SELECT {key} AS line FROM old_rows r EXCEPT SELECT {key} FROM new_rows r) gone""",
}
BRANCH = """
    {word} TG_OP = '{op}' THEN
        INSERT INTO plumbing_journal
            (register, "row", seq, at, op, user_id, post_id, db_role, algorithm, text, hash, changed)
        SELECT TG_TABLE_NAME, w.line, w.seq, moment, w.op, who[1], who[2], session_user, 2, w.text,
            sha256(convert_to(E'gezhi/link/2\\n', 'UTF8') || w.previous || sha256(convert_to(w.text, 'UTF8'))),
            pg_current_xact_id()
        FROM (
            SELECT c.op, c.line, coalesce(head.seq, 0) + 1 AS seq,
                coalesce(head.hash, decode(repeat('00', 32), 'hex')) AS previous,
                jsonb_build_object(
                    'register', TG_TABLE_NAME, 'row', c.line, 'seq', coalesce(head.seq, 0) + 1,
                    'at', (extract(epoch FROM moment) * 1000000)::bigint, 'op', c.op,
                    'user', who[1], 'post', who[2], 'db_role', session_user, 'values', c.values)::text AS text
            FROM ({changed}) c
            LEFT JOIN LATERAL (
                SELECT j.seq, j.hash FROM plumbing_journal j
                WHERE j.register = TG_TABLE_NAME AND j."row" = c.line ORDER BY j.seq DESC LIMIT 1
            ) head ON true
            ORDER BY c.line
        ) w;"""


def _branches() -> str:
    names = {
        "key": "plumbing_journal_key(to_jsonb(r), keys)",
        "values": "plumbing_journal_values(to_jsonb(r), digested, left_out)",
    }
    words = ("IF", "ELSIF", "ELSIF")
    return "".join(
        BRANCH.format(word=word, op=op, changed=sql.format(**names))
        for word, (op, sql) in zip(words, CHANGED.items(), strict=True)
    )


# As its owner, so that nobody else may write into the journal; the settings make the text of a row the same for all.
WRITE = f"""
CREATE FUNCTION plumbing_journal_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
    keys text[] := string_to_array(TG_ARGV[0], ',');
    digested text[] := string_to_array(TG_ARGV[1], ',');
    left_out text[] := string_to_array(TG_ARGV[2], ',');
    who bigint[] := coalesce(string_to_array(nullif(current_setting('gezhi.actor', true), ''), ',')::bigint[], '{{0,0}}');
    moment timestamptz := clock_timestamp();
BEGIN
    IF TG_TABLE_SCHEMA <> 'public' THEN
        RAISE EXCEPTION 'the journal is kept for tables of the schema public alone';
    END IF;{_branches()}
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION plumbing_journal_write() FROM PUBLIC;
"""
UNDO = """
DROP FUNCTION plumbing_journal_write();
DROP FUNCTION plumbing_journal_key(jsonb, text[]);
DROP FUNCTION plumbing_journal_values(jsonb, text[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.TextField(db_collation="C")),
                ("row", models.TextField(db_collation="C")),
                ("seq", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("op", models.TextField()),
                ("user_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                ("db_role", models.TextField()),
                ("algorithm", models.SmallIntegerField()),
                ("text", models.TextField()),
                ("hash", models.BinaryField()),
                (
                    "changed",
                    gezhi.plumbing.postgres.transaction_id.TransactionIdField(db_default=models.Func(function="pg_current_xact_id")),
                ),
            ],
            options={
                "db_table": "plumbing_journal",
                "indexes": [models.Index(fields=["changed"], name="plumbing_journal_changed")],
                "constraints": [
                    models.UniqueConstraint(fields=["register", "row", "seq"], name="plumbing_journal_once")
                ],
            },
        ),
        migrations.RunSQL(REFUSE, "DROP FUNCTION plumbing_refuse_change();"),
        append_only("plumbing_journal"),
        migrations.RunSQL(VALUES + WRITE, UNDO),
    ]
