"""Every change of who is who, holds which post and sat at which desk stands in the journal."""

from django.db import migrations

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        under_journal("people_organisation"),
        under_journal("people_post"),
        # Who has a number is no matter of proof, and it could be tried out.
        under_journal("people_user", digested=["password"], left_out=["phone", "last_login", "last_post_id"]),
        under_journal("people_appointment"),
        under_journal("people_api_token", left_out=["last_used_at"]),
        under_journal("people_desk_shift"),
    ]
