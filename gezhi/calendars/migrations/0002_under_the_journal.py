"""Every change of a calendar stands in the journal."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("calendars_calendar"),
        under_journal("calendars_timetable"),
        under_journal("calendars_day_override"),
    ]
