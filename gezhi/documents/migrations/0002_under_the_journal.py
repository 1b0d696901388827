"""Every change of a document stands in the journal; of an attached file its digest."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("documents_document"),
        under_journal("documents_version"),
        under_journal("documents_clause", left_out=["words"]),
        under_journal("documents_link"),
        under_journal("documents_step"),
        under_journal("documents_attachment", digested=["content"]),
        under_journal("documents_receipt"),
    ]
