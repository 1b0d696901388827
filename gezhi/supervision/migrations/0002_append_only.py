"""Events refuse every change; running numbers of the registers."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION supervision_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of supervision are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supervision_event_append_only BEFORE UPDATE OR DELETE ON supervision_event
    FOR EACH ROW EXECUTE FUNCTION supervision_refuse_change();
CREATE SEQUENCE supervision_serial;
"""

UNDO = """
DROP SEQUENCE supervision_serial;
DROP TRIGGER supervision_event_append_only ON supervision_event;
DROP FUNCTION supervision_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
