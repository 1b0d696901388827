-- What stands in the database, one JSON value a line, as of one moment. proof-format.md says how it is verified.
--   psql -AtqX -f docs/proof-dump.sql "host=… user=… dbname=gezhi" > tables.jsonl
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL timezone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;

SELECT jsonb_build_object('trigger', t.tgname, 'table', c.relname, 'enabled', t.tgenabled,
    'arguments', encode(t.tgargs, 'escape'))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'plumbing_journal_write' AND c.relnamespace = 'public'::regnamespace;

SELECT format('SELECT jsonb_build_object(''table'', %L, ''row'', to_jsonb(t)) FROM %I t', relname, relname)
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND (
    relname IN ('cases_log_entry', 'cases_case', 'cases_report', 'cases_application', 'cases_dispatch',
        'cases_picture_use',
        'plumbing_journal', 'proof_leaf', 'proof_tile', 'proof_batch', 'proof_checkpoint')
    OR oid IN (SELECT tgrelid FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname = 'plumbing_journal_write'))
ORDER BY relname
\gexec

COMMIT;
