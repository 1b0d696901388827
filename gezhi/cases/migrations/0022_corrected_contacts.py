"""Contacts that are corrected keep what they were, and somebody may ask for a call instead of a text."""

from django.db import migrations, models
from django.db.models import Value

from gezhi.plumbing.journal.triggers import under_journal

DIGESTED = ["description", "sender_no", "name", "phone"]
CHANGES = ["update", "delete"]


def again(digested: list[str]) -> migrations.RunSQL:
    """The triggers know by name what stands in the journal as a digest only."""
    now, before = (under_journal("cases_report", digested=names, on=CHANGES) for names in (digested, DIGESTED))
    return migrations.RunSQL(f"{before.reverse_sql}{now.sql}", f"{now.reverse_sql}{before.sql}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_at_work")]

    operations = [
        migrations.AddField("sentreport", "by_call", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "sentreport", "earlier", models.JSONField(default=list, db_default=Value([], models.JSONField()))
        ),
        again([*DIGESTED, "earlier"]),
    ]
