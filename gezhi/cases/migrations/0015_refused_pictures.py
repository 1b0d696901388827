"""Who handed in a picture that is not a new one: only ever added to, and every row stands in the journal too."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_entry_of_a_picture"), ("plumbing", "0009_looked_for_later")]

    operations = [
        migrations.CreateModel(
            name="RefusedPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("refused_at", models.DateTimeField()),
                ("user_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                ("organisation_id", models.BigIntegerField()),
                ("case_id", models.UUIDField(null=True)),
                ("area_code", models.TextField()),
                ("sha256", models.TextField()),
                ("code", models.TextField()),
            ],
            options={
                "db_table": "cases_refused_picture",
                "indexes": [models.Index(fields=["refused_at"], name="cases_refused_picture_at")],
            },
        ),
        under_journal("cases_refused_picture"),
        append_only("cases_refused_picture"),
    ]
