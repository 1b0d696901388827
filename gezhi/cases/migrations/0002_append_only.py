"""The log refuses every change of a row that stands; case numbers come from a sequence in blocks; cases are tidied often."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the case log is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER cases_log_append_only BEFORE UPDATE OR DELETE ON cases_log_entry
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_anchor_append_only BEFORE UPDATE OR DELETE ON cases_anchor
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE SEQUENCE cases_serial_block;
ALTER TABLE cases_case SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
"""

UNDO = """
ALTER TABLE cases_case RESET (autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
DROP SEQUENCE cases_serial_block;
DROP TRIGGER cases_anchor_append_only ON cases_anchor;
DROP TRIGGER cases_log_append_only ON cases_log_entry;
DROP FUNCTION cases_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
