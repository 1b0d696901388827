"""What is proposed for the rules, and what was said to it, stands in the journal; no deed is ever changed."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("amendments", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("amendments_event", key=["subject_id", "seq"]),
        append_only("amendments_event"),
        under_journal("amendments_amendment"),
    ]
