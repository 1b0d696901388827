"""Indexes of the default order and of counts that looked at every row; built while people work, the old ones last."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

IS_OPEN = ~Q(status__in=("refused", "merged", "self_handled", "rejected", "closed", "voided"))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0008_read_off_columns")]

    operations = [
        AddIndexConcurrently("case", models.Index(fields=["-complaint", "due_at", "id"], name="cases_case_due")),
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["status", "area_code"],
                opclasses=["text_ops", "text_pattern_ops"],
                include=[
                    *("due_at", "warn_at", "asking", "collector_id", "lon", "lat", "id"),
                    *("stage", "reported_at", "supervision", "major", "difficulty", "unit_id"),
                ],
                name="cases_case_open_counts",
                condition=IS_OPEN,
            ),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["-reported_at", "-id"],
                include=["area_code", "unit_ids", "former_unit_ids"],
                name="cases_case_reports",
            ),
        ),
        RemoveIndexConcurrently("case", "cases_case_open"),
        RemoveIndexConcurrently("case", "cases_case_reported"),
    ]
