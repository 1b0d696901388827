"""Indexes of the ledgers: pages and counts of a kind, and words."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_shift_handover")]

    operations = [
        migrations.RemoveIndex(model_name="caseapplication", name="cases_application_kind"),
        migrations.AddIndex(
            model_name="caseapplication",
            index=models.Index(
                fields=["kind", "-asked_at", "-case_id", "-no"],
                include=["outcome", "late", "unit_id", "area_code"],
                name="cases_application_ledger",
            ),
        ),
        migrations.AddIndex(
            model_name="caseapplication",
            index=GinIndex(
                OpClass("case_no", name="gin_trgm_ops"),
                OpClass("reason", name="gin_trgm_ops"),
                name="cases_application_words",
            ),
        ),
    ]
