"""Anchors give way to the signed tree of `gezhi.proof`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_names_of_senders")]

    operations = [
        migrations.RunSQL(
            ["-- squawk-ignore ban-drop-table\nDROP TABLE cases_anchor"],
            migrations.RunSQL.noop,
            state_operations=[migrations.DeleteModel(name="Anchor")],
        )
    ]
