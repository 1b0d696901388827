"""Indexes of what waits for a decision, is supervised, listed as major, or difficult; built while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0004_shift_handover")]

    operations = [
        RemoveIndexConcurrently("case", "cases_case_asking"),
        *(
            AddIndexConcurrently("case", models.Index(fields=fields, name=name, condition=condition))
            for name, fields, condition in (
                ("cases_case_deciding", ["deciding", "due_at"], Q(deciding__isnull=False)),
                ("cases_case_supervised", ["due_at", "id"], Q(supervision__gt=0)),
                ("cases_case_major", ["due_at", "id"], Q(major__gt=0)),
                ("cases_case_difficult", ["due_at", "id"], Q(difficulty__isnull=False)),
            )
        ),
    ]
