"""By what the report of a sender is found again: computed from what stands there already, too."""

from typing import Any

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models

from gezhi.cases.rules.columns import sought_words
from gezhi.cases.rules.commands import Sender
from gezhi.kernel.phones import find_number, phone_digest

FIELDS = ("description", "name", "phone")
CHUNK = 2_000


def compute(apps: Any, schema_editor: Any) -> None:
    reports, sought = apps.get_model("cases", "SentReport"), apps.get_model("cases", "SoughtReport")
    key, rows = settings.SECRET_KEY.encode(), []
    for report in reports.objects.filter(erased_at=None).iterator(chunk_size=CHUNK):
        sender = Sender(salt="", **{name: getattr(report, name) for name in FIELDS})
        number = find_number(report.phone)
        phone = phone_digest(number, key) if number is not None else None
        rows.append(sought(report_id=report.id, case_id=report.case_id, phone=phone, words=sought_words(sender)))
        if len(rows) == CHUNK:
            sought.objects.bulk_create(rows)
            rows = []
    sought.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_indexes_of_shares")]

    operations = [
        migrations.CreateModel(
            name="SoughtReport",
            fields=[
                ("report_id", models.UUIDField(primary_key=True, serialize=False)),
                ("case_id", models.UUIDField()),
                ("phone", models.TextField(null=True)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "db_table": "cases_sought",
                "indexes": [
                    models.Index(
                        fields=["phone"], name="cases_sought_phone", condition=models.Q(("phone__isnull", False))
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="cases_sought_words"),
                ],
            },
        ),
        migrations.RunPython(compute, migrations.RunPython.noop),
    ]
