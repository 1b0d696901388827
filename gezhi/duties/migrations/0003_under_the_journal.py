"""Every change of the duty table stands in the journal; opinions refuse every change."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("duties", "0002_row_proposals"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("duties_duty_row"),
        under_journal("duties_row_proposal"),
        under_journal("duties_proposal_opinion"),
        append_only("duties_proposal_opinion"),
        under_journal("duties_area_level"),
    ]
