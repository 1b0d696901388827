"""Hand-overs stand in the journal and are never emptied."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import append_only, under_journal

OLD_TRIGGER = "DROP TRIGGER desks_shift_append_only ON desks_shift_entry;"
BACK = """
CREATE TRIGGER desks_shift_append_only BEFORE UPDATE OR DELETE ON desks_shift_entry
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("desks", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        migrations.RunSQL(OLD_TRIGGER, BACK),
        under_journal("desks_shift_entry", key=["handover_id", "seq"]),
        append_only("desks_shift_entry"),
    ]
