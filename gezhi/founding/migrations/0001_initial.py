"""Which city was founded here; under the journal."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    initial = True
    dependencies = [("plumbing", "0002_journal")]

    operations = [
        migrations.CreateModel(
            name="FoundedCity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("effective", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("founded_at", models.DateTimeField()),
                ("is_only", models.BooleanField(default=True, unique=True)),
            ],
            options={
                "db_table": "founding_city",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("is_only", True)), name="founding_city_only_one")
                ],
            },
        ),
        under_journal("founding_city"),
    ]
