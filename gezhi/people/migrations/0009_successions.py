"""机构承接: which body goes on in the place of which, from a day on."""

from django.db import migrations, models
from django.db.models import Q

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0008_staff_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("shares", models.JSONField()),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "机构承接",
                "verbose_name_plural": "机构承接",
                "db_table": "people_succession",
            },
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                condition=Q(withdrawn_at__isnull=True), fields=("unit",), name="people_succession_once"
            ),
        ),
        under_journal("people_succession"),
    ]
