"""Facts of pictures stand in the journal: when and where they were taken, and what they are shown as."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0004_loop_beat")]

    operations = [
        under_journal("plumbing_picture", key=["sha256"], left_out=["is_kept"]),
    ]
