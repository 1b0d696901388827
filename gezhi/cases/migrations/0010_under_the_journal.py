"""Words have a salt; what a city set for its cases is under the journal, and so is every later change of a report; no
log is emptied.
"""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only, under_journal

OLD_TRIGGERS = """
DROP TRIGGER cases_log_append_only ON cases_log_entry;
DROP TRIGGER cases_anchor_append_only ON cases_anchor;
"""
BACK = """
CREATE TRIGGER cases_log_append_only BEFORE UPDATE OR DELETE ON cases_log_entry
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_anchor_append_only BEFORE UPDATE OR DELETE ON cases_anchor
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_covering_indexes"), ("plumbing", "0002_journal")]

    operations = [
        migrations.AddField("sentreport", "salt", models.BinaryField(null=True)),
        migrations.RunSQL(OLD_TRIGGERS, BACK),
        append_only("cases_log_entry"),
        append_only("cases_anchor"),
        under_journal("cases_approval_row"),
        under_journal("cases_local_policy"),
        # The log itself says how a report began.
        under_journal(
            "cases_report", digested=["description", "sender_no", "name", "phone"], on=["update", "delete"]
        ),
    ]
