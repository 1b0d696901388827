"""Every change of a class, a standard row or a limit stands in the journal."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("catalog_edition", key=["code"]),
        under_journal("catalog_edition_period"),
        under_journal("catalog_condition_code"),
        under_journal("catalog_major_class"),
        under_journal("catalog_minor_class", key=["key"]),
        under_journal("catalog_standard_row", key=["key"]),
        under_journal("catalog_row_level_limit"),
    ]
