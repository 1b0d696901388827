"""What users did with their own accounts stands in the journal and refuses every change."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("people", "0003_own_account"), ("plumbing", "0002_journal")]

    operations = [under_journal("people_account_event"), append_only("people_account_event")]
