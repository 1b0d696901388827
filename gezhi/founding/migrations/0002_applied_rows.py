"""What files last said of each row of a register; under the journal, which keeps a digest of what a row says."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("founding", "0001_initial"), ("plumbing", "0002_journal")]

    operations = [
        migrations.AddField("foundedcity", "parts", models.JSONField(null=True)),
        migrations.CreateModel(
            name="AppliedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=200)),
                ("values", models.JSONField()),
                ("entity", models.BigIntegerField()),
                ("withdrawn", models.BooleanField(default=False)),
                ("applied_at", models.DateTimeField()),
            ],
            options={
                "db_table": "founding_applied_row",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="founding_applied_once"),
                ],
            },
        ),
        under_journal("founding_applied_row", digested=["values"]),
    ]
