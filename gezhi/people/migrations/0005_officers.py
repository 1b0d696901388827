"""机构责任人: contact, head, deputies and leader in charge of each body, under the journal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):
    dependencies = [("people", "0004_account_events_under_the_journal"), ("plumbing", "0002_journal")]

    operations = [
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "联系人"),
                            ("head", "负责人"),
                            ("deputy", "副职"),
                            ("in_charge", "分管领导"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "people_officer",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "user", "valid_from"), name="people_officer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                        name="people_officer_dates",
                    ),
                ],
            },
        ),
        under_journal("people_officer"),
    ]
