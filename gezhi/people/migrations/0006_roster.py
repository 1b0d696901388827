"""采集员值班表, under the journal."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("people", "0005_officers"), ("plumbing", "0002_journal")]

    operations = [
        migrations.CreateModel(
            name="RosterShift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "region_codes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), size=None),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("entered_by", models.BigIntegerField()),
                ("entered_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(null=True)),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_because", models.TextField(blank=True)),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "采集员值班表",
                "verbose_name_plural": "采集员值班表",
                "db_table": "people_roster_shift",
                "indexes": [
                    models.Index(fields=["-starts_at", "-id"], name="people_roster_start"),
                    models.Index(fields=["user", "starts_at"], name="people_roster_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="people_roster_span"
                    )
                ],
            },
        ),
        under_journal("people_roster_shift"),
    ]
