"""Every change of the ground stands in the journal; of shapes their digests."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("regions_region"),
        under_journal("regions_reporting_parent"),
        under_journal("regions_region_outline", digested=["wkb"]),
        under_journal("regions_street_line", digested=["wkb"]),
        under_journal("regions_unit_grid", digested=["wkb"]),
    ]
