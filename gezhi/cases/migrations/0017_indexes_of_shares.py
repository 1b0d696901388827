"""What was granted is counted by the date of the decision; what was reported no longer serves shares."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0016_dispatches")]

    operations = [
        AddIndexConcurrently(
            "caseapplication",
            models.Index(
                fields=["unit_id", "kind", "ended_at"],
                include=["area_code"],
                name="cases_application_granted",
                condition=Q(outcome="granted"),
            ),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(fields=["-reported_at", "-id"], include=["area_code"], name="cases_case_reported"),
        ),
        RemoveIndexConcurrently("case", "cases_case_reports"),
    ]
