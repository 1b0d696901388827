"""Supervision, major cases and accountability stand in the journal; events are never emptied."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import append_only, under_journal

OLD_TRIGGER = "DROP TRIGGER supervision_event_append_only ON supervision_event;"
BACK = """
CREATE TRIGGER supervision_event_append_only BEFORE UPDATE OR DELETE ON supervision_event
    FOR EACH ROW EXECUTE FUNCTION supervision_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_key_lists_look_once"), ("plumbing", "0002_journal")]

    operations = [
        migrations.RunSQL(OLD_TRIGGER, BACK),
        under_journal("supervision_event", key=["subject_id", "seq"]),
        append_only("supervision_event"),
        under_journal("supervision_order"),
        under_journal("supervision_rule"),
        under_journal("supervision_accountability"),
        under_journal("supervision_major"),
        under_journal("supervision_meeting"),
        under_journal("supervision_settlement"),
        under_journal("supervision_key_list", left_out=["looked_to"]),
    ]
