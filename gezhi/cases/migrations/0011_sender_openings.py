"""Who looked at which sender, and why: only ever added to, and every row stands in the journal too."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_under_the_journal"), ("plumbing", "0002_journal")]

    operations = [
        migrations.CreateModel(
            name="SenderOpening",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("case_id", models.UUIDField()),
                ("case_no", models.TextField()),
                ("area_code", models.TextField()),
                ("user_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                ("organisation_id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("words", models.TextField()),
                ("client", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_sender_opening",
                "indexes": [
                    models.Index(fields=["user_id", "-opened_at"], name="cases_opening_user"),
                    models.Index(fields=["-opened_at", "-id"], name="cases_opening_list"),
                    models.Index(fields=["case_id"], name="cases_opening_case"),
                ],
            },
        ),
        under_journal("cases_sender_opening", digested=("words",)),
        append_only("cases_sender_opening"),
    ]
