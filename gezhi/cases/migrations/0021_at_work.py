"""Which units are at work on a case, and when an application is to be decided on; filled for the cases that stand."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

IS_OPEN = ~Q(status__in=("refused", "merged", "self_handled", "rejected", "closed", "voided"))
FILL = """
UPDATE cases_case c SET
  working_ids = ARRAY(
    SELECT (part.value->>'unit')::bigint
    FROM jsonb_array_elements(coalesce(c.state->'assignments', '[]')) WITH ORDINALITY part(value, place)
    WHERE NOT part.value ? 'ended' AND NOT part.value ? 'handed_over' ORDER BY part.place),
  decision_due_at = to_timestamp(
    jsonb_path_query_first(c.state, '$.clocks[*] ? (@.kind == "approval" && exists(@.since)).due')::bigint),
  decision_warn_at = to_timestamp(
    jsonb_path_query_first(c.state, '$.clocks[*] ? (@.kind == "approval" && exists(@.since)).warn')::bigint)
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0020_reasons_of_applications")]

    operations = [
        migrations.AddField("case", "working_ids", ArrayField(models.BigIntegerField(), db_default=[])),
        migrations.AddField("case", "decision_due_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "decision_warn_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["deciding", "decision_due_at"],
                name="cases_case_to_decide",
                condition=Q(deciding__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["status", "area_code"],
                opclasses=["text_ops", "text_pattern_ops"],
                include=[
                    *("due_at", "warn_at", "asking", "collector_id", "lon", "lat", "id"),
                    *("stage", "reported_at", "supervision", "major", "difficulty", "handling_due_at", "working_ids"),
                ],
                name="cases_case_open_figures",
                condition=IS_OPEN,
            ),
        ),
        RemoveIndexConcurrently("case", "cases_case_deciding"),
        RemoveIndexConcurrently("case", "cases_case_open_counts"),
    ]
