"""Who imported what, and how columns are taken, stands in the journal; of a file its digest. What a check finds and
would change follows from file and register.
"""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("imports_file", digested=["content"]),
        under_journal("imports_run"),
        under_journal("imports_kept_head"),
    ]
